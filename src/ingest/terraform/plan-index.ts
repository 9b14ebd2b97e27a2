/**
 * One walk over a JSON document that may be a Terraform plan. Keeps where the sections are and, of each resource, only the
 * keys that decide; attribute values stay bytes. Sections and keys: Terraform's `internal/command/jsonplan` and `jsonstate`.
 */

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
import { endOfValue, IncompleteJson, MalformedJson, OPEN_BRACE, OPEN_BRACKET, TruncatedJson } from "../json/scan.ts";
import { stringAt, stringsAt, valueAt } from "../json/values.ts";

/** Offsets of a value: first byte, and the one behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One element of `resource_changes`, `resource_drift` or `deferred_changes[].resource_change`. */
export interface ChangeEntry {
  readonly address: string;
  readonly previousAddress: string | undefined;
  readonly deposed: string | undefined;
  /** The type's text; `undefined` for entries without any change. */
  readonly type: Span | undefined;
  /** `managed`, `data`, or a word that a later version brings; `undefined` in hand-made plans. */
  readonly mode: string | undefined;
  readonly reason: string | undefined;
  /** `change.actions`; `undefined` when the entry has none. */
  readonly actions: readonly string[] | undefined;
  readonly importing: Span | undefined;
  readonly change: Span | undefined;
}

/** One object of `prior_state`. */
export interface PriorObject {
  readonly address: string;
  readonly managed: boolean;
  readonly deposed: string | undefined;
  readonly type: Span | undefined;
  readonly dependsOn: Span | undefined;
}

export interface DeferredEntry {
  readonly reason: string | undefined;
  readonly entry: ChangeEntry;
}

/** What one JSON document holds, as far as a plan goes. */
export interface DocumentIndex extends Span {
  readonly sections: ReadonlyMap<string, Span>;
  readonly changes: readonly ChangeEntry[];
  readonly drift: readonly ChangeEntry[];
  readonly deferred: readonly DeferredEntry[];
  readonly prior: readonly PriorObject[];
  /** Sections that should be lists and are neither that nor null. */
  readonly wrongShape: ReadonlySet<string>;
}

/** Where in the document a reader stood when the JSON broke, e.g. `resource_changes[212]`; `""` at the top. */
export class BrokenDocument extends Error {
  readonly where: string;
  readonly sections: ReadonlySet<string>;
  override readonly cause: TruncatedJson | MalformedJson;
  constructor(where: string, sections: Iterable<string>, cause: TruncatedJson | MalformedJson) {
    super(cause.message);
    this.where = where;
    this.sections = new Set(sections);
    this.cause = cause;
  }
}

/** `null` is the only JSON value that begins with it. */
const LETTER_N = 0x6e;

/** Modules nested deeper than this are no plan that Terraform could have made. */
const DEEPEST_MODULE = 64;

/** Walks the object at `from`. @throws BrokenDocument */
export function indexDocument(bytes: Buffer, from: number): DocumentIndex {
  return new Walk(bytes).document(from);
}

class Walk {
  private readonly bytes: Buffer;
  private readonly sections = new Map<string, Span>();
  private readonly changes: ChangeEntry[] = [];
  private readonly drift: ChangeEntry[] = [];
  private readonly deferred: DeferredEntry[] = [];
  private readonly prior: PriorObject[] = [];
  private readonly wrongShape = new Set<string>();
  // One set of slots each for all elements: they are read out before the next element is.
  private readonly changeSlots = newSlots(CHANGE_FIELDS);
  private readonly deferredSlots = newSlots(DEFERRED_FIELDS);
  private readonly priorSlots = newSlots(PRIOR_FIELDS);
  private section = "";
  private element = -1;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  document(start: number): DocumentIndex {
    try {
      const end = walkObject(this.bytes, start, (keyStart, keyEnd, at) => this.topLevel(keyStart, keyEnd, at));
      const { sections, changes, drift, deferred, prior, wrongShape } = this;
      return { start, end, sections, changes, drift, deferred, prior, wrongShape };
    } catch (error) {
      if (!(error instanceof TruncatedJson || error instanceof MalformedJson)) throw error;
      const where = this.element < 0 ? this.section : `${this.section}[${this.element}]`;
      throw new BrokenDocument(where, [...this.sections.keys(), this.section], error);
    }
  }

