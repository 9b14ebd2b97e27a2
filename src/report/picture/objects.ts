/** Which objects a picture shows: the worst first, each followed by what is nearest to it, alike ones together. */

import { parseAddress } from "../../model/address.ts";
import type { AffectedObject } from "../../model/blast.ts";
import { type Bound, type Range, ZERO } from "../../model/bounds.ts";
import type { PlanReport, ReportedChange } from "../../model/report.ts";
import { worstFirst } from "../severity.ts";
import { NEAREST } from "./shapes.ts";

/** An object that ends, or that depends on one that does. */
export interface PicturedObject {
  /** The address, and for a deposed object its key behind a line break. */
  readonly key: string;
  readonly address: string;
  readonly kind: AffectedObject["effect"];
  readonly losesData: boolean;
  readonly possibly: boolean;
  /** What happens to it. */
  readonly words: string;
  /** How many objects depend on it, if it ends. */
  readonly dependents: Range;
}

/** Objects that are drawn as one node. */
export type Subject = readonly [PicturedObject, ...PicturedObject[]];

export function keyOf({ address, deposed }: ReportedChange): string {
  return deposed === undefined ? address : `${address}\n${deposed}`;
}

/** Finds the key of a dependent. Its address does not say which of several objects is meant: nearly always the current one. */
type Keys = (dependent: AffectedObject) => string;

export function keysOf(ending: readonly ReportedChange[]): Keys {
  const current = ending.filter(({ deposed }) => deposed === undefined);
  const keys = new Map([...ending, ...current].map((change) => [change.address, keyOf(change)]));
  return ({ address, effect }) => (effect === "ends" ? (keys.get(address) ?? address) : address);
}

/** Each object once, as it deserves a place: ending ones, the worst first, each followed by what is nearest to it. */
export function objectsOf(plan: PlanReport): PicturedObject[] {
  const ending = worstFirst(plan.changes);
  const objects = new Map(ending.map((change) => [keyOf(change), endingObject(change)]));
  const keys = keysOf(ending);
  const ordered = new Set<string>();
  for (const most of [NEAREST, Number.POSITIVE_INFINITY]) {
    for (const change of ending) {
      ordered.add(keyOf(change));
      for (const entry of change.blastRadius.affected.slice(0, most)) {
        const key = keys(entry);
        ordered.add(key);
        if (!objects.has(key)) objects.set(key, dependentObject(key, entry));
      }
    }
  }
  return [...ordered].flatMap((key) => objects.get(key) ?? []);
}

function endingObject(change: ReportedChange): PicturedObject {
  const { address, action, fate, deferred, routine, blastRadius } = change;
  const possibly = change.certainty === "conditional";
  const losesData = change.holdsData && change.counted && fate !== "retained" && fate !== "snapshotted";
  const words = [
    possibly ? "possibly " : "",
    action === "replace" ? "replaced" : action === "delete" ? "deleted" : "ended",
    fate === "retained" ? ", but kept unmanaged" : fate === "snapshotted" ? ", but a snapshot stays" : "",
    losesData ? ", loses its data" : "",
    routine ? " (routine)" : "",
    deferred === undefined ? "" : " (put off)",
  ].join("");
  return { key: keyOf(change), address, kind: "ends", losesData, possibly, words, dependents: blastRadius };
}

function dependentObject(key: string, { address, effect }: AffectedObject): PicturedObject {
  return { key, address, kind: effect, losesData: false, possibly: false, words: effect, dependents: ZERO };
}

/** Instances of one resource to which the same happens, or what else is alike; each group where its first member stood. */
export function together(
  objects: readonly PicturedObject[],
  likeness = (address: string): string => parseAddress(address).resource,
): Subject[] {
  const alike = new Map<string, [PicturedObject, ...PicturedObject[]]>();
  for (const object of objects) {
    const trait = JSON.stringify([likeness(object.address), object.kind, object.words]);
    const group = alike.get(trait);
    if (group === undefined) alike.set(trait, [object]);
    else group.push(object);
  }
  return [...alike.values()];
}

/** Nodes that it would take to draw everything: a plan in which nothing ends needs one too, to say so. */
export function wanted(subjects: readonly (readonly Subject[])[]): number {
  return subjects.reduce((sum, { length }) => sum + Math.max(length, 1), 0);
}

/** How many nodes of `most` each plan gets: one each in turn, from the worst plan on, until it has all that it wants. */
export function dealOut(
  plans: readonly PlanReport[],
  subjects: readonly (readonly Subject[])[],
  most: number,
): number[] {
  const shares = plans.map(() => 0);
  const order = plans
    .map(({ totals }, place) => ({ place, data: totals.dataLoss.upper, ended: totals.ended.upper }))
    .sort((one, other) => worse(one.data, other.data) || worse(one.ended, other.ended) || one.place - other.place);
  let left = Math.min(most, wanted(subjects));
  while (left > 0) {
    for (const { place } of order) {
      const share = shares[place] ?? 0;
      if (left === 0 || share >= Math.max(subjects[place]?.length ?? 0, 1)) continue;
      shares[place] = share + 1;
      left--;
    }
  }
  return shares;
}

/** The larger bound first; an unknown one is above all. */
function worse(left: Bound, right: Bound): number {
  if (left === right) return 0;
  return left === null || (right !== null && left > right) ? -1 : 1;
}
