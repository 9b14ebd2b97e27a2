/** Reads an object into slots: the offsets of the few fields that were asked for, in one pass over its bytes. */

import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  endOfString,
  endOfValue,
  MalformedJson,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  skipSpace,
  TruncatedJson,
} from "./scan.ts";
import { valueAt } from "./values.ts";

/** Field names to look for; a nested table reads the fields of that field's object in the same pass. */
export interface FieldSpec {
  readonly [name: string]: true | FieldSpec;
}

/** A compiled `FieldSpec`. Slots are numbered in the order of the names, a nested table behind its own field. */
export interface FieldTable {
  readonly size: number;
  readonly byLength: readonly (readonly Field[] | undefined)[];
}

interface Field {
  readonly name: string;
  readonly codes: readonly number[];
  readonly slot: number;
  readonly nested: FieldTable | undefined;
}

/** Two offsets a slot: where the value begins and the offset behind it; 0 when the field is absent, since none begins there. */
export type Slots = Uint32Array;

export function compileFields(spec: FieldSpec, firstSlot = 0): FieldTable {
  const byLength: Field[][] = [];
  let slot = firstSlot;
  for (const [name, inner] of Object.entries(spec)) {
    const own = slot++;
    const nested = inner === true ? undefined : compileFields(inner, slot);
    if (nested) slot += nested.size;
    const codes = [...name].map((sign) => sign.charCodeAt(0));
    const sameLength = byLength[name.length] ?? [];
    sameLength.push({ name, codes, slot: own, nested });
    byLength[name.length] = sameLength;
  }
  return { size: slot - firstSlot, byLength };
}

export function newSlots(table: FieldTable): Slots {
  return new Uint32Array(table.size * 2);
}

/** Offsets of a value: its first byte, and the one behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where the value of a slot stands; `undefined` when the field is absent. */
export function spanIn(slots: Slots, slot: number): Span | undefined {
  const start = startOf(slots, slot);
  return start === 0 ? undefined : { start, end: endOf(slots, slot) };
}

/** Start of the value in a slot, 0 when absent. */
export function startOf(slots: Slots, slot: number): number {
  return slots[slot * 2] as number;
}

/** Offset behind the value in a slot. */
export function endOf(slots: Slots, slot: number): number {
  return slots[slot * 2 + 1] as number;
}

/**
 * Reads the object at `from` into `slots` and returns the offset behind it.
 * @throws MalformedJson when it is no object, or names one of the fields twice: which one would count is anybody's guess.
 */
export function readFields(bytes: Buffer, from: number, table: FieldTable, slots: Slots): number {
  slots.fill(0);
  return readInto(bytes, from, table, slots);
}

/** `walkObject` once more, without its visitor: this runs for every object of a plan, and a closure each would be waste. */
function readInto(bytes: Buffer, from: number, table: FieldTable, slots: Slots): number {
  expect(bytes, from, OPEN_BRACE, "an object is missing");
  let at = skipSpace(bytes, from + 1);
  if (bytes[at] === CLOSE_BRACE) return at + 1;
  for (;;) {
    const keyEnd = endOfKey(bytes, at);
    const value = startOfValue(bytes, keyEnd);
    const field = findField(bytes, at + 1, keyEnd - 1, table);
    const end = skipSpace(bytes, field ? readField(bytes, value, field, slots) : endOfValue(bytes, value));
    if (bytes[end] === CLOSE_BRACE) return end + 1;
    expect(bytes, end, COMMA, "a comma is missing");
    at = skipSpace(bytes, end + 1);
  }
}

function readField(bytes: Buffer, at: number, { name, slot, nested }: Field, slots: Slots): number {
  if (startOf(slots, slot) !== 0) throw new MalformedJson(at, `"${name}" given twice`);
  slots[slot * 2] = at;
  const end = nested && bytes[at] === OPEN_BRACE ? readInto(bytes, at, nested, slots) : endOfValue(bytes, at);
  slots[slot * 2 + 1] = end;
  return end;
}

/** The offset behind the key that stands at `at`, its quotes included. */
function endOfKey(bytes: Buffer, at: number): number {
  expect(bytes, at, QUOTE, "a key is missing");
  return endOfString(bytes, at);
}

/** Where the value begins whose key ends at `keyEnd`. */
function startOfValue(bytes: Buffer, keyEnd: number): number {
  const colon = skipSpace(bytes, keyEnd);
  expect(bytes, colon, COLON, "a colon is missing");
  return skipSpace(bytes, colon + 1);
}

/** Key bounds lie inside the quotes; the visitor returns the offset behind the value at `at`. */
export type EntryVisitor = (keyStart: number, keyEnd: number, at: number) => number;

/** Visits each entry of the object at `from` and returns the offset behind it. */
export function walkObject(bytes: Buffer, from: number, visit: EntryVisitor): number {
  expect(bytes, from, OPEN_BRACE, "an object is missing");
  let at = skipSpace(bytes, from + 1);
  if (bytes[at] === CLOSE_BRACE) return at + 1;
  for (;;) {
    const keyEnd = endOfKey(bytes, at);
    const end = skipSpace(bytes, visit(at + 1, keyEnd - 1, startOfValue(bytes, keyEnd)));
    if (bytes[end] === CLOSE_BRACE) return end + 1;
    expect(bytes, end, COMMA, "a comma is missing");
    at = skipSpace(bytes, end + 1);
  }
}

/** Visits each element of the array at `from` and returns the offset behind it. */
export function walkArray(bytes: Buffer, from: number, visit: (at: number, index: number) => number): number {
  expect(bytes, from, OPEN_BRACKET, "an array is missing");
  let at = skipSpace(bytes, from + 1);
  if (bytes[at] === CLOSE_BRACKET) return at + 1;
  for (let index = 0; ; index++) {
    if (at >= bytes.length) throw new TruncatedJson(bytes.length);
    const end = skipSpace(bytes, visit(at, index));
    if (bytes[end] === CLOSE_BRACKET) return end + 1;
    expect(bytes, end, COMMA, "a comma is missing");
    at = skipSpace(bytes, end + 1);
  }
}

function expect(bytes: Buffer, at: number, byte: number, otherwise: string): void {
  if (bytes[at] === byte) return;
  if (at >= bytes.length) throw new TruncatedJson(bytes.length);
  throw new MalformedJson(at, otherwise);
}

/** The slot that a table has for a key, bounds inside its quotes; `undefined` for any other key. */
export function slotOfKey(bytes: Buffer, start: number, end: number, table: FieldTable): number | undefined {
  return findField(bytes, start, end, table)?.slot;
}

function findField(bytes: Buffer, start: number, end: number, table: FieldTable): Field | undefined {
  for (const field of table.byLength[end - start] ?? []) {
    if (sameBytes(bytes, start, field.codes)) return field;
  }
  for (let at = start; at < end; at++) {
    if (bytes[at] === BACKSLASH) return findEscaped(bytes, start, end, table);
  }
  return undefined;
}

/** A key written with escapes means the same field as without. */
function findEscaped(bytes: Buffer, start: number, end: number, table: FieldTable): Field | undefined {
  const name = valueAt(bytes, start - 1, end + 1);
  return table.byLength.flatMap((fields) => fields ?? []).find((field) => field.name === name);
}

function sameBytes(bytes: Buffer, start: number, codes: readonly number[]): boolean {
  for (let offset = 0; offset < codes.length; offset++) {
    if (bytes[start + offset] !== codes[offset]) return false;
  }
  return true;
}
