/** Text of a plan in text of ours: nothing in it may move a cursor, break a line or turn the direction of writing. */

/** Control signs, and the marks that turn or hide text (Unicode bidi controls, zero-width signs, line separators). */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** What runners of CI take for their own commands: `##[...]` and `##vso[...]` anywhere, `::...::` where a line may begin. */
const COMMANDS = /(?<=#)#(?=\[|vso\[)|(?<=^|\s):(?=:[a-z])/gi;

export function printable(text: string): string {
  return text.replace(UNPRINTABLE, spelledOut).replace(COMMANDS, spelledOut);
}

function spelledOut(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
