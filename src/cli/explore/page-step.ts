/** Keys in the page: from link to link and over the text between them, branches that unfold, and on to another object. */

import { branchesIn } from "./dependents.ts";
import type { Explored } from "./explored.ts";
import type { Key } from "./keys.ts";
import type { Line, Link } from "./page.ts";
import { pageOf } from "./pages.ts";
import { rowsOf } from "./rows.ts";
import { freshPage, layoutOf, type State } from "./state.ts";

/** Steps back that are remembered. */
const MOST_VISITS = 200;

export function pageLines(all: Explored, { page, size }: State): readonly Line[] {
  return pageOf(page.subject, { all, open: page.open, width: layoutOf(size).page });
}

/** The link that the cursor is on: the first one where it has not been moved yet. */
export function currentLink(all: Explored, state: State): Link | undefined {
  const { link } = state.page;
  const lines = pageLines(all, state);
  return (lines.find((line) => line.link !== undefined && line.link.id === link) ?? lines.find((line) => line.link))
    ?.link;
}

export function stepPage(all: Explored, state: State, key: Key): State {
  const page = layoutOf(state.size).height - 1;
  switch (key.name) {
    case "up":
      return moved(all, state, -1);
    case "down":
      return moved(all, state, 1);
    case "pageup":
      return scrolled(all, state, -page);
    case "pagedown":
      return scrolled(all, state, page);
    case "home":
      return scrolled(all, state, Number.NEGATIVE_INFINITY);
    case "end":
      return scrolled(all, state, Number.POSITIVE_INFINITY);
    case "left":
      return folded(all, state);
    case "right":
      return unfolded(all, state);
    case "enter":
      return followed(all, state);
    case "sign":
      return key.sign === "*" ? allUnfolded(all, state) : state;
    default:
      return state;
  }
}

/** The places of lines with links, and which of them has the cursor. */
function linksIn(lines: readonly Line[], id: string | undefined): { readonly places: number[]; readonly at: number } {
  const places = lines.flatMap(({ link }, place) => (link === undefined ? [] : [place]));
  const at = places.findIndex((place) => lines[place]?.link?.id === id);
  return { places, at: Math.max(0, at) };
}

/** To the next link when it is in sight or right beside; else the text moves by a line. */
function moved(all: Explored, state: State, by: 1 | -1): State {
  const lines = pageLines(all, state);
  const { height } = layoutOf(state.size);
  const { top } = state.page;
  const { places, at } = linksIn(lines, state.page.link);
  const here = places[at];
  const isInSight = here !== undefined && here >= top && here < top + height;
  const target = isInSight ? places[at + by] : here;
  const isNear = target !== undefined && target >= top - 1 && target <= top + height;
  if (isNear) return onLine(state, lines, target);
  return { ...state, page: { ...state.page, top: top + by } };
}

function onLine(state: State, lines: readonly Line[], place: number): State {
  const { height } = layoutOf(state.size);
  const top = Math.min(Math.max(state.page.top, place - height + 1), place);
  return { ...state, page: { ...state.page, link: lines[place]?.link?.id, top } };
}

/** By so many lines; the cursor comes along to the nearest link that is in sight. */
function scrolled(all: Explored, state: State, by: number): State {
  const lines = pageLines(all, state);
  const { height } = layoutOf(state.size);
  const top = Math.min(Math.max(0, state.page.top + by), Math.max(0, lines.length - height));
  const { places } = linksIn(lines, state.page.link);
  const inSight = places.filter((place) => place >= top && place < top + height);
  const place = by > 0 ? inSight.at(-1) : inSight[0];
  return { ...state, page: { ...state.page, top, link: lines[place ?? -1]?.link?.id ?? state.page.link } };
}

function folded(all: Explored, state: State): State {
  const link = currentLink(all, state);
  if (link?.open) return withOpen(state, link.id, false);
  const parent = pageLines(all, state).findIndex((line) => link?.parent !== undefined && line.link?.id === link.parent);
  if (parent < 0) return { ...state, focus: "list" };
  return onLine(state, pageLines(all, state), parent);
}

function unfolded(all: Explored, state: State): State {
  const link = currentLink(all, state);
  return link?.open === false ? withOpen(state, link.id, true) : state;
}

function withOpen(state: State, id: string, isOpen: boolean): State {
  const open = new Set(state.page.open);
  if (isOpen) open.add(id);
  else open.delete(id);
  return { ...state, page: { ...state.page, open, link: id } };
}

/** Everything, or nothing once something is unfolded. */
function allUnfolded(all: Explored, state: State): State {
  const { subject, open } = state.page;
  if (open.size > 0) return { ...state, page: { ...state.page, open: new Set() } };
  const [nearest] = subject.kind === "object" ? all.causesOf(subject.plan, subject.address) : [];
  const entry = subject.kind === "entry" ? subject.entry : nearest?.entry;
  const change = all.entries[entry ?? -1]?.change;
  if (change === undefined) return state;
  const from = subject.kind === "object" ? subject.address : change.address;
  return { ...state, page: { ...state.page, open: new Set(branchesIn(change.blastRadius, from)) } };
}

/** To the page of the object under the cursor; the list goes along when it shows the object. */
function followed(all: Explored, state: State): State {
  const link = currentLink(all, state);
  if (link === undefined) return state;
  const { to } = link;
  const { focus, view, list: from } = state;
  const visit = { page: { ...state.page, link: link.id }, focus, view, list: from };
  const { rows } = rowsOf(all, state.view);
  const place = rows.findIndex((row) => to.kind === "entry" && row.kind === "entry" && row.entry === to.entry);
  const list = place < 0 ? state.list : { ...state.list, cursor: place };
  return { ...state, list, page: freshPage(to), history: [...state.history, visit].slice(-MOST_VISITS) };
}

/** Within the text, and with a link under the cursor where there is one. */
export function settledPage(all: Explored, state: State): State {
  const lines = pageLines(all, state);
  const { height } = layoutOf(state.size);
  const link = currentLink(all, state)?.id;
  const top = Math.min(Math.max(0, state.page.top), Math.max(0, lines.length - height));
  if (link === state.page.link && top === state.page.top) return state;
  return { ...state, page: { ...state.page, link, top } };
}
