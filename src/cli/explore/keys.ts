/** Keys: what can be pressed, and what the help says of it. */

export type KeyName =
  | "up"
  | "down"
  | "left"
  | "right"
  | "pageup"
  | "pagedown"
  | "home"
  | "end"
  | "enter"
  | "escape"
  | "backspace"
  | "tab"
  | "ctrl-c"
  | "ctrl-l"
  | "ctrl-u";

/** A named key, or one sign that was typed. */
export type Key = { readonly name: KeyName } | { readonly name: "sign"; readonly sign: string };

/** Signs that move as the named keys do. */
const MOVES: ReadonlyMap<string, KeyName> = new Map([
  ["k", "up"],
  ["j", "down"],
  ["h", "left"],
  ["l", "right"],
  ["G", "end"],
]);

/** A sign as the command that it stands for, while nothing is being typed. */
export function asMove(key: Key): Key {
  const name = key.name === "sign" ? MOVES.get(key.sign) : undefined;
  return name === undefined ? key : { name };
}

/** The help, in its order. */
export const HELP: readonly (readonly [keys: string, what: string])[] = [
  ["↑ ↓  or  k j", "move; in a page to the next object that is named"],
  ["PgUp PgDn Home End", "move by a page, to the start, to the end"],
  ["→ ←  or  l h", "unfold and fold; from the list to the page and back"],
  ["Tab", "from one side to the other"],
  ["Enter", "open the page; in it, follow the object under the cursor"],
  ["Backspace", "back to where the last object was followed from"],
  ["*", "unfold or fold everything"],
  [
    "/",
    "filter: each word is looked for in address, type, action, kind, loss, file and plan; !word must not be there. Enter keeps it, Esc clears it",
  ],
  ["g", "group by module, action, loss, plan, or not at all"],
  ["s", "sort by the worst, by dependents, by address"],
  ["y", "copy the address (OSC 52: the terminal has to allow it)"],
  ["m", "the moved block that would keep the object; also printed at the end"],
  ["q  or  Ctrl-C", "leave"],
];

export const SIGNS_HELP: readonly (readonly [sign: string, what: string])[] = [
  ["✖", "ends, and data or an identity is lost"],
  ["!", "ends, and can be had again"],
  ["·", "ends in ordinary work"],
  ["-/+  +/-", "replaced: deleted first, created first"],
  ["-  +  ~", "deleted, created, updated"],
  [">  .  =", "moved, forgotten, imported"],
  ["? behind the sign", "may end: the plan cannot tell"],
  ["ends? untouched?", "the dependency itself is not sure"],
];

/** The keys that are always in sight; the first ones where there is no room for all. */
export const FOOTER: readonly (readonly [key: string, what: string])[] = [
  ["↑↓", "move"],
  ["→", "unfold"],
  ["Enter", "follow"],
  ["Backspace", "back"],
  ["y", "copy"],
  ["m", "moved block"],
];
