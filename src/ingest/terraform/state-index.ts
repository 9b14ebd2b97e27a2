/** Objects of a state representation (`internal/command/jsonstate`): of `prior_state`, and of `terraform show -json`. */

import { newSlots, readFields, walkArray, walkObject } from "../json/fields.ts";
import { endOfValue, MalformedJson, OPEN_BRACE, OPEN_BRACKET } from "../json/scan.ts";
import type { TextTable } from "../json/text-table.ts";
import { stringAt } from "../json/values.ts";
import { DependencyLists, STORED_FIELDS, type StateReader, StoredObject } from "./stored-object.ts";

/** Modules nested deeper than this are no state that Terraform could have written. */
const DEEPEST_MODULE = 64;

/** Walks the state representation at `from`, `{"values": {"root_module": ...}}`, and returns the offset behind it. */
export function indexState(texts: TextTable, from: number, found: (object: StoredObject) => void): number {
  return descend(texts.bytes, from, "values", (values) => indexValues(texts, values, found));
}

/** The same for what stands under `values`. */
export function indexValues(texts: TextTable, from: number, found: (object: StoredObject) => void): number {
  const reader: StateReader = { texts, lists: new DependencyLists(texts), slots: newSlots(STORED_FIELDS) };
  return descend(texts.bytes, from, "root_module", (root) => indexModule(reader, root, 0, found));
}

/** Walks an object and hands the object under one of its keys to `into`. */
function descend(bytes: Buffer, from: number, name: string, into: (at: number) => number): number {
  return walkObject(bytes, from, (keyStart, keyEnd, value) => {
    const matches = stringAt(bytes, keyStart - 1, keyEnd + 1) === name && bytes[value] === OPEN_BRACE;
    return matches ? into(value) : endOfValue(bytes, value);
  });
}

function indexModule(reader: StateReader, from: number, depth: number, found: (object: StoredObject) => void): number {
  const { bytes } = reader.texts;
  if (depth > DEEPEST_MODULE) throw new MalformedJson(from, "modules nested too deeply");
  return walkObject(bytes, from, (keyStart, keyEnd, value) => {
    const name = stringAt(bytes, keyStart - 1, keyEnd + 1);
    const isArray = bytes[value] === OPEN_BRACKET;
    if (name === "child_modules" && isArray) {
      return walkArray(bytes, value, (child) => indexModule(reader, child, depth + 1, found));
    }
    if (name !== "resources" || !isArray) return endOfValue(bytes, value);
    return walkArray(bytes, value, (start) => {
      const end = readFields(bytes, start, STORED_FIELDS, reader.slots);
      found(new StoredObject(reader));
      return end;
    });
  });
}
