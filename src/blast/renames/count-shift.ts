/** Instances of `count` that shift: one is taken out of the middle, and each behind it takes over what the next one was. */

import { parseAddress } from "../../model/address.ts";
import { type ChangePlan, endingOf, type ResourceChange } from "../../model/plan.ts";
import type { Suggestion } from "../../model/suggestion.ts";
import { isObject, ownValue, SENSITIVE } from "../../model/values.ts";

interface Instance {
  readonly change: ResourceChange;
  readonly index: number;
}

export function countShifts(plan: ChangePlan): Suggestion[] {
  return [...familiesOf(plan)].flatMap(([address, instances]) => {
    const removed = removedFrom(instances);
    if (removed === undefined) return [];
    const shifted = instances.filter(({ change }) => change.action.kind !== "delete").map(({ change }) => change);
    return [
      {
        kind: "for-each",
        address,
        removed: removed.map(({ address: one }) => one),
        shifted: shifted.map(({ address: one }) => one),
        staying: instancesOf(plan, address).filter((one) => !removed.some((gone) => gone.address === one)),
        instead: withoutShift(plan, instances, new Set(removed)),
      },
    ];
  });
}

/** Addresses of all instances that exist. */
function instancesOf(plan: ChangePlan, resource: string): string[] {
  const objects = plan.dependencies
    .objects()
    .filter(({ deposed, parts }) => deposed === undefined && parts.resource === resource);
  return objects.map(({ address }) => address);
}

/** Instances with an index that something happens to, in the order of their indices, by the resource without its key. */
function familiesOf({ changes }: ChangePlan): ReadonlyMap<string, readonly Instance[]> {
  const families = new Map<string, Instance[]>();
  for (const change of changes) {
    const { resource, key } = parseAddress(change.address);
    const index = /^\[(\d+)\]$/.exec(key)?.[1];
    const { deposed, deferred, previousAddress } = change;
    if (index === undefined || deposed !== undefined || deferred !== undefined || previousAddress !== undefined)
      continue;
    const family = families.get(resource) ?? [];
    family.push({ change, index: Number(index) });
    families.set(resource, family);
  }
  for (const family of families.values()) family.sort((left, right) => left.index - right.index);
  return families;
}

/** The instances that nobody takes the place of; `undefined` when the family does not shift. */
function removedFrom(instances: readonly Instance[]): readonly ResourceChange[] | undefined {
  const deleted = instances.filter(({ change }) => change.action.kind === "delete").length;
  const staying = instances.slice(0, instances.length - deleted);
  // The end of the list is what goes, and everything before it takes over what another one was.
  if (deleted === 0 || staying.length === 0 || !staying.every(({ change }) => takesOver(change))) return undefined;
  const taken = new Set<number>();
  let from = 0;
  for (const [place, { change }] of staying.entries()) {
    const next = instances.findIndex((one, at) => at > place && at >= from && becomes(change, one.change));
    if (next < 0) return undefined;
    taken.add(next);
    from = next + 1;
  }
  return instances.filter((_, at) => !taken.has(at)).map(({ change }) => change);
}

function takesOver(change: ResourceChange): boolean {
  return change.action.kind === "update" || (change.action.kind === "replace" && endingOf(change) === "certain");
}

/** Whether all that is known to change in an object becomes what another one has now. */
function becomes(change: ResourceChange, other: ResourceChange): boolean {
  if (change.type !== other.type) return false;
  const { before, after } = change.values();
  const { before: others } = other.values();
  if (!isObject(before) || !isObject(after) || !isObject(others)) return false;
  const changed = Object.keys(after).filter((name) => !isSame(ownValue(before, name), ownValue(after, name)));
  return changed.length > 0 && changed.every((name) => isSame(ownValue(after, name), ownValue(others, name)));
}

/** Equal JSON; a sensitive value is equal to nothing that it is compared with. */
function isSame(left: unknown, right: unknown): boolean {
  if (left === SENSITIVE || right === SENSITIVE) return false;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, place) => isSame(item, right[place]));
  }
  if (isObject(left) && isObject(right)) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...keys].every((name) => isSame(ownValue(left, name), ownValue(right, name)));
  }
  return left === right;
}

function withoutShift(
  plan: ChangePlan,
  instances: readonly Instance[],
  removed: ReadonlySet<ResourceChange>,
): ChangePlan {
  const family = new Set(instances.map(({ change }) => change));
  const changes = plan.changes
    .filter((change) => !family.has(change) || removed.has(change))
    .map((change): ResourceChange => {
      if (!removed.has(change)) return change;
      return { ...change, action: { kind: "delete", certainty: "certain", fate: "destroyed" }, replacePaths: [] };
    });
  return { ...plan, changes };
}
