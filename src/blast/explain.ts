/** Why one address is in the blast radius: every ending object that reaches it, with a path and its evidence. */

import type { DependencyGraph, Step } from "../graph/index.ts";
import type { Cause, Explanation, Hop } from "../model/explanation.ts";
import { type ChangePlan, endingOf, type ResourceChange } from "../model/plan.ts";
import { type Location, locationOf } from "../model/source.ts";
import { endingChanges, graphAround } from "./ending.ts";

/** Words for why a change happens; handed in, since wording lives elsewhere. */
export type ReasonsOf = (change: ResourceChange) => readonly string[];

/** `undefined` when the plan knows no existing object of that address. */
export function explain(plan: ChangePlan, address: string, reasonsOf: ReasonsOf): Explanation | undefined {
  const change = plan.changes.find((candidate) => candidate.address === address && candidate.deposed === undefined);
  const exists = plan.dependencies.objects().some((object) => object.managed && object.address === address);
  if (!exists) return undefined;
  const certainty = change && endingOf(change);
  const ends = change && certainty && { action: change.action.kind, certainty, reasons: reasonsOf(change) };
  const graph = graphAround(plan);
  const hidden = plan.blindSpots.filter(({ code }) => code.startsWith("source-"));
  return {
    input: plan.input,
    address,
    ...locationIn(plan, address),
    ...(ends && { ends }),
    causes: causesOf(graph, plan, address, reasonsOf),
    gaps: [...graph.gaps, ...hidden].map(({ message }) => message),
  };
}

function locationIn({ source }: ChangePlan, address: string): { readonly location?: Location } {
  const location = source && locationOf(source, address);
  return location ? { location } : {};
}

function causesOf(graph: DependencyGraph, plan: ChangePlan, address: string, reasonsOf: ReasonsOf): Cause[] {
  const node = graph.nodeOf(address);
  if (node === undefined) return [];
  const ending = endingChanges(plan).flatMap((change) => {
    const seed = graph.nodeOf(change.address, change.deposed);
    return seed === undefined || seed === node ? [] : [{ change, seed }];
  });
  const marks = new Uint8Array(graph.objects.length);
  marks[node] = 1;
  const reaches = graph.countDependents(
    ending.map(({ seed }) => seed),
    "all",
    marks,
  );
  return ending.flatMap(({ change, seed }, place): Cause[] => {
    const certainty = endingOf(change);
    const step = reaches[place] === 0 ? undefined : graph.pathTo(seed, node);
    if (certainty === undefined || step === undefined) return [];
    const { address: from, deposed, action } = change;
    const path = hops(graph, seed, step);
    const certain = step.certain && certainty === "certain";
    return [
      {
        address: from,
        ...(deposed !== undefined && { deposed }),
        action: action.kind,
        certainty,
        reasons: reasonsOf(change),
        ...locationIn(plan, from),
        certain,
        path,
      },
    ];
  });
}

function hops(graph: DependencyGraph, seed: number, last: Step): Hop[] {
  const path: Hop[] = [];
  for (let step: Step | undefined = last; step; step = step.previous) {
    const address = graph.objects[step.node]?.address ?? "";
    path.push({ address, edge: step.basis, evidence: graph.evidence(step.previous?.node ?? seed, step.node) });
  }
  return path.reverse();
}
