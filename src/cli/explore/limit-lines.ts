/** Limits on a page: what is limited, what is allowed, what the plan has, side by side. */

import type { LimitRow } from "../../report/limit-rows.ts";
import type { Line } from "./page.ts";
import { apart, cutMiddle, type Span, shown, span, widthOf } from "./text.ts";

const HEAD = { label: "", allowed: "allowed", actual: "this plan" };

export function limitLines(rows: readonly LimitRow[], width: number): Line[] {
  if (rows.length === 0) return [];
  const all = [HEAD, ...rows];
  const allowed = Math.max(...all.map((row) => widthOf(row.allowed)));
  const actual = Math.max(...all.map((row) => widthOf(row.actual)));
  const line = (row: typeof HEAD, [cells, mark]: readonly [Span["style"], Span]): Line => {
    const numbers = span(`  ${row.allowed.padStart(allowed)}  ${row.actual.padStart(actual)} `, cells);
    const label = labelIn(shown(row.label), Math.max(8, width - widthOf(numbers.text) - 1));
    return { spans: apart([span(label)], [numbers, mark], width) };
  };
  return [line(HEAD, ["faint", span(" ")]), ...rows.map((row) => line(row, stateOf(row)))];
}

/** How the numbers look, and the sign behind them. */
function stateOf({ finding }: LimitRow): readonly [Span["style"], Span] {
  if (finding === undefined) return ["plain", span("✔", "green")];
  return finding.level === "error" ? ["red", span("✖", "red")] : ["amber", span("!", "amber")];
}

/** Where there is little room, what every label begins with goes first. */
function labelIn(label: string, cells: number): string {
  return widthOf(label) <= cells ? label : cutMiddle(label.replace(/^objects (that )?/, ""), cells);
}
