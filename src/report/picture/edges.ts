/** What leads where: the hops of all paths, without those that a longer way implies. */

import type { AffectedObject } from "../../model/blast.ts";
import type { PlanReport } from "../../model/report.ts";
import { worstFirst } from "../severity.ts";
import { keyOf, keysOf } from "./objects.ts";
import { BASES, type PictureEdge } from "./shapes.ts";

type NodeIds = ReadonlyMap<string, number>;

/** The last hops of all paths, each pair of nodes once, as sure as the surest of them. */
export function edgesOf(plan: PlanReport, drawn: NodeIds, rest: NodeIds): PictureEdge[] {
  const ending = worstFirst(plan.changes);
  const keys = keysOf(ending);
  const edges = new Map<string, PictureEdge>();
  for (const change of ending) {
    const entries = new Map(change.blastRadius.affected.map((entry) => [entry.address, entry]));
    for (const entry of entries.values()) {
      const to = drawn.get(keys(entry)) ?? rest.get(keys(entry));
      const before = entry.path.slice(1, -1).flatMap((address) => entries.get(address) ?? []);
      const { from = drawn.get(keyOf(change)), basis } = originOf(entry, before, (one) => drawn.get(keys(one)));
      if (from === undefined || to === undefined || from === to) continue;
      const known = edges.get(`${from} ${to}`) ?? { basis, certain: false };
      const certain = known.certain || entry.certain;
      edges.set(`${from} ${to}`, { from, to, basis: rank(basis) < rank(known.basis) ? basis : known.basis, certain });
    }
  }
  return [...edges.values()].sort((left, right) => left.from - right.from || left.to - right.to);
}

/** The last object on the way that is drawn, and the weakest dependency from there on. */
function originOf(
  entry: AffectedObject,
  before: readonly AffectedObject[],
  nodeOf: (object: AffectedObject) => number | undefined,
): { from?: number; basis: PictureEdge["basis"] } {
  let basis = entry.edge;
  for (const object of before.toReversed()) {
    const from = nodeOf(object);
    if (from !== undefined) return { from, basis };
    if (rank(object.edge) > rank(basis)) basis = object.edge;
  }
  return { basis };
}

function rank(basis: PictureEdge["basis"]): number {
  return BASES.indexOf(basis);
}

/**
 * Leaves out each edge that a longer way at least as certain tells anyway. Edges by value and erased ones all stay, and
 * tell nothing about others; so do edges within a circle: what is reached from where never changes.
 */
export function withoutImplied(edges: readonly PictureEdge[]): PictureEdge[] {
  const isKnown = ({ basis }: PictureEdge): boolean => basis !== "value" && basis !== "erased";
  const all = new Reach(edges.filter(isKnown));
  const sure = new Reach(edges.filter((edge) => isKnown(edge) && edge.certain));
  return edges.filter((edge) => !isKnown(edge) || !(edge.certain ? sure : all).implies(edge));
}

/** What is reached from each node. */
class Reach {
  private readonly next = new Map<number, number[]>();
  private readonly reached = new Map<number, ReadonlySet<number>>();

  constructor(edges: readonly PictureEdge[]) {
    for (const { from, to } of edges) this.next.set(from, [...(this.next.get(from) ?? []), to]);
  }

  /** Whether another way leads there, through a node that lies on no circle with either end. */
  implies({ from, to }: PictureEdge): boolean {
    return (this.next.get(from) ?? []).some(
      (via) => via !== to && this.from(via).has(to) && !this.from(via).has(from) && !this.from(to).has(via),
    );
  }

  private from(start: number): ReadonlySet<number> {
    const known = this.reached.get(start);
    if (known) return known;
    const reached = new Set<number>();
    const queue = [start];
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      for (const to of this.next.get(node) ?? []) {
        if (reached.has(to)) continue;
        reached.add(to);
        queue.push(to);
      }
    }
    this.reached.set(start, reached);
    return reached;
  }
}
