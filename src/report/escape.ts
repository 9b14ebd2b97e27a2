/** Names come from plans, and plans from anybody: what a format must not take for its own signs is escaped here alone. */

import { shorten } from "./layout.ts";

/** Whatever is no visible sign: what `printable` spells out, halves of surrogate pairs, tags, soft hyphens, odd spaces, fillers. */
const INVISIBLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** `##[...]` and `##vso[...]`: runners of CI take them for commands wherever they stand in a line. */
const RUNNER = /(?<=#)#/g;

function spelledOut(sign: string): string {
  return `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`;
}

function visible(text: string): string {
  return text.replace(INVISIBLE, spelledOut).replace(RUNNER, spelledOut);
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
  return visible(text)
    .replace(DECODED, spelledOut)
    .replace(UNPLAIN, (sign) => `#${sign.codePointAt(0)};`);
}

/** For strings of DOT, between double quotes, labels among them: no escape sequence (`\N`, `\l`), no entity, no end of the string. */
export function forDot(text: string): string {
  return visible(text).replace(/["\\]/g, "\\$&").replaceAll("&", "&amp;");
}

/** Signs of a name that Markdown shows; longer ones are cut in the middle. */
const LONGEST_NAME = 200;

/**
 * A name in Markdown, as code: there hosts look for no mention, reference, link, HTML or emphasis. What would end the code
 * or the cell of a table around it is spelled out.
 */
export function forCode(name: string): string {
  const shown = visible(shorten(name, LONGEST_NAME)).replace(/[`|]/g, spelledOut);
  return `\`${shown === "" ? '""' : shown}\``;
}

/** Signs of a sentence that Markdown shows, and of a word in it that is no name. */
const LONGEST_SENTENCE = 2_000;
const LONGEST_WORD = 40;

/** A word as it stands in a sentence, a name with its keys: `aws_s3_bucket.logs["a b"]`. */
const WORD = /(?:\["(?:[^"\\]|\\.)*"\]|\S)+/gu;
/** What may stand around a word, and what is a word of ours or a number. Whatever is neither is a name. */
const AROUND = /^([("]*)(.*?)([),.;:"]*)$/su;
const PLAIN = /^(?:[A-Za-z]+(?:['-][A-Za-z]+)*|\d[\d,]*(?:\.\d+)?|%|·|)$/u;

/**
 * Sentences in Markdown. Only plain words stay as they are, all else is shown as code, so that there is nothing to be found
 * out about the many signs that hosts read. What `names` finds is shown as code as a whole, even where it is made of plain words.
 */
export function forProse(text: string, names?: RegExp): string {
  const parts = names === undefined ? [text] : text.split(names);
  return parts.map((part, place) => (place % 2 === 1 ? forCode(part) : wordsOf(part, place === 0))).join("");
}

/** Finds any of these names; the longest first. */
export function anyOf(names: readonly string[]): RegExp | undefined {
  if (names.length === 0) return undefined;
  const longestFirst = [...names].sort((left, right) => right.length - left.length);
  return new RegExp(`(${longestFirst.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|")})`);
}

function wordsOf(text: string, first: boolean): string {
  let room = LONGEST_SENTENCE;
  // Ends of lines and odd spaces between words are no part of a name.
  const shown = shorten(text, LONGEST_SENTENCE * 5)
    .replace(/\s+/gu, " ")
    .replace(WORD, (word, place: number) => {
      const written = room > 0 ? wordOf(word, first && place === 0) : "";
      room -= written.length;
      return written;
    });
  return room > 0 ? shown : `${shown.trimEnd()} …`;
}

function wordOf(word: string, first: boolean): string {
  const [, before = "", core = "", after = ""] = AROUND.exec(word) ?? [];
  // `1.` at the beginning would number a list.
  const isPlain = PLAIN.test(core) && core.length < LONGEST_WORD && !(first && /^\d/.test(core) && /^[.)]/.test(after));
  return isPlain ? word : `${before}${forCode(core)}${after}`;
}

/** A part of a sentence: words of ours, or a name. */
export interface Piece {
  readonly text: string;
  readonly isName: boolean;
}

/** Sentences on a page, taken apart as `forProse` does it. Each text is still to be escaped for where it is put. */
export function piecesOf(text: string, names?: RegExp): Piece[] {
  const parts = names === undefined ? [text] : text.split(names);
  const pieces = parts.flatMap((part, place) =>
    place % 2 === 1 ? [{ text: part, isName: true }] : piecesOfWords(part),
  );
  return pieces.filter((piece) => piece.text !== "");
}

function piecesOfWords(text: string): Piece[] {
  const pieces: Piece[] = [];
  let plain = "";
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    const [, before = "", core = "", after = ""] = AROUND.exec(match[0]) ?? [];
    plain += text.slice(end, match.index);
    end = match.index + match[0].length;
    if (PLAIN.test(core) && core.length < LONGEST_WORD) {
      plain += match[0];
      continue;
    }
    pieces.push({ text: plain + before, isName: false }, { text: shorten(core, LONGEST_NAME), isName: true });
    plain = after;
  }
  return [...pieces, { text: plain + text.slice(end), isName: false }];
}

/** Lines of HCL within a fence, which nothing in them ends. The code in place of a sign means the same in HCL's texts. */
export function forFence(text: string): string[] {
  return text.split("\n").map((line) => visible(line).replaceAll("`", "\\u0060"));
}

/** An `@` that may begin a mention; the one of an address like `a@example.com` does not. */
const MENTION = /(?<![A-Za-z0-9])@(?=[A-Za-z0-9])/g;

/** For texts that hosts show as they are, and bots may repeat: visible signs only, no mention, no link of SARIF. */
export function forText(text: string): string {
  return visible(text)
    .replace(MENTION, spelledOut)
    .replace(/(?<=\])\(/g, spelledOut);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For texts and attributes of XML and HTML. */
export function forMarkup(text: string): string {
  return visible(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** For texts that a script puts into a page as text: only visible signs are left to care for. */
export function forPage(text: string): string {
  return visible(text);
}

/** For the message of a GitHub workflow command. Source: `escapeData` of @actions/core. */
export function forCommand(text: string): string {
  return visible(text).replaceAll("%", "%25");
}

/** For a property of a GitHub workflow command. Source: `escapeProperty` of @actions/core. */
export function forCommandProperty(text: string): string {
  return forCommand(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Signs that JSON may hold as they are, and that a terminal, a log reader or a page would act on. */
const ACTIVE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff<]|#(?=#)/g;

/** JSON of the same meaning without them: texts are the only place where they can stand. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    ACTIVE,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** JSON for a data block of a page: nothing in it ends the block, and no sign is invisible. */
export function forDataBlock(value: unknown): string {
  return toJson(value).replace(INVISIBLE, (sign) =>
    Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}
