/** The source of a plan as earlier revisions have it, for whoever asks what the change takes away. */

import type { ChangePlan } from "../../model/plan.ts";
import { type EarlierSource, NOT_IN_REPOSITORY, type SourceTree } from "../../model/source.ts";
import { blind, incomplete, sourceOf } from "./said.ts";
import { readTree } from "./tree.ts";

/** The plan with its source before the change. Where that cannot be had it is said, unless there can have been none. */
export async function readEarlier(
  plan: ChangePlan,
  tree: SourceTree | undefined,
  earlier: EarlierSource,
): Promise<ChangePlan> {
  if (tree === undefined || plan.source === undefined) {
    if (!(await earlier.isTouched())) return plan;
    const how = "nobody said which files are this plan's (--source DIR, or give a saved plan)";
    return blind(plan, "source-not-compared", notCompared(earlier, how));
  }
  const trees = await earlier.before(tree);
  // What is only now made has had no guards.
  if (typeof trees === "string") {
    return plan.existing === 0 ? plan : blind(plan, "source-not-compared", notCompared(earlier, trees));
  }
  const problems = new Set<string>();
  const sourceBefore = trees.map((one) => {
    const read = readTree(one);
    for (const problem of read.problems) if (!problem.endsWith(NOT_IN_REPOSITORY)) problems.add(problem);
    return sourceOf(one, read.root);
  });
  const seen = { ...plan, sourceBefore };
  if (problems.size === 0) return seen;
  return blind(seen, "source-not-compared", notCompared(earlier, incomplete([...problems])));
}

function notCompared({ label }: EarlierSource, why: string): string {
  return `Guards that the source had on ${label} and has no more were not all looked for: ${why}.`;
}
