/** How many objects lie within a module or a family. They stand together in address order, so two searches and sums are enough. */

import { compareText } from "../model/address.ts";
import type { ExistingObject } from "../model/dependencies.ts";

export class AddressRanges {
  private readonly objects: readonly ExistingObject[];
  /** How many of the objects before a place count. */
  private readonly before: Uint32Array;

  /** `objects` in address order. */
  constructor(objects: readonly ExistingObject[], counts: (object: ExistingObject) => boolean) {
    this.objects = objects;
    this.before = new Uint32Array(objects.length + 1);
    objects.forEach((object, place) => {
      this.before[place + 1] = (this.before[place] as number) + Number(counts(object));
    });
  }

  get all(): number {
    return this.before.at(-1) ?? 0;
  }

  /** Of a module instance, everything below it included. */
  inModule(address: string): number {
    return this.between(`${address}.`, `${address}/`);
  }

  /** Of a nested stack, the stacks nested in it included. */
  inStack(address: string): number {
    return this.between(`${address}/`, `${address}0`);
  }

  /** Of a resource with instance keys, in one module instance. */
  inFamily(address: string): number {
    return this.between(`${address}[`, `${address}\\`);
  }

  /** `to` is the text behind all that begin with `from`: its last sign is the next one. */
  private between(from: string, to: string): number {
    return (this.before[this.firstFrom(to)] as number) - (this.before[this.firstFrom(from)] as number);
  }

  private firstFrom(text: string): number {
    let [low, high] = [0, this.objects.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareText(this.objects[middle]?.address ?? "", text) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
