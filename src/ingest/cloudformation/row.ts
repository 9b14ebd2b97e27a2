/** One element of `Changes`: the fields that decide, in either spelling. Fields: the service model of DescribeChangeSet. */

import { ownValue } from "../../model/values.ts";
import {
  compileFields,
  endOf,
  type FieldSpec,
  newSlots,
  readFields,
  type Slots,
  type Span,
  spanIn,
  startOf,
} from "../json/fields.ts";
import { IncompleteJson, OPEN_BRACE } from "../json/scan.ts";
import type { TextTable } from "../json/text-table.ts";
import { LETTER_N, valueAt } from "../json/values.ts";
import { type Context, type ContextWords, contextAt } from "./context.ts";
import { type Detail, detailReader } from "./detail.ts";
import { type Spelling, spelled, spelledFields } from "./spelling.ts";

/** A `ResourceChange` as AWS wrote it. Words are kept as they are: what is not known here must not get lost. */
export interface Row {
  readonly logicalId: string;
  /** Absent for what does not exist yet. */
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly action: string;
  readonly policyAction: string | undefined;
  readonly replacement: string | undefined;
  readonly details: readonly Detail[];
  /** The child change set; for nested stacks only. */
  readonly changeSetId: string | undefined;
  readonly driftStatus: string | undefined;
  /** Why attributes were left out of the comparison with what is really there: one word for each. */
  readonly driftIgnored: readonly string[];
  /** How many hooks run before it, and may refuse it. */
  readonly hooks: number;
  /** Logical ids of the modules around it, outermost first, joined by `/`. */
  readonly modulePath: string | undefined;
  /** `aws:cdk:path` of the resource's metadata. */
  readonly constructPath: string | undefined;
  /** Whether it was described with property values. */
  readonly hasValues: boolean;
  /** `BeforeContext`, parsed anew each time. */
  readonly before: () => Context;
  /** `AfterContext`, parsed anew each time. */
  readonly after: () => Context;
  /** Whether a text of ASCII letters and digits may stand anywhere in the contexts as a value, or as the beginning of one. */
  readonly mayMention: (text: string) => boolean;
  /** Whether a text of ASCII letters and digits may stand anywhere in the contexts. */
  readonly mayHave: (text: string) => boolean;
}

/** Fields of an element; slots are numbered in this order. */
const FIELDS: FieldSpec = {
  Type: true,
  ResourceChange: {
    Action: true,
    PolicyAction: true,
    Replacement: true,
    LogicalResourceId: true,
    PhysicalResourceId: true,
    ResourceType: true,
    Details: true,
    ChangeSetId: true,
    ResourceDriftStatus: true,
    BeforeContext: true,
    AfterContext: true,
    ModuleInfo: { LogicalIdHierarchy: true },
    ResourceDriftIgnoredAttributes: true,
  },
  HookInvocationCount: true,
};
const SLOT = {
  changeType: 0,
  change: 1,
  action: 2,
  policyAction: 3,
  replacement: 4,
  logicalId: 5,
  physicalId: 6,
  type: 7,
  details: 8,
  changeSetId: 9,
  driftStatus: 10,
  before: 11,
  after: 12,
  modules: 14,
  driftIgnored: 15,
  hooks: 16,
};

/** An element of the list of changes, and the offset behind it. */
interface ReadRow {
  readonly row: Row;
  readonly end: number;
}

/**
 * What reads the element at an offset.
 * @throws IncompleteJson when it is no resource change, MalformedJson also when a field is given twice: which one would
 * count is anybody's guess
 */
