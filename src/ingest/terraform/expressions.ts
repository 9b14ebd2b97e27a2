/** References in the expressions of a `configuration`, read without parsing what stands around them. Shape: `internal/command/jsonconfig`. */

import type { References } from "../../model/configuration.ts";
import { walkArray, walkObject } from "../json/fields.ts";
import { endOfValue, OPEN_BRACE, OPEN_BRACKET, QUOTE } from "../json/scan.ts";
import { stringAt, valueAt } from "../json/values.ts";

// Everywhere here `at` is where a value begins, and `undefined` when there is none.

/** All `references` lists in an expression or in nested blocks of expressions, in order. `""` parts two lists. */
export function referencesAt(bytes: Buffer, at: number | undefined): References {
  if (at === undefined) return NONE;
  const found: string[] = [];
  collect(bytes, at, found);
  return found;
}

/** The same for each entry of an object, by its key. */
export function referencesByKey(bytes: Buffer, at: number | undefined): ReadonlyMap<string, References> {
  const found = new Map<string, References>();
  if (at === undefined || bytes[at] !== OPEN_BRACE) return found;
  eachKey(bytes, at, (name, value) => {
    const references: string[] = [];
    const end = collect(bytes, value, references);
    found.set(name, references);
    return end;
  });
  return found;
}

/** The strings of a list. @throws MalformedJson when something else stands in it */
export function stringsAt(bytes: Buffer, at: number | undefined): References {
  if (at === undefined || bytes[at] !== OPEN_BRACKET) return NONE;
  const found: string[] = [];
  addStrings(bytes, at, found);
  return found;
}

export function textAt(bytes: Buffer, at: number | undefined): string | undefined {
  return at !== undefined && bytes[at] === QUOTE ? stringAt(bytes, at, endOfValue(bytes, at)) : undefined;
}

/** Where the value of each key of an object begins; no keys when it is no object. */
export function keysAt(bytes: Buffer, at: number | undefined): ReadonlyMap<string, number> {
  const keys = new Map<string, number>();
  if (at === undefined || bytes[at] !== OPEN_BRACE) return keys;
  eachKey(bytes, at, (name, value) => {
    keys.set(name, value);
    return endOfValue(bytes, value);
  });
  return keys;
}

/** Visits each entry of the object at `start` by name and returns the offset behind it. */
export function eachKey(bytes: Buffer, start: number, visit: (name: string, at: number) => number): number {
  return walkObject(bytes, start, (keyStart, keyEnd, at) => visit(stringAt(bytes, keyStart - 1, keyEnd + 1), at));
}

const NONE: References = [];

/** Returns the offset behind the value. */
function collect(bytes: Buffer, at: number, into: string[]): number {
  if (bytes[at] === OPEN_BRACKET) return walkArray(bytes, at, (item) => collect(bytes, item, into));
  if (bytes[at] !== OPEN_BRACE) return endOfScalar(bytes, at);
  return eachKey(bytes, at, (name, value) => {
    // A constant is data of the user's: it may look like anything, but refers to nothing.
    if (name === "constant_value") return endOfValue(bytes, value);
    if (name === "references" && bytes[value] === OPEN_BRACKET) return addStrings(bytes, value, into);
    return collect(bytes, value, into);
  });
}

/** @throws MalformedJson when it is no value at all */
function endOfScalar(bytes: Buffer, at: number): number {
  const end = endOfValue(bytes, at);
  valueAt(bytes, at, end);
  return end;
}

/** @throws MalformedJson when something else than a string stands in the list */
function addStrings(bytes: Buffer, at: number, into: string[]): number {
  const before = into.length;
  return walkArray(bytes, at, (item) => {
    const end = endOfValue(bytes, item);
    const text = stringAt(bytes, item, end);
    if (before > 0 && into.length === before) into.push("");
    into.push(text);
    return end;
  });
}
