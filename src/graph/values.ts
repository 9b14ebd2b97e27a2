/** Dependencies that only attribute values show: an object carries the identifier of another one, and no list says why. */

import { withoutKeys } from "../model/address.ts";
import type { Carrier, DependencySource, ExistingObject } from "../model/dependencies.ts";
import type { AttributePath } from "../model/values.ts";
import { namesOf } from "./direct.ts";

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
export function valueDependencies(source: DependencySource, ending: readonly EndingObject[]): ValueDependency[] {
  const owners = ownersOf(ending);
  if (owners.size === 0 || !source.state.present) return [];
  const known = new KnownDependencies(source);
  const isNew = (address: string, text: string): boolean => {
    const owner = owners.get(text);
    return owner !== undefined && owner.address !== address && !known.between(owner.address, address);
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

/** What the lists say about two objects, as far as their blocks go. */
class KnownDependencies {
  private readonly source: DependencySource;
  private readonly byAddress: () => ReadonlyMap<string, ExistingObject>;

  constructor(source: DependencySource) {
    this.source = source;
    let index: ReadonlyMap<string, ExistingObject> | undefined;
    this.byAddress = () => {
      index ??= new Map(source.objects().map((object) => [object.address, object]));
      return index;
    };
  }

  /** Whether one of the two depends on the other, or both are instances of one block. */
  between(left: string, right: string): boolean {
    return withoutKeys(left) === withoutKeys(right) || this.lists(left, right) || this.lists(right, left);
  }

  private lists(dependent: string, dependency: string): boolean {
    const { dependsOn = [], erased = [] } = this.byAddress().get(dependent) ?? {};
    const block = withoutKeys(dependency);
    const { renamed } = this.source;
    const names = (entry: string): boolean => entry === block || namesOf(entry, renamed).includes(block);
    return dependsOn.some(names) || erased.some(names);
  }
}
