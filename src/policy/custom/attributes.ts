/** Attribute values as rules of a config ask for them: by a path, against patterns, with an answer for what is not shown. */

import type { ExpectedScalar, ExpectedValue } from "../../model/custom-rule.ts";
import { isObject, ownValue, SENSITIVE } from "../../model/values.ts";
import { matchesText } from "../patterns.ts";

/** `hidden`: the plan does not show it, because it is sensitive or known only after apply. */
export type Answer = "yes" | "no" | "hidden";

/** @param path keys with dots between them; `*` stands for every element of a list */
export function answerAt(object: unknown, unknowns: unknown, path: string, expected: ExpectedValue): Answer {
  const wanted: readonly ExpectedScalar[] = isList(expected) ? expected : [expected];
  return search(object, unknowns, path.split("."), wanted);
}

function search(value: unknown, unknown: unknown, keys: readonly string[], wanted: readonly ExpectedScalar[]): Answer {
  if (value === SENSITIVE || unknown === true) return "hidden";
  const [key, ...rest] = keys;
  if (key === undefined) return wanted.some((one) => fits(value, one)) ? "yes" : "no";
  if (key === "*") {
    const elements = Math.max(lengthOf(value), lengthOf(unknown));
    const answers = [...Array(elements).keys()].map((at) =>
      search(element(value, at), element(unknown, at), rest, wanted),
    );
    return answers.includes("yes") ? "yes" : answers.includes("hidden") ? "hidden" : "no";
  }
  const at = (object: unknown): unknown =>
    Array.isArray(object) ? element(object, Number(key)) : ownValue(object, key);
  return search(at(value), at(unknown), rest, wanted);
}

function fits(value: unknown, wanted: ExpectedScalar): boolean {
  if (typeof wanted === "string") return typeof value === "string" && matchesText(wanted, value);
  // What is not there counts as null, as in a plan.
  return wanted === null ? value === undefined || value === null : value === wanted;
}

function isList(expected: ExpectedValue): expected is readonly ExpectedScalar[] {
  return Array.isArray(expected);
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function element(value: unknown, at: number): unknown {
  return Array.isArray(value) ? value[at] : undefined;
}

/** A value that no expression can look into. */
class Hidden {}

const HIDDEN = new Hidden();

/** Values for expressions: whole numbers as integers, what is not shown as something that cannot be compared. */
export function forExpression(value: unknown, unknown: unknown = undefined): unknown {
  if (value === SENSITIVE || unknown === true) return HIDDEN;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((inner, at) => forExpression(inner, element(unknown, at)));
  if (!isObject(value)) return value ?? null;
  const names = [...new Set([...Object.keys(value), ...(isObject(unknown) ? Object.keys(unknown) : [])])];
  return new Map(
    names
      .filter((name) => Object.hasOwn(value, name) || ownValue(unknown, name) === true)
      .map((name) => [name, forExpression(ownValue(value, name), ownValue(unknown, name))]),
  );
}
