/** The base of a change: as it is named, else as CI has it. */

import { readRun } from "../hosts/index.ts";
import { FirebreakError } from "../model/error.ts";
import type { OptionValues } from "./arguments.ts";
import type { World } from "./world.ts";

/** `undefined` where nobody names one. @throws FirebreakError `bad-config` when there is one that cannot be known */
export async function baseOf(values: OptionValues, { env }: World): Promise<string | undefined> {
  const named = values.text("base");
  if (named !== undefined) return named;
  const run = await readRun(env);
  if (run?.base === undefined && run?.baseMissing !== undefined) {
    throw new FirebreakError("bad-config", run.baseMissing, { hint: "Name the base: --base REF" });
  }
  return run?.base;
}
