/** The changes of a plan by which existing objects end, or may end, and the graph around them. */

import { DependencyGraph } from "../graph/index.ts";
import { type ChangePlan, endingOf, type ResourceChange } from "../model/plan.ts";

export function endingChanges(plan: ChangePlan): readonly ResourceChange[] {
  return plan.changes.filter((change) => endingOf(change) !== undefined);
}

export function graphAround(plan: ChangePlan): DependencyGraph {
  return new DependencyGraph(
    plan.dependencies,
    endingChanges(plan).map(({ address, deposed, identifiers }) => ({ address, deposed, identifiers: identifiers() })),
    plan.changes.map(({ address }) => address),
  );
}
