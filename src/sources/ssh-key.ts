/** Which SSH key is meant when nobody names one. */

import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where people keep their keys, those on a device first. */
const KEYS = ["id_ed25519_sk", "id_ecdsa_sk", "id_ed25519", "id_ecdsa", "id_rsa"];

/** The key that ssh would offer first; `undefined` when there is none. */
export function usualKey(home: string): string | undefined {
  return KEYS.map((name) => join(home, ".ssh", name)).find((path) => existsSync(path));
}
