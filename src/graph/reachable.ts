/** Which resource blocks can depend on an ending object at all, coarsely and fast: by name alone, over the state's lists. */

import { withoutKeys } from "../model/address.ts";
import type { DependencySource, ExistingObject } from "../model/dependencies.ts";
import type { Renames } from "./direct.ts";

/**
 * Configuration addresses to look at, those of the addresses to start from included; `undefined` when lists cannot be relied
 * upon, and everything has to be looked at.
 */
export function reachableBlocks(
  { objects, state, renamed }: DependencySource,
  starts: readonly string[],
): ReadonlySet<string> | undefined {
  const dependents = new BlockDependents(objects(), renamed);
  if (!state.present || state.leavesOut > 0 || dependents.isEmpty) return undefined;
  return dependents.reachedFrom(starts.map(withoutKeys));
}

/** For each name in a list, the blocks whose objects have it there: numbered, and in chains, since most of them are not asked for. */
class BlockDependents {
  private readonly numbers = new Map<string, number>();
  private readonly names: string[] = [];
  /** By name: its first entry. By entry: the block, and the next entry of the same name. -1 ends a chain. */
  private readonly first: number[] = [];
  private readonly blocks: number[] = [];
  private readonly next: number[] = [];

  constructor(objects: readonly ExistingObject[], renamed: Renames) {
    let lastBlock = -1;
    let lastList = NONE;
    for (const { address, dependsOn, erased = NONE } of objects) {
      if (dependsOn.length + erased.length === 0) continue;
      const block = this.numberOf(withoutKeys(address));
      // Instances of a block stand together and mostly share one list.
      if (block !== lastBlock || dependsOn !== lastList) this.addAll(dependsOn, block, renamed);
      this.addAll(erased, block, renamed);
      lastBlock = block;
      lastList = dependsOn;
    }
  }

  get isEmpty(): boolean {
    return this.blocks.length === 0;
  }

  reachedFrom(starts: readonly string[]): ReadonlySet<string> {
    const reached = new Set(starts);
    const queue = [...reached].flatMap((name) => this.numbers.get(name) ?? []);
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      for (let entry = this.first[name] as number; entry >= 0; entry = this.next[entry] as number) {
        const block = this.blocks[entry] as number;
        const address = this.names[block] as string;
        if (reached.has(address)) continue;
        reached.add(address);
        queue.push(block);
      }
    }
    return reached;
  }

  private addAll(entries: readonly string[], block: number, renamed: Renames): void {
    for (let place = 0; place < entries.length; place++) {
      const entry = entries[place] as string;
      this.add(entry, block);
      if (renamed.size > 0) for (const name of renamed.get(entry) ?? NONE) this.add(name, block);
    }
  }

  private add(entry: string, block: number): void {
    const name = this.numberOf(entry);
    const first = this.first[name] as number;
    if (first >= 0 && this.blocks[first] === block) return;
    this.next.push(first);
    this.first[name] = this.blocks.push(block) - 1;
  }

  private numberOf(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.names.length);
    this.first.push(-1);
    return this.names.push(name) - 1;
  }
}

const NONE: readonly string[] = [];
