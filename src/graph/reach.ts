/** How many objects each of many seeds reaches: 32 seeds at a time, one bit each, in one pass over the graph. */

import type { EdgeRows } from "./edges.ts";
import type { TopologicalOrder } from "./order.ts";

const SEEDS_AT_ONCE = 32;

/** Which edges a walk follows: those that the lower bound may count, or all. */
export type EdgeChoice = "certain" | "all";

/**
 * For each seed the sum of `weights` over what it reaches, itself aside. `weights` has one entry a node.
 * Linear in the edges for every 32 seeds; exact, whatever the overlap.
 */
export function weighReach(
  edges: EdgeRows,
  order: TopologicalOrder,
  choice: EdgeChoice,
  seeds: readonly number[],
  weights: Uint8Array,
): number[] {
  const totals: number[] = [];
  const reached = new Int32Array(weights.length);
  for (let first = 0; first < seeds.length; first += SEEDS_AT_ONCE) {
    const batch = seeds.slice(first, first + SEEDS_AT_ONCE);
    reached.fill(0);
    batch.forEach((seed, bit) => {
      reached[seed] = (reached[seed] as number) | (1 << bit);
    });
    spread(edges, order, choice, reached);
    for (const total of weigh(batch, reached, weights)) totals.push(total);
  }
  return totals;
}

function spread(edges: EdgeRows, order: TopologicalOrder, choice: EdgeChoice, reached: Int32Array): void {
  let circle = 0;
  for (let place = 0; place < order.nodes.length; place++) {
    const range = order.circles[circle];
    if (range?.[0] === place) {
      settle(edges, order.nodes.subarray(...range), choice, reached);
      circle++;
      place = range[1] - 1;
    } else {
      spreadFrom(edges, order.nodes[place] as number, choice, reached);
    }
  }
}

/** Within a circle there is no order: go round until nothing changes. */
function settle(edges: EdgeRows, members: Int32Array, choice: EdgeChoice, reached: Int32Array): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of members) if (spreadFrom(edges, node, choice, reached)) changed = true;
  }
}

/** Hands a node's bits to what depends on it; whether that changed anything. */
function spreadFrom(edges: EdgeRows, node: number, choice: EdgeChoice, reached: Int32Array): boolean {
  const bits = reached[node] as number;
  if (bits === 0) return false;
  let changed = false;
  const end = edges.start(node + 1);
  for (let edge = edges.start(node); edge < end; edge++) {
    if (choice === "certain" && !edges.isCertain(edge)) continue;
    const target = edges.target(edge);
    const before = reached[target] as number;
    const after = before | bits;
    if (after === before) continue;
    reached[target] = after;
    changed = true;
  }
  return changed;
}

function weigh(batch: readonly number[], reached: Int32Array, weights: Uint8Array): number[] {
  const totals = batch.map((seed) => -(weights[seed] as number));
  for (let node = 0; node < reached.length; node++) {
    const weight = weights[node] as number;
    if (weight === 0) continue;
    for (let bits = reached[node] as number; bits !== 0; bits &= bits - 1) {
      const bit = 31 - Math.clz32(bits & -bits);
      totals[bit] = (totals[bit] as number) + weight;
    }
  }
  return totals;
}
