/** References in the expressions of a `configuration`, read without parsing what stands around them. Shape: `internal/command/jsonconfig`. */

import type { References } from "../../model/configuration.ts";
import { compileFields, slotOfKey, walkArray, walkObject } from "../json/fields.ts";
import { endOfValue, OPEN_BRACE, OPEN_BRACKET, QUOTE } from "../json/scan.ts";
import type { TextTable } from "../json/text-table.ts";
import { valueAt } from "../json/values.ts";

// Everywhere here `at` is where a value begins, and `undefined` when there is none.

/** All `references` lists in an expression or in nested blocks of expressions, in order. `""` parts two lists. */
export function referencesAt(texts: TextTable, at: number | undefined): References {
  if (at === undefined) return NONE;
  const found: string[] = [];
  collect(texts, at, found);
  return found;
}

/** The same for each entry of an object, by its key. */
export function referencesByKey(texts: TextTable, at: number | undefined): ReadonlyMap<string, References> {
  const found = new Map<string, References>();
  if (at === undefined || texts.bytes[at] !== OPEN_BRACE) return found;
  eachKey(texts, at, (name, value) => {
    const references: string[] = [];
    const end = collect(texts, value, references);
    found.set(name, references);
    return end;
  });
  return found;
}

/** The strings of a list. @throws MalformedJson when something else stands in it */
export function stringsAt(texts: TextTable, at: number | undefined): References {
  if (at === undefined || texts.bytes[at] !== OPEN_BRACKET) return NONE;
  const found: string[] = [];
  addStrings(texts, at, found);
  return found;
}

export function textAt(texts: TextTable, at: number | undefined): string | undefined {
  const { bytes } = texts;
  return at !== undefined && bytes[at] === QUOTE ? texts.at(at, endOfValue(bytes, at)) : undefined;
}

/** Where the value of each key of an object begins; no keys when it is no object. */
export function keysAt(texts: TextTable, at: number | undefined): ReadonlyMap<string, number> {
  const keys = new Map<string, number>();
  if (at === undefined || texts.bytes[at] !== OPEN_BRACE) return keys;
  eachKey(texts, at, (name, value) => {
    keys.set(name, value);
    return endOfValue(texts.bytes, value);
  });
  return keys;
}

/** Visits each entry of the object at `start` by name and returns the offset behind it. */
export function eachKey(texts: TextTable, start: number, visit: (name: string, at: number) => number): number {
  return walkObject(texts.bytes, start, (keyStart, keyEnd, at) => visit(texts.at(keyStart - 1, keyEnd + 1), at));
}

const NONE: References = [];

const EXPRESSION = compileFields({ constant_value: true, references: true });
const CONSTANT_VALUE = 0;
const REFERENCES = 1;

/** Returns the offset behind the value. */
function collect(texts: TextTable, at: number, into: string[]): number {
  const { bytes } = texts;
  if (bytes[at] === OPEN_BRACKET) return walkArray(bytes, at, (item) => collect(texts, item, into));
  if (bytes[at] !== OPEN_BRACE) return endOfScalar(bytes, at);
  return walkObject(bytes, at, (keyStart, keyEnd, value) => {
    const slot = slotOfKey(bytes, keyStart, keyEnd, EXPRESSION);
    // A constant is data of the user's: it may look like anything, but refers to nothing.
    if (slot === CONSTANT_VALUE) return endOfValue(bytes, value);
    if (slot === REFERENCES && bytes[value] === OPEN_BRACKET) return addStrings(texts, value, into);
    return collect(texts, value, into);
  });
}

/** @throws MalformedJson when it is no value at all */
function endOfScalar(bytes: Buffer, at: number): number {
  const end = endOfValue(bytes, at);
  valueAt(bytes, at, end);
  return end;
}

/** @throws MalformedJson when something else than a string stands in the list */
function addStrings(texts: TextTable, at: number, into: string[]): number {
  const { bytes } = texts;
  const before = into.length;
  return walkArray(bytes, at, (item) => {
    const end = endOfValue(bytes, item);
    const text = texts.at(item, end);
    if (before > 0 && into.length === before) into.push("");
    into.push(text);
    return end;
  });
}
