/**
 * One walk over a JSON document that may be a Terraform plan. Keeps where the sections are and, of each resource, only the
 * keys that decide; attribute values stay bytes. Sections and keys: Terraform's `internal/command/jsonplan` and `jsonstate`.
 */

import { compileFields, newSlots, readFields, type Slots, type Span, walkArray, walkObject } from "../json/fields.ts";
import { endOfValue, MalformedJson, OPEN_BRACE, OPEN_BRACKET, TruncatedJson } from "../json/scan.ts";
import { TextTable } from "../json/text-table.ts";
import { LETTER_N, stringAt } from "../json/values.ts";
import { CHANGE_SPEC, type ChangeEntry, changeEntry, unchangedAddress } from "./change-entry.ts";
import { indexState } from "./state-index.ts";
import type { StoredObject } from "./stored-object.ts";

export interface DeferredEntry {
  readonly reason: string | undefined;
  readonly entry: ChangeEntry;
}

/** What one JSON document holds, as far as a plan goes. */
export interface DocumentIndex extends Span {
  readonly sections: ReadonlyMap<string, Span>;
  /** Addresses of managed objects that nothing happens to; they have no entry in `changes`. */
  readonly unchanged: readonly string[];
  readonly changes: readonly ChangeEntry[];
  readonly drift: readonly ChangeEntry[];
  readonly deferred: readonly DeferredEntry[];
  readonly prior: readonly StoredObject[];
  /** Sections that should be lists and are neither that nor null. */
  readonly wrongShape: ReadonlySet<string>;
  /** Lists that are null. */
  readonly noList: ReadonlySet<string>;
  /** Strings of the document that were made already. */
  readonly texts: TextTable;
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

/**
 * Reads a list that no plan has while the walk passes it, and returns the offset behind it; `undefined` for a list that it
 * does not know. `enter` is told the number of each element.
 */
export type ListReader = (name: string, at: number, enter: (element: number) => void) => number | undefined;

/** Walks the object at `from`. @throws BrokenDocument */
export function indexDocument(bytes: Buffer, from: number, readList?: ListReader): DocumentIndex {
  return new Walk(bytes, readList).document(from);
}

class Walk {
  private readonly bytes: Buffer;
  private readonly texts: TextTable;
  private readonly sections = new Map<string, Span>();
  private readonly unchanged: string[] = [];
  private readonly changes: ChangeEntry[] = [];
  private readonly drift: ChangeEntry[] = [];
  private readonly deferred: DeferredEntry[] = [];
  private readonly prior: StoredObject[] = [];
  private readonly wrongShape = new Set<string>();
  private readonly noList = new Set<string>();
  // One set of slots each for all elements: they are read out before the next element is.
  private readonly changeSlots = newSlots(CHANGE_FIELDS);
  private readonly deferredSlots = newSlots(DEFERRED_FIELDS);
  private readonly readList: ListReader | undefined;
  private section = "";
  private element = -1;

  constructor(bytes: Buffer, readList: ListReader | undefined) {
    this.bytes = bytes;
    this.readList = readList;
    this.texts = new TextTable(bytes);
  }

  document(start: number): DocumentIndex {
    try {
      const end = walkObject(this.bytes, start, (keyStart, keyEnd, at) => this.topLevel(keyStart, keyEnd, at));
      const { sections, unchanged, changes, drift, deferred, prior, wrongShape, noList, texts } = this;
      return { start, end, sections, unchanged, changes, drift, deferred, prior, wrongShape, noList, texts };
    } catch (error) {
      if (!(error instanceof TruncatedJson || error instanceof MalformedJson)) throw error;
      const where = this.element < 0 ? this.section : `${this.section}[${this.element}]`;
      throw new BrokenDocument(where, [...this.sections.keys(), this.section], error);
    }
  }

  private topLevel(keyStart: number, keyEnd: number, at: number): number {
    const name = stringAt(this.bytes, keyStart - 1, keyEnd + 1);
    if (this.sections.has(name)) throw new MalformedJson(keyStart, `${JSON.stringify(name)} given twice`);
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
    if (name === "resource_changes" && isArray) return this.changeList(at);
    if (name === "resource_drift" && isArray) return this.driftList(at);
    if (name === "deferred_changes" && isArray) return this.deferredList(at);
    if (name === "prior_state" && this.bytes[at] === OPEN_BRACE) {
      return indexState(this.texts, at, (object) => this.prior.push(object));
    }
    if (LISTS.has(name) && !isArray) (this.bytes[at] === LETTER_N ? this.noList : this.wrongShape).add(name);
    const end = isArray ? this.readList?.(name, at, (element) => (this.element = element)) : undefined;
    return end ?? endOfValue(this.bytes, at);
  }

  private changeList(at: number): number {
    return this.eachChange(at, (slots) => {
      const unchanged = unchangedAddress(this.texts, slots);
      if (unchanged === undefined) this.changes.push(changeEntry(this.texts, slots, 0));
      else this.unchanged.push(unchanged);
    });
  }

  private driftList(at: number): number {
    return this.eachChange(at, (slots) => this.drift.push(changeEntry(this.texts, slots, 0)));
  }

  private eachChange(at: number, visit: (slots: Slots) => void): number {
    return walkArray(this.bytes, at, (start, index) => {
      this.element = index;
      const end = readFields(this.bytes, start, CHANGE_FIELDS, this.changeSlots);
      visit(this.changeSlots);
      return end;
    });
  }

  private deferredList(at: number): number {
    return walkArray(this.bytes, at, (start, index) => {
      this.element = index;
      const end = readFields(this.bytes, start, DEFERRED_FIELDS, this.deferredSlots);
      const reason = this.texts.in(this.deferredSlots, 0);
      this.deferred.push({ reason, entry: changeEntry(this.texts, this.deferredSlots, 2) });
      return end;
    });
  }
}

const LISTS: ReadonlySet<string> = new Set([
  "resource_changes",
  "resource_drift",
  "deferred_changes",
  "action_invocations",
  "deferred_action_invocations",
]);
const CHANGE_FIELDS = compileFields(CHANGE_SPEC);
const DEFERRED_FIELDS = compileFields({ reason: true, resource_change: CHANGE_SPEC });
