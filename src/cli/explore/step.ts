/** The explorer as a machine: a state and an event make another state, and say what is to be done outside. */

import type { Explored } from "./explored.ts";
import { asMove, type Key } from "./keys.ts";
import { stepList } from "./list-step.ts";
import { movedText } from "./moved.ts";
import { stepOverlay } from "./overlay-step.ts";
import type { Subject } from "./page.ts";
import { currentLink, settledPage, stepPage } from "./page-step.ts";
import { type ListView, rowsOf, SORTS, usefulGroupings } from "./rows.ts";
import { freshPage, initialState, layoutOf, type Size, type State, type Step, subjectOfRow } from "./state.ts";

export type Event = { readonly kind: "key"; readonly key: Key } | { readonly kind: "resize"; readonly size: Size };

/** Where everybody begins. */
export function start(all: Explored, size: Size, clipboard: boolean): State {
  return settled(all, initialState(all, size, clipboard));
}

export function step(all: Explored, state: State, event: Event): Step {
  if (event.kind === "resize") {
    return { state: settled(all, { ...state, size: event.size }), effects: [{ kind: "redraw" }] };
  }
  const { key } = event;
  const quiet = state.note === "" ? state : { ...state, note: "" };
  switch (key.name) {
    case "ctrl-c":
      return { state, effects: [{ kind: "leave", interrupted: true }] };
    case "ctrl-l":
      return { state: quiet, effects: [{ kind: "redraw" }] };
    default: {
      const { state: next, effects } = pressed(all, quiet, key);
      return { state: settled(all, next), effects };
    }
  }
}

function pressed(all: Explored, state: State, key: Key): Step {
  if (state.overlay !== undefined) return stepOverlay(state, state.overlay, asMove(key));
  if (state.typing) return only(typed(all, state, key));
  return command(all, state, asMove(key));
}

function only(state: State): Step {
  return { state, effects: [] };
}

function command(all: Explored, state: State, key: Key): Step {
  if (key.name === "sign") return signed(all, state, key.sign);
  if (key.name === "tab") return only({ ...state, focus: state.focus === "list" ? "page" : "list" });
  if (key.name === "backspace") return only(back(all, state));
  if (key.name === "escape") return only(escaped(all, state));
  return only(state.focus === "list" ? stepList(all, state, key) : stepPage(all, state, key));
}

function signed(all: Explored, state: State, sign: string): Step {
  switch (sign) {
    case "q":
      return { state, effects: [{ kind: "leave", interrupted: false }] };
    case "?":
      return only({ ...state, overlay: { kind: "help", top: 0 } });
    case "/":
      return only({ ...state, typing: true, focus: "list" });
    case "g":
      return only(viewed(all, state, { grouping: next(usefulGroupings(all), state.view.grouping), folded: new Set() }));
    case "s":
      return only(viewed(all, state, { sort: next(SORTS, state.view.sort) }));
    case "y":
      return copied(all, state);
    case "m":
      return only(withMoved(all, state));
    case "*":
      return only(state.focus === "list" ? allFolded(all, state) : stepPage(all, state, { name: "sign", sign }));
    default:
      return only(state);
  }
}

function next<T>(all: readonly T[], current: T): T {
  return all[(all.indexOf(current) + 1) % all.length] ?? current;
}

/** Looked at in another way; the cursor stays on what it is on, as long as that is there. */
function viewed(all: Explored, state: State, change: Partial<ListView>): State {
  const view = { ...state.view, ...change };
  const { rows } = rowsOf(all, view);
  const on = rowsOf(all, state.view).rows[state.list.cursor];
  const entry = on?.kind === "entry" ? on.entry : on?.kind === "group" ? on.entries[0] : undefined;
  const place = rows.findIndex((row) =>
    row.kind === "entry" ? row.entry === entry : on?.kind === "overview" && row.kind === "overview",
  );
  const holding = rows.findIndex((row) => row.kind === "group" && entry !== undefined && row.entries.includes(entry));
  const cursor = on?.kind === "group" && holding >= 0 ? holding : place >= 0 ? place : Math.max(0, holding);
  return selected(all, { ...state, view }, cursor);
}

/** With the cursor on a row of the list, and the page that belongs to it. */
function selected(all: Explored, state: State, cursor: number): State {
  const row = rowsOf(all, state.view).rows[cursor];
  return { ...state, list: { ...state.list, cursor }, page: freshPage(subjectOfRow(row)) };
}

