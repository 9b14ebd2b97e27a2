/** Objects of a state representation (`internal/command/jsonstate`): of `prior_state`, and of `terraform show -json`. */

import { formatKey } from "../../model/address.ts";
import {
  compileFields,
  endOf,
  newSlots,
  readFields,
  type Slots,
  startOf,
  walkArray,
  walkObject,
} from "../json/fields.ts";
import { endOfValue, IncompleteJson, MalformedJson, OPEN_BRACE, OPEN_BRACKET } from "../json/scan.ts";
import type { TextTable } from "../json/text-table.ts";
import { LETTER_N, stringAt, valueAt } from "../json/values.ts";

/** One object of a state. */
export interface PriorObject {
  readonly address: string;
  readonly managed: boolean;
  readonly deposed: string | undefined;
  readonly type: string;
  // Offsets and not spans: there may be a hundred thousand of these.
  /** Where its list of dependencies begins; 0 when it has none. */
  readonly dependsOn: number;
  readonly dependsOnEnd: number;
  /** Where its attribute values stand, unmasked: they may be searched in, and nothing of them may leave ingest. 0 when absent. */
  readonly valuesStart: number;
  readonly valuesEnd: number;
}

const PRIOR_FIELDS = compileFields({
  address: true,
  mode: true,
  type: true,
  index: true,
  deposed_key: true,
  depends_on: true,
  values: true,
});

/** Modules nested deeper than this are no state that Terraform could have written. */
const DEEPEST_MODULE = 64;

/** Walks the state representation at `from`, `{"values": {"root_module": ...}}`, and returns the offset behind it. */
export function indexState(texts: TextTable, from: number, found: (object: PriorObject) => void): number {
  return descend(texts.bytes, from, "values", (values) => indexValues(texts, values, found));
}

/** The same for what stands under `values`. */
export function indexValues(texts: TextTable, from: number, found: (object: PriorObject) => void): number {
  const slots = newSlots(PRIOR_FIELDS);
  return descend(texts.bytes, from, "root_module", (root) => indexModule(texts, root, 0, slots, found));
}

/** Walks an object and hands the object under one of its keys to `into`. */
function descend(bytes: Buffer, from: number, name: string, into: (at: number) => number): number {
  return walkObject(bytes, from, (keyStart, keyEnd, value) => {
    const matches = stringAt(bytes, keyStart - 1, keyEnd + 1) === name && bytes[value] === OPEN_BRACE;
    return matches ? into(value) : endOfValue(bytes, value);
  });
}

function indexModule(
  texts: TextTable,
  from: number,
  depth: number,
  slots: Slots,
  found: (object: PriorObject) => void,
): number {
  const { bytes } = texts;
  if (depth > DEEPEST_MODULE) throw new MalformedJson(from, "modules nested too deeply");
  return walkObject(bytes, from, (keyStart, keyEnd, value) => {
    const name = stringAt(bytes, keyStart - 1, keyEnd + 1);
    const isArray = bytes[value] === OPEN_BRACKET;
    if (name === "child_modules" && isArray) {
      return walkArray(bytes, value, (child) => indexModule(texts, child, depth + 1, slots, found));
    }
    if (name !== "resources" || !isArray) return endOfValue(bytes, value);
    return walkArray(bytes, value, (start) => {
      const end = readFields(bytes, start, PRIOR_FIELDS, slots);
      found(priorObject(texts, slots));
      return end;
    });
  });
}

function priorObject(texts: TextTable, slots: Slots): PriorObject {
  const address = texts.in(slots, 0);
  if (address === undefined) throw new IncompleteJson(startOf(slots, 1), 'has a resource without "address"');
  return {
    address: withIndex(address, texts.bytes, slots, 3),
    managed: texts.in(slots, 1) !== "data",
    type: texts.in(slots, 2) ?? "",
    deposed: texts.in(slots, 4),
    dependsOn: texts.bytes[startOf(slots, 5)] === LETTER_N ? 0 : startOf(slots, 5),
    dependsOnEnd: endOf(slots, 5),
    valuesStart: startOf(slots, 6),
    valuesEnd: endOf(slots, 6),
  };
}

/** Terraform 0.12 wrote the index beside an address without it (hashicorp/terraform#24110). */
function withIndex(address: string, bytes: Buffer, slots: Slots, slot: number): string {
  const start = startOf(slots, slot);
  if (start === 0 || address.endsWith("]")) return address;
  const index = valueAt(bytes, start, endOf(slots, slot));
  return typeof index === "number" || typeof index === "string" ? address + formatKey(index) : address;
}
