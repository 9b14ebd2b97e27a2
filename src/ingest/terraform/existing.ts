/** What exists before the change, from `prior_state` and from the entries of `resource_changes` that have a "before". */

import { compareText, parseAddress } from "../../model/address.ts";
import type { DependencySource, ExistingObject } from "../../model/dependencies.ts";
import { memoize } from "../memoize.ts";
import { findCarriers } from "./carriers.ts";
import type { ChangeEntry } from "./change-entry.ts";
import { modeOf, typeIn, typeOf } from "./changes.ts";
import { toConfiguration } from "./configuration.ts";
import type { DocumentIndex } from "./plan-index.ts";
import type { PreviousObject } from "./previous-state.ts";

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
function objectKey(object: { readonly address: string; readonly deposed?: string | undefined }): string {
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
    edges: () => [],
    carriersOf: (identifiers, matters) => findCarriers(bytes, index.prior, identifiers, matters),
    configuration: memoize(() => {
      const section = index.sections.get("configuration");
      return section && toConfiguration(index.texts, section.start);
    }),
  };
}

function existingObjects(index: DocumentIndex, leftOut: boolean): ExistingObject[] {
  const movedFrom = new Map<string, string>();
  for (const { address, previousAddress } of index.changes) {
    if (previousAddress !== undefined) movedFrom.set(address, previousAddress);
  }
  const objects = index.prior.map((object): ExistingObject => {
    const previousAddress = movedFrom.size === 0 ? undefined : movedFrom.get(object.address);
    return previousAddress === undefined ? object : { ...plain(object), previousAddress };
  });
  if (leftOut) addUnstored(index, objects);
  return objects.sort(byAddress);
}

function byAddress(left: ExistingObject, right: ExistingObject): number {
  return compareText(left.address, right.address) || compareText(left.deposed ?? "", right.deposed ?? "");
}

/** The same object with all of its properties its own, so that it can be spread. */
function plain({ address, deposed, managed, type, parts, dependsOn, previousAddress }: ExistingObject): ExistingObject {
  const previous = previousAddress !== undefined && { previousAddress };
  return { address, deposed, managed, type, parts, dependsOn, ...previous };
}

/** Objects that only the list of changes knows: the state was cut, or is not there. */
function addUnstored(index: DocumentIndex, objects: ExistingObject[]): void {
  const stored = new Set(index.prior.map(objectKey));
  const add = (address: string, deposed: string | undefined, type: string): void => {
    objects.push({ address, deposed, managed: true, type, parts: parseAddress(address), dependsOn: [] });
  };
  for (const address of index.unchanged) {
    if (!stored.has(address)) add(address, undefined, typeIn(address));
  }
  for (const entry of index.changes) {
    const key = objectKey(entry);
    if (stored.has(key) || !existsBefore(entry) || modeOf(entry) !== "managed") continue;
    stored.add(key);
    add(entry.address, entry.deposed, typeOf(entry));
  }
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
    const list = before.get(objectKey(object));
    if (list === undefined) return object;
    const known = new Set(object.dependsOn);
    const isKnown = (name: string): boolean =>
      known.has(name) || (renamed.get(name) ?? []).some((now) => known.has(now));
    const erased = list.filter((name) => !isKnown(name));
    return erased.length === 0 ? object : { ...plain(object), erased };
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
