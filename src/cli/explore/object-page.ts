/** An object that nothing happens to: which ending objects it depends on, and what is reached through it. */

import { formatCount } from "../../report/wording/index.ts";
import { bearing, treeLines } from "./dependents.ts";
import { type Drawing, EMPTY, type Line, type Link, linkLine, paragraph, section } from "./page.ts";
import { cutMiddle, shown, span } from "./text.ts";

export function objectPage(plan: number, address: string, drawing: Drawing): Line[] {
  const { all, width } = drawing;
  const [nearest] = all.causesOf(plan, address);
  const radius = nearest && all.entries[nearest.entry]?.change.blastRadius;
  const through = radius === undefined ? [] : treeLines(radius, address, plan, drawing);
  return [
    ...paragraph(shown(address), width, "strong"),
    ...paragraph("Nothing happens to it in this plan.", width, "faint"),
    ...section("It depends on, and these end", causeLines(plan, address, drawing)),
    ...section("Through it these are reached", through),
    ...(through.length === 0 ? [EMPTY, { spans: [span("Nothing that is listed depends on it.", "faint")] }] : []),
  ];
}

/** Ending objects shown; the nearest explain the others. */
const MOST_CAUSES = 100;

/** Each ending object that it depends on, and where the shortest way leads through others, that way. */
export function causeLines(plan: number, address: string, drawing: Drawing): Line[] {
  const { all, width } = drawing;
  const causes = all.causesOf(plan, address);
  const lines = causes.slice(0, MOST_CAUSES).flatMap(({ entry, object }) => {
    const cause = all.entries[entry];
    if (cause === undefined) return [];
    const link: Link = { id: `cause ${entry}`, to: { kind: "entry", entry }, address: cause.change.address };
    const right = bearing({ ...object, effect: "ends" }, width);
    const line = linkLine({ name: cause.name, depth: 0, fold: " ", right }, link, width);
    const way = object.path.slice(1, -1).map(shown).join(" → ");
    return [
      line,
      ...(way === "" ? [] : [{ spans: [span(`    through ${cutMiddle(way, width - 12)}`, "faint" as const)] }]),
    ];
  });
  const hidden = causes.length - MOST_CAUSES;
  return hidden <= 0 ? lines : [...lines, { spans: [span(`  ... ${formatCount(hidden)} more`, "faint")] }];
}
