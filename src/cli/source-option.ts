/** `--source`: what somebody names, else the working folder, which is taken only when it is the plan's own. */

import { foundSource, type NamedSource, sourceAt } from "../sources/index.ts";
import type { Invocation } from "./arguments.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError `bad-usage` when there is no such file or folder */
export function sourceOption(values: Invocation["values"], world: World): Partial<NamedSource> {
  const named = values.text("source");
  return named === undefined ? { source: foundSource(world.cwd) } : sourceAt(named, world.cwd);
}
