/** Which terms of a policy take in which others. */

import type { Terms } from "./statements.ts";

/** Whether a pattern with `*` and `?` takes in a text, which may be such a pattern itself. Linear but for repeated stars. */
export function matches(pattern: string, text: string): boolean {
  let [at, place, star, retry] = [0, 0, -1, 0];
  while (place < text.length) {
    const sign = pattern[at];
    if (sign === "*") {
      star = at++;
      retry = place;
    } else if (sign !== undefined && (sign === text[place] || (sign === "?" && text[place] !== "*"))) {
      at++;
      place++;
    } else if (star >= 0) {
      at = star + 1;
      place = ++retry;
    } else return false;
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

/** Whether these terms take in all of those. Terms the other way round are compared only with their like. */
export function takesIn(outer: Terms, inner: Terms): boolean {
  if (outer.inverted !== inner.inverted) return !outer.inverted && outer.list.includes("*");
  if (outer.inverted) return outer.list.every((text) => inner.list.some((pattern) => matches(pattern, text)));
  if (inner.list.length === 0) return outer.list.length === 0 || outer.list.includes("*");
  return inner.list.every((text) => outer.list.some((pattern) => matches(pattern, text)));
}

/** Whether some of those terms are taken in. */
export function overlaps(outer: Terms, inner: Terms): boolean {
  if (outer.inverted || inner.inverted) return true;
  if (inner.list.length === 0 || outer.list.length === 0) return inner.list.length === outer.list.length;
  return inner.list.some((text) => outer.list.some((pattern) => matches(pattern, text) || matches(text, pattern)));
}
