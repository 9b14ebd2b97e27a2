/** Where somebody is in the explorer. Plain values: a key makes another state of one, and the screen is drawn from it. */

import type { Explored } from "./explored.ts";
import type { Link, Subject } from "./page.ts";
import { type ListView, type Row, rowsOf, usefulGroupings } from "./rows.ts";

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface State {
  readonly size: Size;
  /** The side that the arrow keys move in. */
  readonly focus: "list" | "page";
  readonly view: ListView;
  readonly list: Scrolled;
  readonly page: PageState;
  /** Pages that were left by following a link, the last one at the end. */
  readonly history: readonly Visit[];
  /** Keys are letters of the filter. */
  readonly typing: boolean;
  readonly overlay: Overlay | undefined;
  /** Said once, until the next key. */
  readonly note: string;
  /** Texts that were asked for, to be printed when the explorer is left. */
  readonly kept: readonly string[];
  /** Whether the terminal may know how to copy. */
  readonly clipboard: boolean;
}

/** A cursor, and the first line that is in sight. */
export interface Scrolled {
  readonly cursor: number;
  readonly top: number;
}

export interface PageState {
  readonly subject: Subject;
  readonly open: ReadonlySet<string>;
  /** The link that the cursor is on; absent on pages without links. */
  readonly link: Link["id"] | undefined;
  readonly top: number;
}

/** Everything as it was, the list too, as long as it is looked at in the same way. */
export type Visit = Pick<State, "page" | "focus" | "list" | "view">;

export type Overlay =
  | { readonly kind: "help"; readonly top: number }
  | { readonly kind: "moved"; readonly text: string; readonly top: number };

/** What is to be done outside of the state. */
export type Effect =
  | { readonly kind: "copy"; readonly text: string }
  | { readonly kind: "redraw" }
  | { readonly kind: "leave"; readonly interrupted: boolean };

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

const OVERVIEW: Subject = { kind: "overview" };

/** The worst change is looked at first; the change as a whole where there is none, or no verdict. */
export function initialState(all: Explored, size: Size, clipboard: boolean): State {
  const [grouping = "none"] = usefulGroupings(all);
  const view: ListView = { grouping, sort: "worst", query: "", folded: new Set() };
  const { rows } = rowsOf(all, view);
  const worst = all.report.verdict === "undecided" ? -1 : rows.findIndex(({ kind }) => kind === "entry");
  const cursor = Math.max(0, worst);
  return {
    size,
    focus: "list",
    view,
    list: { cursor, top: 0 },
    page: freshPage(subjectOfRow(rows[cursor])),
    history: [],
    typing: false,
    overlay: undefined,
    note: "",
    kept: [],
    clipboard,
  };
}

export function freshPage(subject: Subject): PageState {
  return { subject, open: new Set(), link: undefined, top: 0 };
}

export function subjectOfRow(row: Row | undefined): Subject {
  if (row === undefined || row.kind === "overview") return OVERVIEW;
  if (row.kind === "entry") return { kind: "entry", entry: row.entry };
  return { kind: "group", title: row.title, entries: row.entries };
}

/** The smallest terminal that anything is shown in. */
export const SMALLEST: Size = { columns: 40, rows: 10 };

export interface Layout {
  /** Cells of a line of the list, and of the page; both sides are shown, or the one that has the keys. */
  readonly list: number;
  readonly page: number;
  readonly both: boolean;
  /** Lines of either. */
  readonly height: number;
}

/** Header, toolbar, a rule above, a rule below, keys. */
const FRAME_ROWS = 5;
/** Narrower than this, two columns would cut every name. */
const NARROW = 72;
/** Between the columns: the line, and the margin in which the cursor of the page stands. */
export const MARGIN = 2;
const BETWEEN = 1 + MARGIN;

export function layoutOf({ columns, rows }: Size): Layout {
  const height = Math.max(1, rows - FRAME_ROWS);
  if (columns < NARROW) return { list: columns, page: columns - MARGIN, both: false, height };
  const list = Math.min(76, Math.floor(columns * 0.46));
  return { list, page: columns - list - BETWEEN, both: true, height };
}
