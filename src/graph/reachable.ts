/** Which resource blocks can depend on an ending object at all, coarsely and fast: over the state's lists, whatever the instance. */

import type { DependencySource } from "../model/dependencies.ts";
import type { Blocks } from "./blocks.ts";
import { Rows } from "./rows.ts";

/**
 * The blocks to look at, those to start from first; `undefined` when lists cannot be relied upon, and everything has to be
 * looked at.
 */
export function reachableBlocks(
  blocks: Blocks,
  { present, leavesOut }: DependencySource["state"],
  starts: readonly number[],
): ReachableBlocks | undefined {
  if (!present || leavesOut > 0 || blocks.lists === 0) return undefined;
  return new ReachableBlocks(blocks, starts);
}

export class ReachableBlocks {
  /** In the order in which they were found. */
  readonly all: readonly number[];
  private readonly marks: Uint8Array;

  constructor({ names, owners, count }: Blocks, starts: readonly number[]) {
    this.marks = new Uint8Array(count);
    const all: number[] = [];
    const queue: number[] = [];
    const reach = (block: number): void => {
      if (this.marks[block] === 1) return;
      this.marks[block] = 1;
      all.push(block);
      queue.push(block);
    };
    const named = new Rows(names, count);
    for (const block of starts) reach(block);
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      const start = named.start(name);
      for (let at = named.start(name + 1) - 1; at >= start; at--) reach(owners[named.items[at] as number] as number);
    }
    this.all = all;
  }

  has(block: number): boolean {
    return this.marks[block] === 1;
  }
}
