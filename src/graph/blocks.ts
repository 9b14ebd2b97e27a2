/** Resource blocks by number, and what the dependency lists of their objects name: names are compared here, and nowhere after. */

import { withoutKeys } from "../model/address.ts";
import type { DependencySource, ExistingObject } from "../model/dependencies.ts";

/** No list: the plan has none for the object, or an empty one. */
const NO_LIST = -1;

/** Old configuration address to the new ones that its instances moved to. */
export type Renames = DependencySource["renamed"];

/** What an entry may mean: the resource itself, and where its instances have moved to. */
export function namesOf(entry: string, renamed: Renames): readonly string[] {
  const moved = renamed.get(entry);
  return moved === undefined ? [entry] : [entry, ...moved];
}

/**
 * Lists stand one behind the other. A list is that of one block, and shared by instances that stand together and have the same
 * one, as most do. An entry that may mean several blocks, since objects were moved, has a place for each.
 */
export class Blocks {
  readonly objects: readonly ExistingObject[];
  /** The number of the block that each object is an instance of. */
  readonly ofObject: Int32Array;
  private readonly renamed: Renames;
  private readonly numbers = new Map<string, number>();
  private readonly addresses: string[] = [];
  private readonly listOf: Int32Array;
  /** By object; few have any. */
  private readonly erasedOf = new Map<number, number>();
  private readonly starts: number[] = [0];
  /** By place: the block that is named there. */
  readonly names: number[] = [];
  /** By place: the block whose list it is. */
  readonly owners: number[] = [];
  private readonly movedPlaces = new Set<number>();

  constructor({ objects, renamed }: Pick<DependencySource, "objects" | "renamed">) {
    this.objects = objects();
    this.renamed = renamed;
    this.ofObject = new Int32Array(this.objects.length);
    this.listOf = new Int32Array(this.objects.length).fill(NO_LIST);
    let last = NONE;
    let lastBlock = -1;
    for (let place = 0; place < this.objects.length; place++) {
      const { address, dependsOn, erased } = this.objects[place] as ExistingObject;
      const block = this.numberOf(withoutKeys(address));
      this.ofObject[place] = block;
      if (dependsOn.length > 0) {
        const isShared = dependsOn === last && block === lastBlock;
        this.listOf[place] = isShared ? (this.listOf[place - 1] as number) : this.add(block, dependsOn);
      }
      if (erased !== undefined && erased.length > 0) this.erasedOf.set(place, this.add(block, erased));
      last = dependsOn;
      lastBlock = block;
    }
  }

  /** How many numbers are taken. */
  get count(): number {
    return this.addresses.length;
  }

  /** How many lists there are. */
  get lists(): number {
    return this.starts.length - 1;
  }

  /** The number of a block, a new one when nothing that exists is in it or names it. */
  numberOf(address: string): number {
    const known = this.numbers.get(address);
    if (known !== undefined) return known;
    this.numbers.set(address, this.addresses.length);
    return this.addresses.push(address) - 1;
  }

  /** The number of a block that has one. */
  find(address: string): number | undefined {
    return this.numbers.get(address);
  }

  /** Its configuration address. */
  addressOf(block: number): string {
    return this.addresses[block] as string;
  }

  /** The list of an object, -1 when it has none. */
  list(object: number): number {
    return this.listOf[object] as number;
  }

  /** What the change cuts from an object's list, -1 when that is nothing. */
  erased(object: number): number {
    return this.erasedOf.get(object) ?? NO_LIST;
  }

  /** The first place of a list; it ends where the next one starts. */
  start(list: number): number {
    return this.starts[list] as number;
  }

  /** Whether the list says another name there: the one that the block had before this plan moves its objects. */
  isMoved(place: number): boolean {
    return this.movedPlaces.size > 0 && this.movedPlaces.has(place);
  }

  private add(block: number, entries: readonly string[]): number {
    for (let place = 0; place < entries.length; place++) {
      const entry = entries[place] as string;
      this.addPlace(block, entry);
      if (this.renamed.size > 0) this.addMoved(block, entry);
    }
    return this.starts.push(this.names.length) - 2;
  }

  private addMoved(block: number, entry: string): void {
    for (const now of this.renamed.get(entry) ?? NONE) this.movedPlaces.add(this.addPlace(block, now));
  }

  private addPlace(block: number, name: string): number {
    this.owners.push(block);
    return this.names.push(this.numberOf(name)) - 1;
  }
}

const NONE: readonly string[] = [];
