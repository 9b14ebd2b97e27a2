/**
 * Finds where JSON values begin and end in UTF-8 bytes, without building them. What is skipped is checked for balance
 * (quotes, brackets) and nothing else; what somebody reads is parsed in full by `values.ts`.
 */

/** The bytes stop in the middle of a value. */
export class TruncatedJson extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super(`JSON stops at byte ${offset}`);
    this.offset = offset;
  }
}

/** The bytes are not JSON at `offset`. */
export class MalformedJson extends Error {
  readonly offset: number;
  /** What is wrong there, as a noun or a clause. */
  readonly what: string;
  constructor(offset: number, what: string) {
    super(`${what} at byte ${offset}`);
    this.offset = offset;
    this.what = what;
  }
}

/** Valid JSON that lacks something which nothing can be decided without; `what` says so as the end of a sentence. */
export class IncompleteJson extends MalformedJson {}

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** Deeper nesting than any plan has; beyond it recursive readers would be at risk. */
const DEEPEST = 512;

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The first offset from `from` on that is not JSON white space. */
export function skipSpace(bytes: Uint8Array, from: number): number {
  // Terraform writes none, so the first look is nearly always the last.
  if ((bytes[from] as number) > 0x20) return from;
  let at = from;
  while (isSpace(bytes[at])) at++;
  return at;
}

/** The offset behind the closing quote of the string that opens at `from`. */
export function endOfString(bytes: Uint8Array, from: number): number {
  return endOfOpenString(bytes, from + 1, bytes.length);
}

/** Bytes that mean something inside a string. A look into a table is the cheapest question to ask of every byte. */
const IN_STRING = new Uint8Array(256);
IN_STRING[QUOTE] = 1;
IN_STRING[BACKSLASH] = 1;

/** Most of a plan is text inside strings, and passes through here. */
function endOfOpenString(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  for (;;) {
    // Beyond the end there is no byte, and no entry of the table either: the loop stops there too.
    while (IN_STRING[bytes[at] as number] === 0) at++;
    if (at >= end) throw new TruncatedJson(end);
    if (bytes[at] === QUOTE) return at + 1;
    at += 2;
  }
}

const kinds = new Uint8Array(DEEPEST);

/**
 * The offset behind the value that starts at `from` (no white space in front).
 * @throws TruncatedJson when the bytes end first, MalformedJson on brackets that do not match or nest too deeply.
 */
export function endOfValue(bytes: Uint8Array, from: number): number {
  const first = bytes[from];
  if (first === QUOTE) return endOfString(bytes, from);
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return endOfScalar(bytes, from);
  return endOfNested(bytes, from);
}

/** Bytes that mean something between strings. */
const BETWEEN_STRINGS = new Uint8Array(256);
for (const byte of [QUOTE, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE]) BETWEEN_STRINGS[byte] = 1;

function endOfNested(bytes: Uint8Array, from: number): number {
  const end = bytes.length;
  let depth = 0;
  let at = from;
  for (;;) {
    while (BETWEEN_STRINGS[bytes[at] as number] === 0) at++;
    if (at >= end) throw new TruncatedJson(end);
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      at = endOfOpenString(bytes, at + 1, end);
      continue;
    }
    at++;
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (depth === DEEPEST) throw new MalformedJson(at - 1, "nesting too deep");
      kinds[depth++] = byte;
    } else {
      // Each opening bracket is its closing one less two.
      if (kinds[--depth] !== byte - 2) throw new MalformedJson(at - 1, "a bracket that closes nothing");
      if (depth === 0) return at;
    }
  }
}

function endOfScalar(bytes: Uint8Array, from: number): number {
  let at = from;
  for (; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || isSpace(byte)) break;
  }
  if (at === from) {
    if (at >= bytes.length) throw new TruncatedJson(at);
    throw new MalformedJson(at, "a value is missing");
  }
  return at;
}