export function rowReader(texts: TextTable, words: ContextWords, spelling: Spelling): (at: number) => ReadRow {
  const { bytes } = texts;
  const fields = compileFields(spelledFields(FIELDS, spelling));
  const slots = newSlots(fields);
  const detailsAt = detailReader(texts, spelling);
  const text = (slot: number): string | undefined => texts.in(slots, slot) || undefined;
  const needed = (at: number, slot: number, name: string): string => {
    const found = text(slot);
    if (found === undefined) throw new IncompleteJson(at, `has no "${spelled(name, spelling)}"`);
    return found;
  };
  return (at) => {
    const end = readFields(bytes, at, fields, slots);
    // Documented as always "Resource"; what another type of change does nobody knows yet.
    if ((text(SLOT.changeType) ?? "Resource") !== "Resource")
      throw new IncompleteJson(at, "is a change of another type than Resource");
    if (bytes[startOf(slots, SLOT.change)] !== OPEN_BRACE)
      throw new IncompleteJson(at, `has no "${spelled("ResourceChange", spelling)}"`);
    const details = spanOf(bytes, slots, SLOT.details);
    const row = {
      logicalId: needed(at, SLOT.logicalId, "LogicalResourceId"),
      physicalId: text(SLOT.physicalId),
      type: needed(at, SLOT.type, "ResourceType"),
      action: needed(at, SLOT.action, "Action"),
      policyAction: text(SLOT.policyAction),
      replacement: text(SLOT.replacement),
      details: details === undefined ? NONE : detailsAt(details.start),
      changeSetId: text(SLOT.changeSetId),
      driftStatus: text(SLOT.driftStatus),
      driftIgnored: reasonsIn(valueIn(bytes, slots, SLOT.driftIgnored), spelling),
      hooks: Number(valueIn(bytes, slots, SLOT.hooks) ?? 0),
      // The API lists the innermost module first.
      modulePath: text(SLOT.modules)?.split("/").reverse().join("/"),
      ...contextsOf(words, bytes, slots),
    };
    return { row, end };
  };
}

const NONE: readonly never[] = [];

/** Where a value stands; `undefined` for none and for null. */
function spanOf(bytes: Buffer, slots: Slots, slot: number): Span | undefined {
  return bytes[startOf(slots, slot)] === LETTER_N ? undefined : spanIn(slots, slot);
}

/** What few rows have, parsed. */
function valueIn(bytes: Buffer, slots: Slots, slot: number): unknown {
  const span = spanOf(bytes, slots, slot);
  return span && valueAt(bytes, span.start, span.end);
}

function reasonsIn(ignored: unknown, spelling: Spelling): readonly string[] {
  if (!Array.isArray(ignored)) return NONE;
  return ignored.map((attribute) => String(ownValue(attribute, spelled("Reason", spelling)) ?? "unknown"));
}

type Contexts = Pick<Row, "constructPath" | "hasValues" | "before" | "after" | "mayMention" | "mayHave">;

function contextsOf(words: ContextWords, bytes: Buffer, slots: Slots): Contexts {
  const before = spanOf(bytes, slots, SLOT.before);
  const after = spanOf(bytes, slots, SLOT.after);
  if (before === undefined && after === undefined) return NO_CONTEXTS;
  // Both stand in it, and little else does: one look for both.
  const row = { start: startOf(slots, SLOT.change), end: endOf(slots, SLOT.change) };
  return {
    constructPath: (after && words.constructPath(after)) ?? (before && words.constructPath(before)),
    hasValues: true,
    before: () => (before === undefined ? {} : contextAt(bytes, before)),
    after: () => (after === undefined ? {} : contextAt(bytes, after)),
    mayMention: (word) => words.mayMention(word, row),
    mayHave: (word) => words.mayHave(word, row),
  };
}

const NO_CONTEXTS: Contexts = {
  constructPath: undefined,
  hasValues: false,
  before: () => ({}),
  after: () => ({}),
  mayMention: () => false,
  mayHave: () => false,
};

/** A row that nobody wrote: an object that leaves with the stack that it is in. */
export function removalOf(object: Pick<Row, "logicalId" | "physicalId" | "type">): Row {
  return {
    ...object,
    action: "Remove",
    policyAction: undefined,
    replacement: undefined,
    details: NONE,
    changeSetId: undefined,
    driftStatus: undefined,
    driftIgnored: NONE,
    hooks: 0,
    modulePath: undefined,
    ...NO_CONTEXTS,
  };
}
