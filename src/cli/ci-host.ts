/** Where Markdown is for. Decides how a comment looks, never a verdict. */

import { hostOfCi } from "../hosts/index.ts";
import { FirebreakError } from "../model/error.ts";
import { HOST_NAMES, type HostName } from "../model/host.ts";
import type { World } from "./world.ts";

/** The host that is named, else the one whose CI runs this. @throws FirebreakError `bad-usage` */
export function hostOf(named: string | undefined, { env }: World): HostName | undefined {
  const host = HOST_NAMES.find((name) => name === named);
  if (named !== undefined && host === undefined) {
    throw new FirebreakError("bad-usage", `unknown host ${JSON.stringify(named)}`, {
      hint: `Known: ${HOST_NAMES.join(", ")}.`,
    });
  }
  return host ?? hostOfCi(env);
}
