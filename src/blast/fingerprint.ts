/** A name for a destruction: the same for the same objects that end in the same way, and for nothing else. */

import { createHash } from "node:crypto";
import type { AssessedChange } from "../model/blast.ts";

/**
 * SHA-256 over the ending objects in address order: address, deposed key, action, order, and the hash of the physical
 * object's identity. Updates and creations leave it as it is, so a sign-off outlives an unrelated change.
 */
export function fingerprintOf(changes: readonly AssessedChange[]): string {
  const entries = changes
    .filter(({ ending }) => ending !== undefined)
    .map(({ change: { address, deposed, action, identity } }) => [
      address,
      deposed ?? null,
      action.kind,
      action.kind === "replace" ? action.order : null,
      identity ?? null,
    ]);
  return createHash("sha256").update(JSON.stringify(entries)).digest("hex");
}
