/** What exists before the change, from `prior_state` and from the entries of `resource_changes` that have a "before". */

import { compareText, parseAddress } from "../../model/address.ts";
import type { DependencySource, ExistingObject } from "../../model/plan.ts";
import type { TextTable } from "../json/text-table.ts";
import { memoize } from "../memoize.ts";
import { findCarriers } from "./carriers.ts";
import type { ChangeEntry } from "./change-entry.ts";
import { modeOf, typeIn, typeOf } from "./changes.ts";
import { toConfiguration } from "./configuration.ts";
import type { DocumentIndex } from "./plan-index.ts";
import type { PreviousObject } from "./previous-state.ts";
import type { PriorObject } from "./state-index.ts";

/** How `prior_state` and `resource_changes` agree on what exists. */
export interface ExistingCount {
  /** Managed objects that exist before the change. */
  readonly managed: number;
  /** Managed objects of the state that `resource_changes` does not mention: the trace that `-target` leaves. */
  readonly uncovered: number;
  /** Managed objects that `resource_changes` says exist and the state does not hold: the trace of a state that was cut. */
  readonly leftOut: number;
}

export function countExisting(index: DocumentIndex): ExistingCount {
  const mentioned = new Set<string>(index.unchanged);
  // Neither is an object that `resource_changes` is silent about.
  const created = new Set<string>();
  for (const entry of index.changes) {
    if (modeOf(entry) === "managed") (existsBefore(entry) ? mentioned : created).add(objectKey(entry));
  }
  for (const { entry } of index.deferred) created.add(objectKey(entry));
  let [stored, uncovered, both] = [0, 0, 0];
  for (const object of index.prior) {
    if (!object.managed) continue;
    stored++;
    const key = objectKey(object);
    if (mentioned.has(key)) both++;
    else if (!created.has(key)) uncovered++;
  }
  const leftOut = Math.max(0, mentioned.size - both);
  return { managed: stored + leftOut, uncovered, leftOut };
}

/** (address, deposed) identifies an object; the separator occurs in no address. */
function objectKey(object: { readonly address: string; readonly deposed: string | undefined }): string {
  return object.deposed === undefined ? object.address : `${object.address}\n${object.deposed}`;
}

/** A created object does not exist yet; one with an unknown action may. */
function existsBefore({ actions }: ChangeEntry): boolean {
  return actions?.length !== 1 || actions[0] !== "create";
}

/** Dependencies as the plan holds them; nothing is parsed before somebody asks. */
export function toDependencies(
  bytes: Buffer,
  index: DocumentIndex,
  { leftOut }: ExistingCount,
  previous: readonly PreviousObject[] | undefined,
): DependencySource {
  const renamed = renamedIn(index.changes);
  const current = (): ExistingObject[] => existingObjects(index, leftOut > 0);
  return {
    objects: memoize(() => (previous ? withErased(current(), previous, index.changes, renamed) : current())),
    state: { present: index.prior.length > 0, leavesOut: leftOut },
    renamed,
    comparedWithBefore: previous !== undefined,
    carriersOf: (identifiers, matters) => findCarriers(bytes, index.prior, identifiers, matters),
    configuration: memoize(() => {
      const section = index.sections.get("configuration");
      return section && toConfiguration(bytes, section.start);
    }),
  };
}

function existingObjects(index: DocumentIndex, leftOut: boolean): ExistingObject[] {
  const lists = new DependencyLists(index.texts);
  const movedFrom = new Map(index.changes.map(({ address, previousAddress }) => [address, previousAddress]));
  const objects = index.prior.map((prior) => {
    const object = toObject(prior, prior.managed, prior.type, lists.of(prior));
    const previousAddress = movedFrom.get(prior.address);
    return previousAddress === undefined ? object : { ...object, previousAddress };
  });
  if (leftOut) addUnstored(index, objects);
  return objects.sort(
    (left, right) => compareText(left.address, right.address) || compareText(left.deposed ?? "", right.deposed ?? ""),
  );
}

/** Dependency lists as they are read one after the other: instances of a block stand together and mostly have the same. */
class DependencyLists {
  private readonly texts: TextTable;
  private last: { readonly start: number; readonly end: number; readonly list: readonly string[] } | undefined;

  constructor(texts: TextTable) {
    this.texts = texts;
  }

  of({ dependsOn: start, dependsOnEnd: end }: PriorObject): readonly string[] {
    // The state leaves an empty list out, so no list means no dependency.
    if (start === 0) return NO_DEPENDENCIES;
    const { last, texts } = this;
    const same = last && texts.bytes.compare(texts.bytes, last.start, last.end, start, end) === 0;
    this.last = same ? last : { start, end, list: texts.list(start) };
    return this.last.list;
  }
}

const NO_DEPENDENCIES: readonly string[] = [];

/** Objects that only the list of changes knows: the state was cut, or is not there. */
function addUnstored(index: DocumentIndex, objects: ExistingObject[]): void {
  const stored = new Set(index.prior.map(objectKey));
  for (const address of index.unchanged) {
    if (!stored.has(address)) objects.push({ address, managed: true, type: typeIn(address) });
  }
  for (const entry of index.changes) {
    const key = objectKey(entry);
    if (stored.has(key) || !existsBefore(entry) || modeOf(entry) !== "managed") continue;
    stored.add(key);
    objects.push(toObject(entry, true, typeOf(entry)));
  }
}

function toObject(
  { address, deposed }: { readonly address: string; readonly deposed: string | undefined },
  managed: boolean,
  type: string,
  dependsOn?: readonly string[],
): ExistingObject {
  const list = dependsOn && { dependsOn };
  return deposed === undefined ? { address, managed, type, ...list } : { address, deposed, managed, type, ...list };
}

/** Each object with what it depended on before and the plan no longer says, under the address that it has now. */
function withErased(
  objects: readonly ExistingObject[],
  previous: readonly PreviousObject[],
  entries: readonly ChangeEntry[],
  renamed: DependencySource["renamed"],
): ExistingObject[] {
  const movedTo = new Map(entries.map(({ address, previousAddress }) => [previousAddress, address]));
  const before = new Map<string, readonly string[]>();
  for (const { address, deposed, dependsOn } of previous) {
    const now = movedTo.get(address) ?? address;
    before.set(objectKey({ address: now, deposed }), dependsOn);
  }
  return objects.map((object) => {
    const known = new Set(object.dependsOn);
    const isKnown = (name: string): boolean =>
      known.has(name) || (renamed.get(name) ?? []).some((now) => known.has(now));
    const list = before.get(objectKey({ address: object.address, deposed: object.deposed })) ?? [];
    const erased = list.filter((name) => !isKnown(name));
    return erased.length === 0 ? object : { ...object, erased };
  });
}

/**
 * Moves rename objects in the state that the plan was made from, but not the lists that name them
 * (seen with Terraform 1.11: after a move from a to a2 a dependent's list still says a).
 */
function renamedIn(entries: readonly ChangeEntry[]): DependencySource["renamed"] {
  const renamed = new Map<string, string[]>();
  for (const { address, previousAddress } of entries) {
    if (previousAddress === undefined || previousAddress === address) continue;
    const before = parseAddress(previousAddress).config;
    const after = parseAddress(address).config;
    const known = renamed.get(before) ?? [];
    if (before !== after && !known.includes(after)) renamed.set(before, [...known, after]);
  }
  return renamed;
}