function allFolded(all: Explored, state: State): State {
  const { rows } = rowsOf(all, { ...state.view, folded: new Set() });
  const keys = rows.flatMap((row) => (row.kind === "group" ? [row.key] : []));
  return viewed(all, state, { folded: state.view.folded.size === 0 ? new Set(keys) : new Set() });
}

function typed(all: Explored, state: State, key: Key): State {
  const { query } = state.view;
  switch (key.name) {
    case "sign":
      return filtered(all, state, query + key.sign);
    case "backspace":
      return query === "" ? { ...state, typing: false } : filtered(all, state, [...query].slice(0, -1).join(""));
    case "ctrl-u":
      return filtered(all, state, "");
    case "enter":
      return { ...state, typing: false };
    case "escape":
      return { ...filtered(all, state, ""), typing: false };
    case "up":
    case "down":
    case "pageup":
    case "pagedown":
      return stepList(all, state, key);
    default:
      return state;
  }
}

/** The worst match is looked at; without a filter what was looked at before. */
function filtered(all: Explored, state: State, query: string): State {
  if (query.trim() === "") return viewed(all, state, { query });
  const view = { ...state.view, query };
  const first = rowsOf(all, view).rows.findIndex(({ kind }) => kind === "entry");
  return selected(all, { ...state, view, list: { cursor: 0, top: 0 } }, Math.max(0, first));
}

function escaped(all: Explored, state: State): State {
  if (state.focus === "page") return { ...state, focus: "list" };
  return state.view.query === "" ? state : filtered(all, state, "");
}

function back(all: Explored, state: State): State {
  const visit = state.history.at(-1);
  if (visit === undefined) return { ...state, note: "Nothing was followed: there is no way back." };
  const { page, focus } = visit;
  const list = visit.view === state.view ? visit.list : listAt(all, state, page.subject);
  return { ...state, page, focus, list, history: state.history.slice(0, -1) };
}

/** With the cursor on a subject, when the list shows it. */
function listAt(all: Explored, state: State, subject: Subject): State["list"] {
  const place = rowsOf(all, state.view).rows.findIndex(
    (row) => subject.kind === "entry" && row.kind === "entry" && row.entry === subject.entry,
  );
  return place < 0 ? state.list : { ...state.list, cursor: place };
}

function copied(all: Explored, state: State): Step {
  const address = addressAt(all, state);
  if (address === undefined) return only({ ...state, note: "There is no address here." });
  if (!state.clipboard) return only({ ...state, note: address });
  return { state: { ...state, note: `Sent to the clipboard: ${address}` }, effects: [{ kind: "copy", text: address }] };
}

function addressAt(all: Explored, state: State): string | undefined {
  const link = state.focus === "page" ? currentLink(all, state) : undefined;
  const { subject } = state.page;
  if (link !== undefined) return link.address;
  if (subject.kind === "entry") return all.entries[subject.entry]?.change.address;
  if (subject.kind === "object") return subject.address;
  const [first = -1] = subject.kind === "group" && state.view.grouping === "module" ? subject.entries : [];
  return all.entries[first]?.module || undefined;
}

function withMoved(all: Explored, state: State): State {
  const to = state.focus === "page" ? currentLink(all, state)?.to : undefined;
  const { subject } = state.page;
  const entries = [to, subject].flatMap((one) => (one?.kind === "entry" ? (all.entries[one.entry] ?? []) : []));
  const text = entries.map((entry) => movedText(all, entry)).find((found) => found !== "");
  if (text === undefined) return { ...state, note: "No moved block is known that would keep it." };
  const kept = state.kept.includes(text) ? state.kept : [...state.kept, text];
  return { ...state, kept, overlay: { kind: "moved", text, top: 0 } };
}

/** Cursors within what there is, and in sight. */
function settled(all: Explored, state: State): State {
  const { rows } = rowsOf(all, state.view);
  const { height } = layoutOf(state.size);
  const cursor = Math.min(Math.max(0, state.list.cursor), Math.max(0, rows.length - 1));
  const most = Math.max(0, rows.length - height);
  const top = Math.max(0, Math.min(Math.max(state.list.top, cursor - height + 1), cursor, most));
  return settledPage(all, { ...state, list: { cursor, top } });
}
