/** Names come from plans, and plans from anybody: what a format must not take for its own signs is escaped here alone. */

/** Control signs, and the marks that turn or hide text (Unicode bidi controls, zero-width signs, line separators). */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** For terminals and logs: nothing in it moves the cursor, colours, turns direction or breaks the line. */
export function forTerminal(text: string): string {
  return text.replace(UNPRINTABLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
