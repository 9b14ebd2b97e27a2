/** The screen as lines: what frames the two sides, and the sides themselves. Exactly as many lines and cells as there are. */

import { sumRanges } from "../../model/bounds.ts";
import type { Report } from "../../model/report.ts";
import { counted, formatRange } from "../../report/wording/index.ts";
import type { Explored } from "./explored.ts";
import { FOOTER } from "./keys.ts";
import { filled, listView } from "./list-view.ts";
import { overlayLines } from "./overlay-lines.ts";
import { pageLines } from "./page-step.ts";
import { pageView } from "./page-view.ts";
import { countText, rowsOf } from "./rows.ts";
import { layoutOf, SMALLEST, type State } from "./state.ts";
import {
  apart,
  cutMiddle,
  exactly,
  type Span,
  type Spans,
  type Style,
  shown,
  span,
  widthOf,
  widthOfAll,
} from "./text.ts";

/** The parts of the screen; sides that are not shown are absent. */
export interface Frame {
  readonly header: readonly Spans[];
  readonly left: readonly Spans[] | undefined;
  readonly right: readonly Spans[] | undefined;
  readonly footer: readonly Spans[];
}

export function frameOf(all: Explored, state: State): Frame {
  const { columns, rows } = state.size;
  if (columns < SMALLEST.columns || rows < SMALLEST.rows) return tooSmall(state);
  const { both } = layoutOf(state.size);
  const { overlay } = state;
  const over = overlay && filled(overlaid(overlay, columns).slice(overlay.top), columns, rows - FRAME);
  const list = both || state.focus === "list" ? listView(all, state) : undefined;
  const page = both || state.focus === "page" ? pageView(all, state) : undefined;
  return {
    header: [header(all, columns), toolbar(state), topRule(all, state)],
    left: over ?? list,
    right: over === undefined ? page : undefined,
    footer: [bottomRule(all, state), footer(state)],
  };
}

/** Lines around the sides. */
const FRAME = 5;

function overlaid(overlay: NonNullable<State["overlay"]>, columns: number): Spans[] {
  return overlayLines(overlay, columns).map(({ spans }) => spans);
}

function tooSmall({ size: { columns, rows } }: State): Frame {
  const text = `Too small (${SMALLEST.columns}x${SMALLEST.rows})`;
  return { header: filled([[span(text)]], columns, rows), left: undefined, right: undefined, footer: [] };
}

const VERDICTS: Readonly<Record<Report["verdict"], Style>> = {
  pass: "green",
  review: "amber",
  fail: "red",
  undecided: "red",
};

const SHORTEST_NAME = 12;

function header({ report }: Explored, columns: number): Spans {
  const { plans, verdict, authorship } = report;
  const author = authorship.kind === "unknown" ? "author unknown" : (authorship.agent ?? authorship.kind);
  const who = authorship.agent === undefined ? author : `${authorship.kind}: ${author}`;
  const label = [span(` ${verdict.toUpperCase()} `, VERDICTS[verdict]), span(" ")];
  const ended = sumRanges(plans.map(({ totals }) => totals.ended));
  const dataLoss = sumRanges(plans.map(({ totals }) => totals.dataLoss));
  const existing = plans.reduce((sum, plan) => sum + plan.existing, 0);
  const isUnsure = plans.some((plan) => plan.existingIsKnown === false);
  const of = `${isUnsure ? "at least " : ""}${existing}`;
  const numbers =
    ended.upper === 0
      ? "nothing ends"
      : `${formatRange(ended)} of ${of} end${dataLoss.upper === 0 ? "" : ` · ${formatRange(dataLoss)} hold data`}`;
  const tail = ` · ${numbers}`;
  const name = plans.length === 1 ? shown(plans[0]?.input ?? "") : counted(plans.length, "plan");
  const room = columns - widthOfAll(label) - widthOf(tail);
  const by = ` ${cutMiddle(shown(who), 28)} `;
  // Whoever has little room sees the numbers first.
  const right = room - widthOf(by) < SHORTEST_NAME ? [] : [span(by, "faint")];
  const left = Math.max(SHORTEST_NAME, room - widthOfAll(right));
  return apart([...label, span(cutMiddle(name, left), "strong"), span(tail)], right, columns);
}

