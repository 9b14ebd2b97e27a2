/** Names come from plans, and plans from anybody: what a format must not take for its own signs is escaped here alone. */

import { printable } from "../model/printable.ts";

/** For terminals and logs: nothing in it moves the cursor, colours, turns direction or breaks the line. */
export function forTerminal(text: string): string {
  return printable(text);
}

/** Whatever is no visible sign: what `printable` spells out, halves of surrogate pairs, tags, soft hyphens, odd spaces. */
const INVISIBLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

function spelledOut(sign: string): string {
  return `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`;
}

/** What Mermaid looks for after it has decoded entities: formulas, icons, line breaks, and its own signs for entities. */
const DECODED = /(?<=\$)\$|:(?=fa-)|\\(?=n)|ﬂ|¶(?=ß)/gu;

/** What Mermaid may take for something else before that. Its lexer finds `direction TB` even inside quotes. */
const UNPLAIN = /(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=direction) |[^A-Za-z0-9_ .,/()[\]+-]/gu;

/**
 * For labels of Mermaid, between double quotes. All but plain signs become entity codes, which are shown and never read:
 * quotes, HTML, Markdown, comments, directives, entities, and the colon, behind which Mermaid's preprocessing of `style`
 * takes a semicolon away. What Mermaid would still read is spelled out.
 */
export function forMermaid(text: string): string {
  return text
    .replace(INVISIBLE, spelledOut)
    .replace(DECODED, spelledOut)
    .replace(UNPLAIN, (sign) => `#${sign.codePointAt(0)};`);
}

/** For strings of DOT, between double quotes, labels among them: no escape sequence (`\N`, `\l`), no entity, no end of the string. */
export function forDot(text: string): string {
  return text.replace(INVISIBLE, spelledOut).replace(/["\\]/g, "\\$&").replaceAll("&", "&amp;");
}
