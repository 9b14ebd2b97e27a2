/** Values out of bytes: strings one by one, anything else through JSON.parse. */

import { MalformedJson, QUOTE } from "./scan.ts";

/** The string between its quotes' offsets. @throws MalformedJson when it is no string */
export function stringAt(bytes: Buffer, start: number, end: number): string {
  if (bytes[start] !== QUOTE) throw new MalformedJson(start, "a string is missing");
  for (let at = start + 1; at < end - 1; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x5c || byte > 0x7e || byte < 0x20) return String(valueAt(bytes, start, end));
  }
  return bytes.toString("latin1", start + 1, end - 1);
}

/** `null` is the only JSON value that begins with it. */
export const LETTER_N = 0x6e;

/** The value between two offsets. @throws MalformedJson; the text itself never enters the message. */
export function valueAt(bytes: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(bytes.toString("utf8", start, end));
  } catch {
    // V8's own message quotes the text, which may hold secrets.
    throw new MalformedJson(start, "a value that is no JSON");
  }
}
