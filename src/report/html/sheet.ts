/** What every section of the page needs: the report, and its sentences with names set apart. */

import type { Report } from "../../model/report.ts";
import type { Location } from "../../model/source.ts";
import { anyOf, type Piece, piecesOf } from "../escape.ts";
import { shorten } from "../layout.ts";
import { namesIn } from "../names.ts";
import { capital } from "../wording/comment.ts";
import { type Child, element, type Markup } from "./markup.ts";

export interface Sheet {
  readonly report: Report;
  /** Sentences: what is no plain word of ours is set as code. */
  readonly prose: (text: string) => Child;
  /** The same from its beginning, which is in capitals unless it is a name. */
  readonly sentence: (text: string) => Child;
}

export function sheetFor(report: Report): Sheet {
  const names = anyOf(namesIn(report));
  const prose = (text: string): Child => piecesOf(text, names).map(shown);
  const sentence = (text: string): Child =>
    piecesOf(text, names).map((piece, place) =>
      shown(place === 0 && !piece.isName ? { ...piece, text: capital(piece.text) } : piece),
    );
  return { report, prose, sentence };
}

function shown({ text, isName }: Piece): Child {
  return isName ? code(text) : text;
}

/** Signs of a name that are shown; longer ones are cut in the middle. */
const LONGEST_NAME = 200;

/** A name. */
export function code(name: string): Markup {
  return element("code", {}, name === "" ? '""' : shorten(name, LONGEST_NAME));
}

/** A part of the page with a heading that the navigation leads to. */
export function section(id: string, title: string, ...children: readonly Child[]): Markup {
  return element(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    element("h2", { id: `${id}-title` }, title),
    ...children,
  );
}

export function paragraph(className: string, ...children: readonly Child[]): Markup {
  return element("p", { class: className }, ...children);
}

/** ` · network.tf:14`; nothing where the place is not known. */
export function written(location: Location | null | undefined): Child {
  return location ? element("span", { class: "place" }, code(`${location.file}:${location.line}`)) : [];
}

/** The first of these, and how many are left out. */
export function firstOf<T>(all: readonly T[], most: number): { readonly shown: readonly T[]; readonly hidden: number } {
  return { shown: all.slice(0, most), hidden: Math.max(0, all.length - most) };
}
