/** The page of a subject, drawn once for each width and each way of unfolding. */

import { changePage } from "./change-page.ts";
import { objectPage } from "./object-page.ts";
import { groupPage, overviewPage } from "./overview-page.ts";
import type { Drawing, Line, Subject } from "./page.ts";

const known = new WeakMap<Subject, { readonly drawing: Drawing; readonly lines: readonly Line[] }>();

/** Most keys leave a page as it is, so each subject remembers how it was drawn last. */
export function pageOf(subject: Subject, drawing: Drawing): readonly Line[] {
  const before = known.get(subject);
  if (before && isSame(before.drawing, drawing)) return before.lines;
  const lines = drawn(subject, drawing);
  known.set(subject, { drawing, lines });
  return lines;
}

function isSame(left: Drawing, right: Drawing): boolean {
  return left.all === right.all && left.open === right.open && left.width === right.width;
}

function drawn(subject: Subject, drawing: Drawing): readonly Line[] {
  switch (subject.kind) {
    case "overview":
      return overviewPage(drawing);
    case "group":
      return groupPage(subject.title, subject.entries, drawing);
    case "entry": {
      const entry = drawing.all.entries[subject.entry];
      return entry === undefined ? [] : changePage(entry, drawing);
    }
    case "object":
      return objectPage(subject.plan, subject.address, drawing);
  }
}
