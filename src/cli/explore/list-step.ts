/** Keys in the list: up and down, groups that fold, and over to the page. */

import type { Explored } from "./explored.ts";
import type { Key } from "./keys.ts";
import { type Row, rowsOf } from "./rows.ts";
import { freshPage, layoutOf, type State, subjectOfRow } from "./state.ts";

export function stepList(all: Explored, state: State, key: Key): State {
  const { rows } = rowsOf(all, state.view);
  const { cursor } = state.list;
  const page = layoutOf(state.size).height - 1;
  switch (key.name) {
    case "up":
      return movedTo(rows, state, cursor - 1);
    case "down":
      return movedTo(rows, state, cursor + 1);
    case "pageup":
      return movedTo(rows, state, cursor - page);
    case "pagedown":
      return movedTo(rows, state, cursor + page);
    case "home":
      return movedTo(rows, state, 0);
    case "end":
      return movedTo(rows, state, rows.length - 1);
    case "left":
      return left(rows, state);
    case "right":
    case "enter":
      return right(rows[cursor], state, key.name);
    default:
      return state;
  }
}

function movedTo(rows: readonly Row[], state: State, wanted: number): State {
  const cursor = Math.min(Math.max(0, wanted), Math.max(0, rows.length - 1));
  if (cursor === state.list.cursor && state.page.subject.kind !== "object") return state;
  // The first row of a group is seen with the title of the group.
  const top = cursor === 1 ? 0 : state.list.top;
  return { ...state, list: { cursor, top }, page: freshPage(subjectOfRow(rows[cursor])) };
}

/** Folds the group that the cursor is in; from one of its changes first to its title. */
function left(rows: readonly Row[], state: State): State {
  const row = rows[state.list.cursor];
  if (row?.kind === "group") return folded(state, row.key, true);
  for (let place = state.list.cursor; place >= 0; place--) {
    if (rows[place]?.kind === "group") return movedTo(rows, state, place);
  }
  return state;
}

function right(row: Row | undefined, state: State, name: "right" | "enter"): State {
  if (row?.kind !== "group") return { ...state, focus: "page" };
  const isFolded = state.view.folded.has(row.key);
  if (name === "enter") return folded(state, row.key, !isFolded);
  return isFolded ? folded(state, row.key, false) : { ...state, focus: "page" };
}

function folded(state: State, key: string, fold: boolean): State {
  const keys = new Set(state.view.folded);
  if (fold) keys.add(key);
  else keys.delete(key);
  return { ...state, view: { ...state.view, folded: keys } };
}
