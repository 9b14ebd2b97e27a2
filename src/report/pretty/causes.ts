/** Why: the ending objects that take most with them, with what forces them to end and the radius as a tree. */

import type { PlanReport, ReportedChange } from "../../model/report.ts";
import { forTerminal } from "../for-terminal.ts";
import { byDependents } from "../severity.ts";
import { endsHow, formatCount } from "../wording/index.ts";
import type { Page } from "./page.ts";
import { radiusTree } from "./tree.ts";

/** Trees shown, and dependents in each; all of them when everything is asked for. */
const MOST_TREES = 2;
const MOST_DEPENDENTS = 6;
const MOST_DEPENDENTS_VERBOSE = 25;

export function causes(plan: PlanReport, page: Page): string[] {
  const roots = rootsOf(plan, page.verbose ? Number.POSITIVE_INFINITY : MOST_TREES);
  if (roots.length === 0) return [];
  return [page.title("Why"), ...roots.flatMap((change) => cause(change, page))];
}

/** Largest radius first; what lies within the radius of one that is shown is explained by it. */
function rootsOf(plan: PlanReport, most: number): ReportedChange[] {
  const roots: ReportedChange[] = [];
  const explained = new Set<string>();
  for (const change of byDependents(plan.changes)) {
    if (roots.length >= most) break;
    if (explained.has(change.address) || change.blastRadius.upper === 0) continue;
    roots.push(change);
    for (const { address } of change.blastRadius.affected) explained.add(address);
  }
  return roots;
}

function cause(change: ReportedChange, page: Page): string[] {
  const { grey, amber } = page.paint;
  const why = change.reasons.length === 0 ? "" : `, because ${change.reasons.join("; ")}`;
  const tree = radiusTree(change.blastRadius, page.verbose ? MOST_DEPENDENTS_VERBOSE : MOST_DEPENDENTS);
  return [
    ...page.block("  ", `${change.address} ${endsHow(change)}${why}`),
    ...tree.map(({ branch, object, hidden }) => {
      if (object === undefined) return `  ${grey(`${branch}${formatCount(hidden)} more`)}`;
      const note = `${object.effect}${object.certain ? "" : " (unsure)"}`;
      const name = page.fit(forTerminal(object.address), page.width - 4 - branch.length - note.length);
      return `  ${grey(branch)}${name}  ${object.effect === "ends" ? amber(note) : grey(note)}`;
    }),
  ];
}
