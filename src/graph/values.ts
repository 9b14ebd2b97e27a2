/** Dependencies that only attribute values show: an object carries the identifier of another one, and no list says why. */

import { compareText, withoutKeys } from "../model/address.ts";
import type { Carrier, DependencySource } from "../model/dependencies.ts";
import type { AttributePath } from "../model/values.ts";
import type { Blocks } from "./blocks.ts";

/** An object that ends, with the texts by which other objects can be seen to refer to it. */
export interface EndingObject {
  readonly address: string;
  readonly deposed?: string | undefined;
  readonly identifiers: readonly string[];
}

export interface ValueDependency {
  readonly ending: EndingObject;
  readonly dependent: { readonly address: string; readonly deposed?: string | undefined };
  /** Where in the dependent the identifier stands. */
  readonly path: AttributePath;
}

/**
 * Objects that carry an identifier of an ending object. Left out: identifiers that are not one object's alone, and carriers
 * that the lists know already, in either direction (a bucket carries the name that its versioning has for an id).
 */
export function valueDependencies(
  source: DependencySource,
  blocks: Blocks,
  ending: readonly EndingObject[],
): ValueDependency[] {
  const owners = ownersOf(ending);
  if (owners.size === 0 || !source.state.present) return [];
  const isNew = (address: string, text: string): boolean => {
    const owner = owners.get(text);
    return owner !== undefined && owner.address !== address && !areKnown(blocks, owner.address, address);
  };
  const carriers = source.carriersOf(new Set(owners.keys()), isNew);
  const shared = new Set(
    carriers.filter((carrier) => carrier.isOwn && !isOwner(carrier, owners)).map(({ text }) => text),
  );
  return carriers.flatMap((carrier): ValueDependency[] => {
    const owner = owners.get(carrier.text);
    if (owner === undefined || shared.has(carrier.text) || !isNew(carrier.address, carrier.text)) return [];
    return [{ ending: owner, dependent: carrier, path: carrier.path }];
  });
}

/** Each identifier with the one ending object that has it. */
function ownersOf(ending: readonly EndingObject[]): ReadonlyMap<string, EndingObject> {
  const owners = new Map<string, EndingObject>();
  const repeated = new Set<string>();
  for (const object of ending) {
    for (const text of object.identifiers) {
      if (owners.has(text)) repeated.add(text);
      owners.set(text, object);
    }
  }
  for (const text of repeated) owners.delete(text);
  return owners;
}

function isOwner({ text, address, deposed }: Carrier, owners: ReadonlyMap<string, EndingObject>): boolean {
  const owner = owners.get(text);
  return owner?.address === address && owner.deposed === deposed;
}

/** Whether the lists tell of two objects, as far as their blocks go: one depends on the other, or both are of one block. */
function areKnown(blocks: Blocks, left: string, right: string): boolean {
  return withoutKeys(left) === withoutKeys(right) || lists(blocks, left, right) || lists(blocks, right, left);
}

function lists(blocks: Blocks, dependent: string, dependency: string): boolean {
  const object = lastOf(blocks, dependent);
  const name = blocks.find(withoutKeys(dependency));
  if (object === undefined || name === undefined) return false;
  return names(blocks, blocks.list(object), name) || names(blocks, blocks.erased(object), name);
}

function names(blocks: Blocks, list: number, name: number): boolean {
  if (list < 0) return false;
  const end = blocks.start(list + 1);
  for (let place = blocks.start(list); place < end; place++) if (blocks.names[place] === name) return true;
  return false;
}

/** The last of the objects with an address: they stand in its order. */
function lastOf({ objects }: Blocks, address: string): number | undefined {
  let [low, high] = [0, objects.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareText(objects[middle]?.address ?? "", address) <= 0) low = middle + 1;
    else high = middle;
  }
  return objects[low - 1]?.address === address ? low - 1 : undefined;
}
