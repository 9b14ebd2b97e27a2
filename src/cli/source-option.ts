/** `--source DIR`: the folder somebody names, else the working one, which is taken only when it is the plan's own. */

import type { SourceTree } from "../model/source.ts";
import { foundSource, namedSource } from "../sources/index.ts";
import type { Invocation } from "./arguments.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError `bad-usage` when there is no such folder */
export function sourceTree(values: Invocation["values"], world: World): SourceTree {
  const named = values.text("source");
  return named === undefined ? foundSource(world.cwd) : namedSource(named, world.cwd);
}
