/** Walks from one or many seeds: which nodes are reached, and from one seed the nearest ones with a shortest path each. */

import type { Basis, EdgeRows } from "./edges.ts";
import type { EdgeChoice } from "./reach.ts";

/** All nodes that some seed reaches through at least one dependency; a seed is in it only when a seed reaches it. */
export function reachedFrom(edges: EdgeRows, count: number, seeds: readonly number[], choice: EdgeChoice): Uint8Array {
  const reached = new Uint8Array(count);
  const expanded = new Uint8Array(count);
  const queue = [...seeds];
  for (const seed of seeds) expanded[seed] = 1;
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const end = edges.start(next + 1);
    for (let edge = edges.start(next); edge < end; edge++) {
      if (choice === "certain" && !edges.isCertain(edge)) continue;
      const target = edges.target(edge);
      reached[target] = 1;
      if (expanded[target]) continue;
      expanded[target] = 1;
      queue.push(target);
    }
  }
  return reached;
}

/** An object on the way out from a seed. */
export interface Step {
  readonly node: number;
  /** The step before; `undefined` for a dependent of the seed itself. */
  readonly previous: Step | undefined;
  /** Dependencies between the seed and this object, at least 1. */
  readonly distance: number;
  /** What the last dependency of the path rests on. */
  readonly basis: Basis;
  /** Whether some path to it, not always this one, runs over certain dependencies alone. */
  readonly certain: boolean;
}

/** Lists what is nearest to one seed after another; its marks are shared between the walks, so each costs what it reaches. */
export class NearestWalk {
  private readonly edges: EdgeRows;
  private readonly objects: number;
  /** Which walk has seen a node last. Every run over the edges has a number of its own for groups. */
  private readonly seen: Int32Array;
  /** Which walk has reached a node over certain dependencies alone. */
  private readonly sure: Int32Array;
  private run = 0;

  constructor(edges: EdgeRows, objects: number, count: number) {
    this.edges = edges;
    this.objects = objects;
    this.seen = new Int32Array(count);
    this.sure = new Int32Array(count);
  }

  /**
   * Objects that depend on the seed, nearest first, within a distance in address order; at most `limit`. Paths run over
   * direct dependencies, the surest first, and over indirect ones only to what is not reached otherwise.
   */
  from(seed: number, limit: number): Step[] {
    const steps: Step[] = [];
    const walk = ++this.run;
    this.seen[seed] = walk;
    this.markSure(seed, walk);
    this.spread(seed, steps, limit, walk, true);
    this.run++;
    this.spread(seed, steps, limit, walk, false);
    return steps.sort((left, right) => left.distance - right.distance || left.node - right.node).slice(0, limit);
  }

  private markSure(seed: number, walk: number): void {
    const queue = [seed];
    this.sure[seed] = walk;
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      const end = this.edges.start(node + 1);
      for (let edge = this.edges.start(node); edge < end; edge++) {
        const target = this.edges.target(edge);
        if (!this.edges.isCertain(edge) || this.sure[target] === walk) continue;
        this.sure[target] = walk;
        queue.push(target);
      }
    }
  }

  /** Level by level from everything reached so far, until `limit` objects are. */
  private spread(seed: number, steps: Step[], limit: number, walk: number, directOnly: boolean): void {
    // `undefined` stands for the seed itself.
    let level: readonly (Step | undefined)[] = [undefined, ...steps];
    while (level.length > 0 && steps.length < limit) {
      const found: Step[] = [];
      for (const step of level) this.expand(step?.node ?? seed, step, walk, directOnly, found);
      for (const step of level) this.expandGroups(step?.node ?? seed, step, walk, directOnly, found);
      if (found.length > 1) found.sort((left, right) => left.node - right.node);
      for (const step of found) steps.push(step);
      level = found;
    }
  }

  private expandGroups(node: number, step: Step | undefined, walk: number, directOnly: boolean, found: Step[]): void {
    const end = this.edges.start(node + 1);
    for (let edge = this.edges.start(node); edge < end; edge++) {
      const group = this.edges.target(edge);
      // The second run goes through the groups again: it follows edges that the first left out.
      if (!this.edges.isMembership(edge) || this.seen[group] === this.run) continue;
      this.seen[group] = this.run;
      this.expand(group, step, walk, directOnly, found);
    }
  }

  private expand(node: number, previous: Step | undefined, walk: number, directOnly: boolean, found: Step[]): void {
    const end = this.edges.start(node + 1);
    for (let edge = this.edges.start(node); edge < end; edge++) {
      const target = this.edges.target(edge);
      if (target >= this.objects || this.seen[target] === walk) continue;
      if (directOnly && !this.edges.isDirect(edge)) continue;
      this.seen[target] = walk;
      const distance = (previous?.distance ?? 0) + 1;
      found.push({
        node: target,
        previous,
        distance,
        basis: this.edges.basis(edge),
        certain: this.sure[target] === walk,
      });
    }
  }
}
