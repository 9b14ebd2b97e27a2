/**
 * Which entries of the state's lists are dependencies of their own. The lists are transitive, so an entry that follows
 * from another entry of the same list is left to that one: distances and paths then say how things really hang together.
 */

import type { Blocks } from "./blocks.ts";
import type { Nodes } from "./nodes.ts";
import { Rows } from "./rows.ts";

/** By place of the lists, 1 where the entry is direct. Work: each list of a block with nodes once, plus the lists of its direct entries. */
export function directPlaces(nodes: Nodes): Uint8Array {
  const { blocks } = nodes;
  const places = new Rows(blocks.owners, blocks.count);
  const names = new NamesOfBlocks(nodes, places);
  const direct = new Uint8Array(blocks.names.length);
  const kept = new Marks(blocks);
  const implied = new Marks(blocks);
  for (let block = 0; block < blocks.count; block++) {
    if (nodes.instanceCount(block) === 0) continue;
    // In a transitive closure an entry's list is longer than the lists of what it depends on: the longest can follow from none.
    const byLength = names.of(block).sort((left, right) => names.size(right) - names.size(left));
    for (const name of byLength) {
      if (name === block || implied.has(name, block)) continue;
      kept.add(name, block);
      names.eachOf(name, (further) => implied.add(further, block));
    }
    for (let at = places.start(block); at < places.start(block + 1); at++) {
      const place = places.items[at] as number;
      if (kept.has(blocks.names[place] as number, block)) direct[place] = 1;
    }
  }
  return direct;
}

/** Names marked for one block after another: what was marked for the one before is forgotten without being wiped. */
class Marks {
  private readonly markedFor: Int32Array;

  constructor({ count }: Blocks) {
    this.markedFor = new Int32Array(count).fill(-1);
  }

  add(name: number, block: number): void {
    this.markedFor[name] = block;
  }

  has(name: number, block: number): boolean {
    return this.markedFor[name] === block;
  }
}

/** What the lists of a block's objects name together, each once; of that only what has nodes, since nothing else gets edges. */
class NamesOfBlocks {
  private readonly starts: Int32Array;
  private readonly names: number[] = [];

  constructor(nodes: Nodes, places: Rows) {
    const { blocks } = nodes;
    const known = new Marks(blocks);
    this.starts = new Int32Array(blocks.count + 1);
    for (let block = 0; block < blocks.count; block++) {
      const end = nodes.instanceCount(block) === 0 ? 0 : places.start(block + 1);
      for (let at = places.start(block); at < end; at++) {
        const name = blocks.names[places.items[at] as number] as number;
        if (known.has(name, block) || nodes.instanceCount(name) === 0) continue;
        known.add(name, block);
        this.names.push(name);
      }
      this.starts[block + 1] = this.names.length;
    }
  }

  of(block: number): number[] {
    return this.names.slice(this.starts[block], this.starts[block + 1]);
  }

  size(block: number): number {
    return (this.starts[block + 1] as number) - (this.starts[block] as number);
  }

  eachOf(block: number, visit: (name: number) => void): void {
    const end = this.starts[block + 1] as number;
    for (let at = this.starts[block] as number; at < end; at++) visit(this.names[at] as number);
  }
}
