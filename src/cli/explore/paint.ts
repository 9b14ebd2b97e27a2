/** Spans to text for a terminal: with colour or without, with all signs or with those of ASCII alone. */

import { styleText } from "node:util";
import type { Span, Spans, Style } from "./text.ts";
import { widthOf } from "./text.ts";

/** What the terminal can show. */
export interface Look {
  readonly color: boolean;
  /** Signs beyond ASCII. */
  readonly unicode: boolean;
}

const FORMATS: Readonly<Record<Style, readonly Parameters<typeof styleText>[0][]>> = {
  plain: [],
  strong: ["bold"],
  faint: ["gray"],
  red: ["red"],
  amber: ["yellow"],
  green: ["green"],
  key: ["cyan"],
  // Where the cursor is, in the pane that has the keys and in the other one.
  here: ["inverse"],
  seen: ["bold"],
};

/** Signs of ours that have one of ASCII as wide. */
const PLAIN_SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "…": "~",
    "·": "-",
    "✖": "x",
    "✔": "v",
    "▸": ">",
    "▾": "v",
    "│": "|",
    "─": "-",
    "┬": "+",
    "┴": "+",
    "┼": "+",
    "├": "|",
    "└": "`",
    "↑": "^",
    "↓": "v",
    "→": ">",
    "←": "<",
    "█": "_",
    "—": "-",
  }),
);

/** The same in ASCII, cell by cell, so that nothing moves; what has no sign there becomes question marks. */
function asciiOf(text: string): string {
  return text.replace(/[^\x00-\x7f]/gu, (sign) => PLAIN_SIGNS.get(sign) ?? "?".repeat(widthOf(sign)));
}

export function painted(spans: Spans, { color, unicode }: Look): string {
  return joined(spans)
    .map(({ text, style }) => {
      const signs = unicode ? text : asciiOf(text);
      if (!color || signs === "") return signs;
      return FORMATS[style].reduce<string>(
        (inner, format) => styleText(format, inner, { validateStream: false }),
        signs,
      );
    })
    .join("");
}

/** Neighbours that look the same as one: every change of colour costs bytes, and time to be read again. */
function joined(spans: Spans): Spans {
  const parts: Span[] = [];
  for (const one of spans) {
    const before = parts.at(-1);
    if (before?.style === one.style) parts[parts.length - 1] = { text: before.text + one.text, style: one.style };
    else parts.push(one);
  }
  return parts;
}