function toolbar(state: State): Spans {
  const { columns } = state.size;
  const { view, typing } = state;
  if (typing) {
    const room = columns - 5;
    // The end of what is typed is what somebody looks at.
    const query = shown(view.query);
    const seen = widthOf(query) <= room ? query : `…${query.slice(-(room - 1))}`;
    return apart([span(" / ", "key"), span(seen, "strong"), span("█", "key")], [], columns);
  }
  const filter = view.query === "" ? "filter" : cutMiddle(shown(view.query), Math.max(8, columns - 56));
  const parts = [
    ...hint("/", filter, view.query === "" ? "plain" : "strong"),
    ...hint("g", `group: ${view.grouping}`),
    ...hint("s", `sort: ${view.sort}`),
  ];
  const right = [...hint("?", "help"), ...hint("q", "quit")];
  return apart(parts, columns < widthOfAll(parts) + widthOfAll(right) ? [] : right, columns);
}

function hint(key: string, what: string, style: Style = "plain"): Span[] {
  return [span(` ${key} `, "key"), span(`${what}  `, style)];
}

function topRule(all: Explored, state: State): Spans {
  const { list, page, both } = layoutOf(state.size);
  const { columns } = state.size;
  if (state.overlay !== undefined) return rule(state.overlay.kind === "help" ? "Help" : "Moved block", true, columns);
  const left = rule(
    `Changes: ${countText(all, rowsOf(all, state.view))}`,
    state.focus === "list",
    both ? list : columns,
  );
  const right = rule("Details", state.focus === "page", both ? page + 2 : columns);
  if (!both) return state.focus === "list" ? left : right;
  return [...left, span("┬", "faint"), ...right];
}

/** The side that has the keys is told by brackets too, not by colour alone. */
function rule(title: string, hasKeys: boolean, width: number): Spans {
  const name = hasKeys ? span(`[ ${title} ]`, "key") : span(`  ${title}  `, "faint");
  return [span("─", "faint"), name, span("─".repeat(Math.max(0, width - 1 - widthOf(name.text))), "faint")];
}

function bottomRule(all: Explored, state: State): Spans {
  const { list, page, both, height } = layoutOf(state.size);
  const { columns } = state.size;
  if (state.overlay !== undefined) {
    const lines = overlayLines(state.overlay, columns).length;
    return ended(inSight(state.overlay.top, lines, height), columns);
  }
  const { rows } = rowsOf(all, state.view);
  const left = ended(rows.length === 0 ? "" : `${state.list.cursor + 1} of ${rows.length}`, both ? list : columns);
  const right = ended(inSight(state.page.top, pageLines(all, state).length, height), both ? page + 2 : columns);
  if (!both) return state.focus === "list" ? left : right;
  return [...left, span("┴", "faint"), ...right];
}

function ended(text: string, width: number): Spans {
  const label = text === "" ? "" : ` ${text} ─`;
  return [span(`${"─".repeat(Math.max(0, width - widthOf(label)))}${label}`, "faint")];
}

/** How far one has come; nothing where all is in sight. */
function inSight(top: number, lines: number, height: number): string {
  return lines <= height ? "" : `${Math.min(lines, top + height)} of ${lines} lines`;
}

/** Keys, as many as there is room for; what is said once stands in their place. */
function footer(state: State): Spans {
  const { columns } = state.size;
  if (state.note !== "") return exactly([span(` ${cutMiddle(shown(state.note), columns - 2)}`, "strong")], columns);
  const all = state.typing ? TYPING : state.overlay === undefined ? FOOTER : CLOSING;
  const parts: Span[] = [];
  for (const [key, what] of all) {
    const more = [span(` ${key}`, "key"), span(` ${what} `, "faint")];
    if (widthOfAll(parts) + widthOfAll(more) <= columns) parts.push(...more);
  }
  return exactly(parts, columns);
}

const TYPING: typeof FOOTER = [
  ["Enter", "keep the filter"],
  ["Esc", "clear it"],
  ["↑↓", "move"],
];
const CLOSING: typeof FOOTER = [
  ["Esc", "close"],
  ["↑↓", "move"],
  ["y", "copy the block"],
];
