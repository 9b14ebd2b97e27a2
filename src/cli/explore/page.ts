/** What the right side is made of: lines, some of which lead on to another object. */

import type { Explored } from "./explored.ts";
import { cutMiddle, type Span, type Spans, type Style, shown, span, widthOf, wrapped } from "./text.ts";

/** What a page is about. */
export type Subject =
  | { readonly kind: "overview" }
  | { readonly kind: "group"; readonly title: string; readonly entries: readonly number[] }
  | { readonly kind: "entry"; readonly entry: number }
  /** An object that nothing happens to. */
  | { readonly kind: "object"; readonly plan: number; readonly address: string };

export interface Link {
  /** Stays the same while the page does, whatever is unfolded. */
  readonly id: string;
  readonly to: Subject;
  /** The address to copy. */
  readonly address: string;
  /** Whether what hangs on it is shown; absent when nothing does. */
  readonly open?: boolean;
  /** The link that it hangs on. */
  readonly parent?: string;
}

export interface Line {
  readonly spans: Spans;
  readonly link?: Link;
}

/** What every page is drawn from. */
export interface Drawing {
  readonly all: Explored;
  /** Links that are unfolded. */
  readonly open: ReadonlySet<string>;
  /** Cells of a line. */
  readonly width: number;
}

export const EMPTY: Line = { spans: [] };

/** A sentence, broken where it has to be; `mark` stands before its first line. Names in it are made inert. */
export function paragraph(text: string, width: number, style: Style = "plain", mark: Span = span("")): Line[] {
  const indent = widthOf(mark.text);
  return wrapped(shown(text), width - indent).map((line, place) => ({
    spans: [place === 0 ? mark : span(" ".repeat(indent)), span(line, style)],
  }));
}

/** Lines under a title, with an empty one before; nothing where there are none. */
export function section(title: string, lines: readonly Line[]): Line[] {
  return lines.length === 0 ? [] : [EMPTY, { spans: [span(title, "strong")] }, ...lines];
}

/** A name that leads on, with words on the right; the name is cut so that these stay. */
export function linkLine({ name, depth, fold, right }: LinkText, link: Link, width: number): Line {
  const indent = `${"  ".repeat(depth)}${fold} `;
  const room = width - widthOf(indent) - right.reduce((cells, { text }) => cells + widthOf(text) + 2, 0);
  const label = cutMiddle(name, Math.max(room, 8));
  const gap = " ".repeat(Math.max(0, room - widthOf(label)));
  return { spans: [span(indent, "faint"), span(`${label}${gap}`), ...right.flatMap((one) => [span("  "), one])], link };
}

interface LinkText {
  readonly name: string;
  readonly depth: number;
  /** `▸`, `▾`, or a space where nothing hangs on it. */
  readonly fold: string;
  readonly right: readonly Span[];
}

/** Where an address of a plan leads: to its change when it has one, else to the object. */
export function subjectOf(all: Explored, plan: number, address: string): Subject {
  const [entry] = all.changesOf(plan, address);
  return entry === undefined ? { kind: "object", plan, address } : { kind: "entry", entry };
}