  private topLevel(keyStart: number, keyEnd: number, at: number): number {
    const name = stringAt(this.bytes, keyStart - 1, keyEnd + 1);
    if (this.sections.has(name)) throw new MalformedJson(keyStart, `"${name}" given twice`);
    this.section = name;
    this.element = -1;
    const end = this.sectionEnd(name, at);
    this.sections.set(name, { start: at, end });
    this.section = "";
    this.element = -1;
    return end;
  }

  private sectionEnd(name: string, at: number): number {
    const isArray = this.bytes[at] === OPEN_BRACKET;
    if (name === "resource_changes" && isArray) return this.changeList(at, this.changes);
    if (name === "resource_drift" && isArray) return this.changeList(at, this.drift);
    if (name === "deferred_changes" && isArray) return this.deferredList(at);
    if (name === "prior_state" && this.bytes[at] === OPEN_BRACE) return this.priorState(at);
    if (LISTS.has(name) && this.bytes[at] !== LETTER_N) this.wrongShape.add(name);
    return endOfValue(this.bytes, at);
  }

  private changeList(at: number, into: ChangeEntry[]): number {
    return walkArray(this.bytes, at, (start, index) => {
      this.element = index;
      const end = readFields(this.bytes, start, CHANGE_FIELDS, this.changeSlots);
      into.push(changeEntry(this.bytes, this.changeSlots, 0));
      return end;
    });
  }

  private deferredList(at: number): number {
    return walkArray(this.bytes, at, (start, index) => {
      this.element = index;
      const end = readFields(this.bytes, start, DEFERRED_FIELDS, this.deferredSlots);
      const reason = optionalString(this.bytes, this.deferredSlots, 0);
      this.deferred.push({ reason, entry: changeEntry(this.bytes, this.deferredSlots, 2) });
      return end;
    });
  }

  private priorState(at: number): number {
    return this.descend(at, "values", (values) =>
      this.descend(values, "root_module", (root) => this.priorModule(root, 0)),
    );
  }

  /** Walks an object and hands the object under one of its keys to `into`. */
  private descend(at: number, name: string, into: (at: number) => number): number {
    return walkObject(this.bytes, at, (keyStart, keyEnd, value) => {
      const matches = stringAt(this.bytes, keyStart - 1, keyEnd + 1) === name && this.bytes[value] === OPEN_BRACE;
      return matches ? into(value) : endOfValue(this.bytes, value);
    });
  }

  private priorModule(at: number, depth: number): number {
    if (depth > DEEPEST_MODULE) throw new MalformedJson(at, "modules nested too deeply");
    return walkObject(this.bytes, at, (keyStart, keyEnd, value) => {
      const name = stringAt(this.bytes, keyStart - 1, keyEnd + 1);
      const isArray = this.bytes[value] === OPEN_BRACKET;
      if (name === "child_modules" && isArray) {
        return walkArray(this.bytes, value, (child) => this.priorModule(child, depth + 1));
      }
      if (name !== "resources" || !isArray) return endOfValue(this.bytes, value);
      return walkArray(this.bytes, value, (start) => {
        const end = readFields(this.bytes, start, PRIOR_FIELDS, this.priorSlots);
        this.prior.push(priorObject(this.bytes, this.priorSlots));
        return end;
      });
    });
  }
}

const LISTS: ReadonlySet<string> = new Set(["resource_changes", "resource_drift", "deferred_changes"]);

