/** Text measured in cells of a terminal, which is what a line has; a sign may take two of them, or none. */

import { printable } from "../../model/printable.ts";

/** What a span looks like; colours come with `paint.ts`. */
export type Style = "plain" | "strong" | "faint" | "red" | "amber" | "green" | "key" | "here" | "seen";

export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** Text side by side on one line. */
export type Spans = readonly Span[];

export function span(text: string, style: Style = "plain"): Span {
  return { text, style };
}

/** Pictures, flags and their modifiers: terminals do not agree on how wide they are, so they are spelled out. */
const UNSURE =
  /(?![\x00-\x7f])[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\p{Variation_Selector}\p{Cs}\p{Co}\p{Cn}]/gu;

/** Somebody else's text on one line: nothing in it moves the cursor, and its width is known. */
export function shown(text: string): string {
  return printable(text).replace(UNSURE, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

const ASCII = /^[\x00-\x7f]*$/;
const NO_CELL = /^[\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}]$/u;
/** East Asian signs that are wide: https://www.unicode.org/reports/tr11, as far as `shown` lets them through. */
const TWO_CELLS =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Hangul}\u3000-\u303e\u30fb-\u30fc\uff01-\uff60\uffe0-\uffe6]$/u;
/** Of these scripts, but narrow: half-width forms, and vowels and finals of Hangul that join the sign before. */
const HALF_WIDTH = /^[\uff61-\uffdc]$/u;
const JOINING = /^[\u1160-\u11ff\ud7b0-\ud7ff]$/u;

function cellsOf(sign: string): number {
  if (NO_CELL.test(sign) || JOINING.test(sign)) return 0;
  return TWO_CELLS.test(sign) && !HALF_WIDTH.test(sign) ? 2 : 1;
}

/** How many cells a text takes. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let cells = 0;
  for (const sign of text) cells += cellsOf(sign);
  return cells;
}

export function widthOfAll(spans: Spans): number {
  return spans.reduce((cells, { text }) => cells + widthOf(text), 0);
}

/** The longest beginning that takes at most so many cells. */
function beginning(text: string, cells: number): string {
  if (ASCII.test(text)) return text.slice(0, Math.max(0, cells));
  let taken = 0;
  let end = 0;
  for (const sign of text) {
    taken += cellsOf(sign);
    if (taken > cells) break;
    end += sign.length;
  }
  return text.slice(0, end);
}

/** The longest end that takes at most so many cells. */
function ending(text: string, cells: number): string {
  if (ASCII.test(text)) return cells <= 0 ? "" : text.slice(-cells);
  const signs = [...text];
  let taken = 0;
  let from = signs.length;
  while (from > 0) {
    taken += cellsOf(signs[from - 1] ?? "");
    if (taken > cells) break;
    from--;
  }
  return signs.slice(from).join("");
}

/** Cut in the middle, where addresses differ least, to at most so many cells. */
export function cutMiddle(text: string, cells: number): string {
  if (widthOf(text) <= cells) return text;
  if (cells < 5) return beginning(text, cells);
  const head = Math.floor((cells - 1) / 3);
  return `${beginning(text, head)}…${ending(text, cells - 1 - head)}`;
}

/** Spans of exactly so many cells: what is too long is cut at the end, what is too short is filled up. */
export function exactly(spans: Spans, cells: number, fill: Style = "plain"): Spans {
  const parts: Span[] = [];
  let left = Math.max(0, cells);
  for (const { text, style } of spans) {
    const part = beginning(text, left);
    left -= widthOf(part);
    parts.push({ text: part, style });
    if (part.length < text.length) break;
  }
  return left > 0 ? [...parts, span(" ".repeat(left), fill)] : parts;
}

/** Left and right ends of a line of exactly so many cells; what is left is cut, what is right stays. */
export function apart(left: Spans, right: Spans, cells: number, fill: Style = "plain"): Spans {
  const room = cells - widthOfAll(right);
  if (room < 0) return exactly(right, cells, fill);
  return [...exactly(left, room, fill), ...right];
}

/** Lines of at most so many cells, broken at spaces; a word that is longer is broken where the line ends. */
export function wrapped(text: string, cells: number): string[] {
  const width = Math.max(1, cells);
  const lines: string[] = [];
  let line = "";
  const put = (): void => {
    if (line !== "") lines.push(line);
    line = "";
  };
  for (const word of text.split(" ")) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) > width) put();
    let rest = line === "" ? word : `${line} ${word}`;
    while (widthOf(rest) > width) {
      const head = beginning(rest, width) || rest.slice(0, 1);
      lines.push(head);
      rest = rest.slice(head.length);
    }
    line = rest;
  }
  put();
  return lines.length === 0 ? [""] : lines;
}
