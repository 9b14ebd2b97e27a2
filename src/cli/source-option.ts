/** `--source`: what somebody names, else the working folder, which is taken only when it is the plan's own. */

import type { CheckContext } from "../check.ts";
import { earlierSource, foundSource, type NamedSource, readHistory, sourceAt } from "../sources/index.ts";
import type { Invocation } from "./arguments.ts";
import { baseOf } from "./base.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError `bad-usage` when there is no such file or folder */
export function sourceOption(values: Invocation["values"], world: World): Partial<NamedSource> {
  const named = values.text("source");
  return named === undefined ? { source: foundSource(world.cwd) } : sourceAt(named, world.cwd);
}

/** Where the source from before the change and the commits since are, if somebody names a base. */
export async function earlierOption(
  values: Invocation["values"],
  world: World,
): Promise<Pick<CheckContext, "earlier" | "history">> {
  const base = await baseOf(values, world);
  if (base === undefined) return {};
  return { earlier: await earlierSource(world.cwd, base), history: () => readHistory(world.cwd, base) };
}
