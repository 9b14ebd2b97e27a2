/** Whether one object's attributes are what another one is going to have. */

import type { ChangeValues } from "../../model/plan.ts";
import { isObject, ownValue, SENSITIVE } from "../../model/values.ts";

/** `open`: equal as far as could be compared, and sensitive values were not. */
export type Likeness = "equal" | "open" | "different";

/**
 * What exists against what is to be created, in all that is known of the latter. An argument that is not set is `null` there,
 * and may be stored as an empty text, list or map, `false` or 0 (providers of the older SDK have no null).
 */
export function likenessOf(existing: ChangeValues, created: ChangeValues): Likeness {
  const { before } = existing;
  const { after, afterUnknown } = created;
  if (!isObject(before) || !isObject(after)) return "different";
  return compare(before, after, afterUnknown, isEmpty);
}

/** Whether nothing that is known of an object changes. */
export function staysAsKnown({ before, after, afterUnknown }: ChangeValues): boolean {
  if (!isObject(before) || !isObject(after)) return false;
  const isNull = (value: unknown): boolean => value === null || value === undefined;
  return compare(before, after, afterUnknown, isNull) === "equal";
}

type MeansUnset = (value: unknown) => boolean;

function compare(before: unknown, after: unknown, unknown: unknown, meansUnset: MeansUnset): Likeness {
  if (unknown === true) return "equal";
  if (before === SENSITIVE || after === SENSITIVE) return before === after ? "open" : "different";
  if (after === null || after === undefined) return meansUnset(before) ? "equal" : "different";
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return "different";
    const mask = Array.isArray(unknown) ? unknown : [];
    return worst(before.map((item, place) => () => compare(item, after[place], mask[place], meansUnset)));
  }
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const of = (name: string): Likeness =>
      compare(ownValue(before, name), ownValue(after, name), ownValue(unknown, name), meansUnset);
    return worst(keys.map((name) => () => of(name)));
  }
  return before === after ? "equal" : "different";
}

function worst(parts: readonly (() => Likeness)[]): Likeness {
  let found: Likeness = "equal";
  for (const part of parts) {
    const likeness = part();
    if (likeness === "different") return likeness;
    if (likeness === "open") found = likeness;
  }
  return found;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === false || value === 0) return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}
