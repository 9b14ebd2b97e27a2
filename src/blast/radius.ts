/** The blast radius of each ending object: exact counts for both bounds, and the nearest dependents with their paths. */

import type { DependencyGraph, Step } from "../graph/index.ts";
import type { AffectedObject, BlastRadius } from "../model/blast.ts";
import { endingOf, type ResourceChange } from "../model/plan.ts";

/** At most so many dependents are listed; counts stay exact beyond. */
export interface ListLimits {
  /** For one ending object. */
  readonly each: number;
  /** For all ending objects that share this budget; what is listed is taken from it. */
  readonly budget: { left: number };
}

export const NO_RADIUS: BlastRadius = { lower: 0, upper: 0, truncated: false, affected: [] };

/** A change whose object ends, and that object's number in the graph. */
export interface EndingNode {
  readonly change: ResourceChange;
  readonly node: number;
}

/** One radius for each ending object, in the order given. */
export function radii(
  graph: DependencyGraph,
  ending: readonly EndingNode[],
  effects: Effects,
  limits: ListLimits,
): BlastRadius[] {
  const managed = Uint8Array.from(graph.objects, (object) => (object.managed ? 1 : 0));
  const seeds = ending.map(({ node }) => node);
  const lower = graph.countDependents(seeds, "certain", managed);
  const upper = graph.countDependents(seeds, "all", managed);
  const known = graph.gaps.length === 0;
  return ending.map(({ change, node }, position) => {
    const certain = endingOf(change) === "certain";
    const count = upper[position] ?? 0;
    const affected = list(graph, node, count, certain, effects, limits);
    return {
      lower: certain ? (lower[position] ?? 0) : 0,
      upper: known ? count : null,
      truncated: affected.length < count,
      affected,
    };
  });
}

function list(
  graph: DependencyGraph,
  seed: number,
  count: number,
  certain: boolean,
  effects: Effects,
  limits: ListLimits,
): AffectedObject[] {
  const limit = Math.min(limits.each, limits.budget.left, count);
  if (limit === 0) return [];
  const affected = graph.nearestDependents(seed, limit).map((step): AffectedObject => {
    const path = pathTo(graph, seed, step);
    return {
      address: graph.objects[step.node]?.address ?? "",
      distance: path.length - 1,
      path,
      edge: step.basis,
      certain: certain && step.certain,
      effect: effects.of(step.node),
    };
  });
  limits.budget.left -= affected.length;
  return affected;
}

/** Addresses on the way, data sources left out: nothing of theirs can end. */
function pathTo(graph: DependencyGraph, seed: number, last: Step): string[] {
  const path: string[] = [];
  for (let step: Step | undefined = last; step; step = step.previous) addManaged(graph, step.node, path);
  addManaged(graph, seed, path);
  return path.reverse();
}

function addManaged({ objects }: DependencyGraph, node: number, path: string[]): void {
  const object = objects[node];
  if (object?.managed) path.push(object.address);
}

/** What this plan does to an object of the graph. */
export class Effects {
  private readonly byNode = new Map<number, AffectedObject["effect"]>();

  constructor(graph: DependencyGraph, changes: readonly ResourceChange[]) {
    for (const change of changes) {
      const node = graph.nodeOf(change.address, change.deposed);
      const kind = change.action.kind;
      if (node === undefined) continue;
      if (endingOf(change) !== undefined) this.byNode.set(node, "ends");
      else if (kind === "update" || kind === "forget" || kind === "unknown") this.byNode.set(node, "changes");
    }
  }

  of(node: number): AffectedObject["effect"] {
    return this.byNode.get(node) ?? "untouched";
  }
}
