/** A saved plan with all that it brings along: the state from before, and the source that it was made from. */

import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Content } from "./content.ts";
import { showSavedPlan, stateBefore } from "./saved-plan.ts";
import { sourceInPlan } from "./saved-source.ts";

/** `path` is where the archive lies, `input` how it was named. */
export async function shownPlan(path: string, archive: Buffer, input: string): Promise<Content> {
  const before = await stateBefore(archive, input);
  const previousState = before && { input: `${input} (state before)`, bytes: before };
  return { bytes: await showSavedPlan(path, input), previousState, source: await sourceInPlan(archive, input) };
}

/** The program that shows a saved plan reads files: a packed one is unpacked beside, for as long as that takes. */
export async function shownPackedPlan(path: string, archive: Buffer): Promise<Content> {
  const unpackedPath = join(dirname(path), `.firebreak-${process.pid}.tfplan`);
  try {
    writeFileSync(unpackedPath, archive, { mode: 0o600 });
    return await shownPlan(unpackedPath, archive, path);
  } finally {
    rmSync(unpackedPath, { force: true });
  }
}
