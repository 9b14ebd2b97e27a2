/** Lines of the list: a sign for what happens, the name, what is lost, and how much depends on it. */

import { formatCount } from "../../report/wording/index.ts";
import type { Entry, Explored, Severity } from "./explored.ts";
import { type Row, rowsOf } from "./rows.ts";
import { layoutOf, type State } from "./state.ts";
import { apart, cutMiddle, exactly, type Span, type Spans, type Style, span, widthOf, widthOfAll } from "./text.ts";

/** As many lines as there is room for, of as many cells. */
export function listView(all: Explored, state: State): Spans[] {
  const { list: width, height } = layoutOf(state.size);
  const { rows } = rowsOf(all, state.view);
  const { top, cursor } = state.list;
  const inSight = rows.slice(top, top + height);
  if (rows.length === 0) return filled([[span("  Nothing matches. Esc clears the filter.", "faint")]], width, height);
  const lines = inSight.map((row, place) => {
    const isHere = top + place === cursor;
    const line = rowView(all, state, row, width - 2);
    if (!isHere) return [span("  "), ...line];
    const style: Style = state.focus === "list" ? "here" : "seen";
    return [span(state.focus === "list" ? "> " : "· ", style), ...line.map(({ text }) => span(text, style))];
  });
  return filled(lines, width, height);
}

/** Exactly so many lines of at most so many cells: what would be space at their ends costs time for every sign. */
export function filled(lines: readonly Spans[], width: number, height: number): Spans[] {
  return Array.from({ length: height }, (_, place) => {
    const line = lines[place] ?? [];
    return widthOfAll(line) > width ? exactly(line, width) : line;
  });
}

function rowView(all: Explored, { view }: State, row: Row, width: number): Spans {
  if (row.kind === "overview") return exactly([span("The change as a whole", "strong")], width);
  if (row.kind === "group") return groupView(row, view.folded.has(row.key), width);
  const entry = all.entries[row.entry];
  return entry === undefined ? [] : entryView(entry, view.grouping === "module", width);
}

function groupView(
  { title, entries, noSurvivors }: Extract<Row, { kind: "group" }>,
  folded: boolean,
  width: number,
): Spans {
  const count = `(${formatCount(entries.length)}${noSurvivors ? ", none survive" : ""})`;
  const name = cutMiddle(title, Math.max(8, width - 3 - widthOf(count)));
  return exactly(
    [span(`${folded ? "▸" : "▾"} `, "faint"), span(name, "strong"), span(` ${count}`, noSurvivors ? "red" : "faint")],
    width,
  );
}

const MARKS: Readonly<Record<Severity, readonly [sign: string, style: Style]>> = {
  data: ["✖", "red"],
  identity: ["✖", "red"],
  ends: ["!", "amber"],
  routine: ["·", "faint"],
  changes: [" ", "plain"],
};

/** From this width on there is a column for what is lost. */
const WIDE = 44;

function entryView(entry: Entry, inModule: boolean, width: number): Spans {
  const { change, severity } = entry;
  const [mark, style] = MARKS[severity];
  const start = [span(mark, style), span(` ${signOf(entry).padEnd(5)}`, severity === "changes" ? "faint" : style)];
  const right = [...(width < WIDE ? [] : [lossOf(entry)]), dependentsOf(entry)];
  const room = width - widthOfAll(start) - widthOfAll(right) - 1;
  const name = cutMiddle(inModule ? entry.shortName : entry.name, Math.max(8, room));
  const nameStyle: Style =
    severity === "routine" || severity === "changes" ? "faint" : change.routine ? "faint" : "plain";
  return apart([...start, span(name, nameStyle)], right, width);
}

const SIGNS: Readonly<Record<string, string>> = {
  delete: "-",
  replace: "-/+",
  create: "+",
  update: "~",
  move: ">",
  forget: ".",
  import: "=",
  unknown: "?",
};

/** As `terraform plan` writes it; with a question mark where it may not come to it. */
function signOf({ change: { action, order, certainty } }: Entry): string {
  const sign = action === "replace" && order?.startsWith("create") ? "+/-" : (SIGNS[action] ?? "?");
  return `${sign}${certainty === "conditional" && sign !== "?" ? "?" : ""}`;
}

/** The worst that is lost, in one word. */
function lossOf({ change: { losses, certainty } }: Entry): Span {
  const telling = certainty === undefined ? [] : losses.filter((loss) => loss !== "configuration");
  const word = telling.includes("data") ? "data" : (telling[0] ?? "");
  return span(` ${word.padEnd(11)}`, word === "data" ? "red" : "faint");
}

function dependentsOf({ change: { blastRadius, certainty } }: Entry): Span {
  if (certainty === undefined || blastRadius.upper === 0) return span("    ", "faint");
  const count = blastRadius.upper === null ? `${inBrief(blastRadius.lower)}+` : inBrief(blastRadius.upper);
  return span(` ${count.padStart(3)}`, "faint");
}

/** Three signs: `999`, `12k`. */
function inBrief(count: number): string {
  return count < 1000 ? String(count) : `${Math.floor(count / 1000)}k`;
}
