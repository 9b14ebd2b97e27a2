/** Keys as ink reads them, as keys of the explorer. */

import type { Key, KeyName } from "./keys.ts";

/** As much as is used of what ink says of a key. */
export type InkKey = Readonly<
  Record<
    | "upArrow"
    | "downArrow"
    | "leftArrow"
    | "rightArrow"
    | "pageUp"
    | "pageDown"
    | "home"
    | "end"
    | "return"
    | "escape"
    | "tab"
    | "backspace"
    | "delete"
    | "ctrl"
    | "meta",
    boolean
  >
>;

/** Terminals send what is called delete here for the key that erases backwards. */
const NAMES: readonly (readonly [keyof InkKey, KeyName])[] = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageUp", "pageup"],
  ["pageDown", "pagedown"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "escape"],
  ["tab", "tab"],
  ["backspace", "backspace"],
  ["delete", "backspace"],
];

const CONTROLS: ReadonlyMap<string, KeyName> = new Map([
  ["c", "ctrl-c"],
  ["l", "ctrl-l"],
  ["u", "ctrl-u"],
]);

/** Control signs that come amidst others when keys follow each other quickly, or text is pasted. */
const AMIDST: ReadonlyMap<string, KeyName> = new Map([
  ["\r", "enter"],
  ["\n", "enter"],
  ["\t", "tab"],
  ["\b", "backspace"],
  ["\u007f", "backspace"],
  ["\u0003", "ctrl-c"],
  ["\u000c", "ctrl-l"],
  ["\u0015", "ctrl-u"],
]);

/** None for what means nothing here; several where several were pressed at once. */
export function keysOf(text: string, key: InkKey): Key[] {
  const named = NAMES.find(([name]) => key[name]);
  if (named !== undefined) return [{ name: named[1] }];
  if (key.ctrl) {
    const name = CONTROLS.get(text);
    return name === undefined ? [] : [{ name }];
  }
  // What is left of a sequence that nobody knows, and letters with Alt.
  if (key.meta || /^[[O]./.test(text)) return [];
  return [...text].flatMap((sign): Key[] => {
    const name = AMIDST.get(sign);
    if (name !== undefined) return [{ name }];
    return sign < " " ? [] : [{ name: "sign", sign }];
  });
}
