/** Edges in compressed rows: for each node, the nodes that depend on it. */

import { Rows } from "./rows.ts";

/** What an edge rests on, the surest first; the order is also the order in which paths prefer them. */
export const BASES = ["exact", "config", "state", "value", "erased"] as const;
export type Basis = (typeof BASES)[number];

const BASIS_BITS = 0b0111;
/** The lower bound may count it: no key on the way leaves open which instance is meant. */
const CERTAIN = 0b1000;
/** A dependency of its own, not one that only follows from others. Distances and paths prefer these. */
const DIRECT = 0b1_0000;
/** From an object to the resource that it is an instance of: no dependency, and no step of a path. */
const MEMBERSHIP = 0b10_0000;

export interface EdgeTraits {
  readonly basis: Basis;
  readonly certain: boolean;
  readonly direct: boolean;
}

/** Traits in one number: what an edge is kept as. */
export function traitsOf({ basis, certain, direct }: EdgeTraits): number {
  return BASES.indexOf(basis) | (certain ? CERTAIN : 0) | (direct ? DIRECT : 0);
}

/** Collects edges while the graph is built. */
export class EdgeList {
  private readonly from: number[] = [];
  private readonly to: number[] = [];
  private readonly traits: number[] = [];

  /** `traits` as `traitsOf` has them. */
  add(from: number, to: number, traits: number): void {
    this.from.push(from);
    this.to.push(to);
    this.traits.push(traits);
  }

  addMembership(from: number, to: number): void {
    this.add(from, to, MEMBERSHIP | DIRECT);
  }

  /** Within a row by target, so that every walk is in address order. */
  toRows(nodes: number): EdgeRows {
    const rows = new Rows(this.from, nodes, new Rows(this.to, nodes).items);
    const targets = new Int32Array(rows.items.length);
    const traits = new Uint8Array(rows.items.length);
    for (let place = 0; place < targets.length; place++) {
      const edge = rows.items[place] as number;
      targets[place] = this.to[edge] as number;
      traits[place] = this.traits[edge] as number;
    }
    return new EdgeRows(rows, targets, traits);
  }
}

/** The finished edges. Offsets from `start(node)` to `start(node + 1)` are those of one node. */
export class EdgeRows {
  private readonly rows: Rows;
  private readonly targets: Int32Array;
  private readonly traits: Uint8Array;

  constructor(rows: Rows, targets: Int32Array, traits: Uint8Array) {
    this.rows = rows;
    this.targets = targets;
    this.traits = traits;
  }

  get size(): number {
    return this.targets.length;
  }

  start(node: number): number {
    return this.rows.start(node);
  }

  target(edge: number): number {
    return this.targets[edge] as number;
  }

  basis(edge: number): Basis {
    return BASES[(this.traits[edge] as number) & BASIS_BITS] as Basis;
  }

  isCertain(edge: number): boolean {
    return ((this.traits[edge] as number) & CERTAIN) !== 0;
  }

  isDirect(edge: number): boolean {
    return ((this.traits[edge] as number) & DIRECT) !== 0;
  }

  isMembership(edge: number): boolean {
    return ((this.traits[edge] as number) & MEMBERSHIP) !== 0;
  }
}
