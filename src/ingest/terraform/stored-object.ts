/** An object as a state holds it. There may be a hundred thousand of these: offsets are kept, and the rest is made when asked for. */

import { type AddressParts, formatKey, parseAddress } from "../../model/address.ts";
import type { ExistingObject } from "../../model/dependencies.ts";
import { compileFields, endOf, type Slots, startOf } from "../json/fields.ts";
import { IncompleteJson } from "../json/scan.ts";
import type { TextTable } from "../json/text-table.ts";
import { LETTER_N, valueAt } from "../json/values.ts";

/** The keys that a `StoredObject` is made from, in the order of their slots. */
export const STORED_FIELDS = compileFields({
  address: true,
  mode: true,
  type: true,
  index: true,
  deposed_key: true,
  depends_on: true,
  values: true,
});

/** What all objects of one state are read with. */
export interface StateReader {
  readonly texts: TextTable;
  readonly lists: DependencyLists;
  /** One set for all objects: they are read out before the next object is. */
  readonly slots: Slots;
}

export class StoredObject implements ExistingObject {
  readonly address: string;
  readonly managed: boolean;
  readonly type: string;
  readonly deposed: string | undefined;
  /** Where its attribute values stand, unmasked: they may be searched in, and nothing of them may leave ingest. 0 when absent. */
  readonly valuesStart: number;
  readonly valuesEnd: number;
  private readonly lists: DependencyLists;
  private readonly listStart: number;
  private readonly listEnd: number;
  private list: readonly string[] | undefined;
  private known: AddressParts | undefined;

  constructor({ texts, lists, slots }: StateReader) {
    const { bytes } = texts;
    const address = texts.in(slots, 0);
    if (address === undefined) throw new IncompleteJson(startOf(slots, 1), 'has a resource without "address"');
    this.address = withIndex(address, bytes, slots, 3);
    this.managed = texts.in(slots, 1) !== "data";
    this.type = texts.in(slots, 2) ?? "";
    this.deposed = texts.in(slots, 4);
    this.lists = lists;
    this.listStart = bytes[startOf(slots, 5)] === LETTER_N ? 0 : startOf(slots, 5);
    this.listEnd = endOf(slots, 5);
    this.valuesStart = startOf(slots, 6);
    this.valuesEnd = endOf(slots, 6);
    this.list = undefined;
    this.known = undefined;
  }

  get dependsOn(): readonly string[] {
    this.list ??= this.lists.between(this.listStart, this.listEnd);
    return this.list;
  }

  get parts(): AddressParts {
    this.known ??= parseAddress(this.address);
    return this.known;
  }
}

/** Terraform 0.12 wrote the index beside an address without it (hashicorp/terraform#24110). */
function withIndex(address: string, bytes: Buffer, slots: Slots, slot: number): string {
  const start = startOf(slots, slot);
  if (start === 0 || address.endsWith("]")) return address;
  const index = valueAt(bytes, start, endOf(slots, slot));
  return typeof index === "number" || typeof index === "string" ? address + formatKey(index) : address;
}

const NO_DEPENDENCIES: readonly string[] = [];

/** Dependency lists of one document. Instances of a block are mostly asked one after the other, and have the same. */
export class DependencyLists {
  private readonly texts: TextTable;
  private lastStart = 0;
  private lastEnd = 0;
  private last = NO_DEPENDENCIES;

  constructor(texts: TextTable) {
    this.texts = texts;
  }

  /** The list that stands between two offsets; the state leaves an empty one out, and then `start` is 0. */
  between(start: number, end: number): readonly string[] {
    if (start === 0) return NO_DEPENDENCIES;
    const { texts, lastStart, lastEnd } = this;
    const same =
      end - start === lastEnd - lastStart && texts.bytes.compare(texts.bytes, lastStart, lastEnd, start, end) === 0;
    if (same) return this.last;
    this.lastStart = start;
    this.lastEnd = end;
    this.last = texts.list(start);
    return this.last;
  }
}