const CHANGE_SPEC = {
  address: true,
  previous_address: true,
  deposed: true,
  mode: true,
  type: true,
  action_reason: true,
  change: { actions: true, importing: true },
} as const;
const CHANGE_FIELDS = compileFields(CHANGE_SPEC);
const DEFERRED_FIELDS = compileFields({ reason: true, resource_change: CHANGE_SPEC });
const PRIOR_FIELDS = compileFields({
  address: true,
  mode: true,
  type: true,
  index: true,
  deposed_key: true,
  depends_on: true,
});

function changeEntry(bytes: Buffer, slots: Slots, first: number): ChangeEntry {
  const address = optionalString(bytes, slots, first);
  if (address === undefined) throw new IncompleteJson(startOf(slots, first), 'has no "address"');
  const actions = span(slots, first + 7);
  const words = actions && bytes[actions.start] === OPEN_BRACKET ? readActions(bytes, actions) : undefined;
  const previousAddress = optionalString(bytes, slots, first + 1);
  const importing = span(slots, first + 8);
  const deposed = optionalString(bytes, slots, first + 2);
  const mode = modeAt(bytes, slots, first + 3);
  if (words === NO_OP && previousAddress === undefined && importing === undefined) {
    // Nearly all entries of most plans: what is not kept costs nothing.
    return { address, deposed, mode, ...UNCHANGED };
  }
  return {
    address,
    previousAddress,
    deposed,
    mode,
    type: span(slots, first + 4),
    reason: optionalString(bytes, slots, first + 5),
    change: span(slots, first + 6),
    actions: words,
    importing,
  };
}

const NO_OP: readonly string[] = ["no-op"];
const UNCHANGED = {
  previousAddress: undefined,
  type: undefined,
  reason: undefined,
  actions: NO_OP,
  importing: undefined,
  change: undefined,
} as const;
const NO_OP_BYTES = Buffer.from('["no-op"]');
const MANAGED_BYTES = Buffer.from('"managed"');

function readActions(bytes: Buffer, actions: Span): readonly string[] {
  const isNoOp = sameBytes(bytes, NO_OP_BYTES, actions.start, actions.end);
  return isNoOp ? NO_OP : stringsAt(bytes, actions.start);
}

function priorObject(bytes: Buffer, slots: Slots): PriorObject {
  const address = optionalString(bytes, slots, 0);
  if (address === undefined) throw new IncompleteJson(startOf(slots, 1), 'has a resource without "address"');
  return {
    address: withIndex(address, bytes, slots, 3),
    managed: modeAt(bytes, slots, 1) !== "data",
    type: span(slots, 2),
    deposed: optionalString(bytes, slots, 4),
    dependsOn: span(slots, 5),
  };
}

/** Terraform 0.12 wrote the index beside an address without it (hashicorp/terraform#24110). */
function withIndex(address: string, bytes: Buffer, slots: Slots, slot: number): string {
  const start = startOf(slots, slot);
  if (start === 0 || address.endsWith("]")) return address;
  const index = valueAt(bytes, start, endOf(slots, slot));
  return typeof index === "number" || typeof index === "string" ? address + formatKey(index) : address;
}

function optionalString(bytes: Buffer, slots: Slots, slot: number): string | undefined {
  const start = startOf(slots, slot);
  if (start === 0 || bytes[start] === LETTER_N) return undefined;
  return stringAt(bytes, start, endOf(slots, slot));
}

/** One text for each mode, not one for each resource. */
function modeAt(bytes: Buffer, slots: Slots, slot: number): string | undefined {
  const start = startOf(slots, slot);
  if (start !== 0 && sameBytes(bytes, MANAGED_BYTES, start, endOf(slots, slot))) return "managed";
  return optionalString(bytes, slots, slot);
}

function sameBytes(bytes: Buffer, expected: Buffer, start: number, end: number): boolean {
  return end - start === expected.length && bytes.compare(expected, 0, expected.length, start, end) === 0;
}

function span(slots: Slots, slot: number): Span | undefined {
  const start = startOf(slots, slot);
  return start === 0 ? undefined : { start, end: endOf(slots, slot) };
}
