/** One element of `Details`: what about a resource changes, and what caused it. */

import {
  compileFields,
  endOf,
  type FieldSpec,
  newSlots,
  readFields,
  type Slots,
  startOf,
  walkArray,
} from "../json/fields.ts";
import { endOfValue, OPEN_BRACE } from "../json/scan.ts";
import type { TextTable } from "../json/text-table.ts";
import { LETTER_N } from "../json/values.ts";
import { type Spelling, spelledFields } from "./spelling.ts";

export interface Detail {
  /** `Properties`, `Metadata`, `Tags`, `DeletionPolicy`, ... */
  readonly attribute: string;
  /** Top-level property; absent for other attributes. */
  readonly name: string | undefined;
  /** `/Properties/A/0/B`; only with property values. */
  readonly path: string | undefined;
  readonly recreation: "Always" | "Conditionally" | "Never" | undefined;
  readonly evaluation: string | undefined;
  readonly source: string | undefined;
  /** Logical id, `Logical.Attribute`, parameter, or `Nested.Outputs.Name`. */
  readonly cause: string | undefined;
  readonly value: ValueChange;
  /** Compared with what is really there, not with what was deployed: what it undoes somebody did by hand. */
  readonly undoesDrift: boolean;
}

/**
 * What property values say of a change. `later`: known after apply. `unseen`: described without values.
 * The values themselves are not kept.
 */
export type ValueChange = "differs" | "same" | "later" | "unseen";

/** CloudFormation's mark for a value that it will know while it updates. */
const KNOWN_AFTER_APPLY = "{{changeSet:KNOWN_AFTER_APPLY}}";

/** Fields of a detail; slots are numbered in this order. */
const FIELDS: FieldSpec = {
  Evaluation: true,
  ChangeSource: true,
  CausingEntity: true,
  Target: {
    Attribute: true,
    Name: true,
    Path: true,
    RequiresRecreation: true,
    BeforeValue: true,
    AfterValue: true,
    AttributeChangeType: true,
    BeforeValueFrom: true,
  },
};
const SLOT = {
  evaluation: 0,
  source: 1,
  cause: 2,
  attribute: 4,
  name: 5,
  path: 6,
  recreation: 7,
  before: 8,
  after: 9,
  changeType: 10,
  beforeFrom: 11,
};

/**
 * What reads the list of details at an offset. What is no object is left out; what it may have said is judged by `Replacement`.
 * So is what only brings CloudFormation's record in line with reality.
 */
export function detailReader(texts: TextTable, spelling: Spelling): (at: number) => Detail[] {
  const { bytes } = texts;
  const fields = compileFields(spelledFields(FIELDS, spelling));
  const slots = newSlots(fields);
  const text = (slot: number): string | undefined => texts.in(slots, slot) || undefined;
  return (start) => {
    const details: Detail[] = [];
    walkArray(bytes, start, (at) => {
      if (bytes[at] !== OPEN_BRACE) return endOfValue(bytes, at);
      const end = readFields(bytes, at, fields, slots);
      if (text(SLOT.changeType) === "SyncWithActual") return end;
      const recreation = text(SLOT.recreation);
      details.push({
        attribute: text(SLOT.attribute) ?? "",
        name: text(SLOT.name),
        path: text(SLOT.path),
        recreation: RECREATIONS.find((word) => word === recreation),
        evaluation: text(SLOT.evaluation),
        source: text(SLOT.source),
        cause: text(SLOT.cause),
        value: valueChange(bytes, slots),
        undoesDrift: text(SLOT.beforeFrom) === "ACTUAL_STATE",
      });
      return end;
    });
    return details;
  };
}

const RECREATIONS = ["Always", "Conditionally", "Never"] as const;

/** A property that is added has no value before, one that is taken away none after. The texts decide: nobody builds them. */
function valueChange(bytes: Buffer, slots: Slots): ValueChange {
  const hasFrom = hasValue(bytes, slots, SLOT.before);
  const hasTo = hasValue(bytes, slots, SLOT.after);
  if (!hasFrom && !hasTo) return "unseen";
  if (hasTo && isLater(bytes, startOf(slots, SLOT.after), endOf(slots, SLOT.after))) return "later";
  return hasFrom && hasTo && isSame(bytes, slots) ? "same" : "differs";
}

/** `null` is no value either. */
function hasValue(bytes: Buffer, slots: Slots, slot: number): boolean {
  const start = startOf(slots, slot);
  return start !== 0 && bytes[start] !== LETTER_N;
}

/** A structure may hold the mark anywhere in its JSON text. */
function isLater(bytes: Buffer, start: number, end: number): boolean {
  if (end - start < KNOWN_AFTER_APPLY.length) return false;
  for (let at = start; at < end; at++) {
    if (bytes[at] !== OPEN_BRACE || bytes[at + 1] !== OPEN_BRACE) continue;
    if (bytes.toString("latin1", at, at + KNOWN_AFTER_APPLY.length) === KNOWN_AFTER_APPLY) return true;
  }
  return false;
}

function isSame(bytes: Buffer, slots: Slots): boolean {
  const from = startOf(slots, SLOT.before);
  const to = startOf(slots, SLOT.after);
  const length = endOf(slots, SLOT.before) - from;
  if (endOf(slots, SLOT.after) - to !== length) return false;
  for (let at = 0; at < length; at++) if (bytes[from + at] !== bytes[to + at]) return false;
  return true;
}
