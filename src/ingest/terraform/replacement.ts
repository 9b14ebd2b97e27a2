/** What forces a replacement, and whether it is sure to happen. */

import type { Certainty } from "../../model/action.ts";
import type { AttributePath } from "../../model/values.ts";
import { isObject, marksAny, ownValue } from "../../model/values.ts";
import { valueAtPath } from "./values.ts";

export interface Replacement {
  /** Attributes that force it, as paths that hold no values. */
  readonly paths: readonly AttributePath[];
  readonly certainty: Certainty;
}

export const NO_REPLACEMENT: Replacement = { paths: [], certainty: "certain" };

/**
 * A replacement is conditional when nothing forces it but values that are unknown until apply: Terraform must plan for the
 * worst there, and may find the old value again. Replacements for other reasons (taint, request) have no paths.
 */
export function replacementOf(change: Record<string, unknown>): Replacement {
  const listed = ownValue(change, "replace_paths");
  if (!Array.isArray(listed) || listed.length === 0) return NO_REPLACEMENT;
  const paths = listed.filter(isPath);
  // A path that cannot be read may name a value that is known.
  const open = paths.length === listed.length && paths.every((path) => onlyUnknownForces(change, path));
  return { paths: paths.map((path) => withoutValues(change, path)), certainty: open ? "conditional" : "certain" };
}

function isPath(value: unknown): value is AttributePath {
  return Array.isArray(value) && value.every((step) => typeof step === "string" || typeof step === "number");
}

/** The path up to where it steps into a set: sets are stepped into by the value of the element. */
function withoutValues(change: Record<string, unknown>, path: AttributePath): AttributePath {
  const kept: (string | number)[] = [];
  for (const step of path) {
    const around = [valueAtPath(change["before"], kept), valueAtPath(change["after"], kept)];
    if (typeof step === "string" && kept.length > 0 && !around.some((value) => ownValue(value, step) !== undefined))
      break;
    kept.push(step);
  }
  return kept;
}

function onlyUnknownForces(change: Record<string, unknown>, path: AttributePath): boolean {
  const unknown = change["after_unknown"];
  if (path.some((_, length) => valueAtPath(unknown, path.slice(0, length)) === true)) return true;
  const here = valueAtPath(unknown, path);
  const before = valueAtPath(change["before"], path);
  const after = valueAtPath(change["after"], path);
  // A path may name a whole block of which one leaf is unknown.
  return marksAny(here) && !differs(before, after, here);
}

/** Whether two values differ in what is known of the second. */
function differs(before: unknown, after: unknown, unknown: unknown): boolean {
  if (unknown === true) return false;
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return true;
    return before.some((item, index) =>
      differs(item, after[index], Array.isArray(unknown) ? unknown[index] : undefined),
    );
  }
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].some((key) => differs(ownValue(before, key), ownValue(after, key), ownValue(unknown, key)));
  }
  return before !== after;
}
