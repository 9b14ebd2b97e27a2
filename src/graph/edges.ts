/** Edges in compressed rows: for each node, the nodes that depend on it. */

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

/** Collects edges while the graph is built. */
export class EdgeList {
  private readonly from: number[] = [];
  private readonly to: number[] = [];
  private readonly traits: number[] = [];

  add(from: number, to: number, { basis, certain, direct }: EdgeTraits): void {
    this.push(from, to, BASES.indexOf(basis) | (certain ? CERTAIN : 0) | (direct ? DIRECT : 0));
  }

  addMembership(from: number, to: number): void {
    this.push(from, to, MEMBERSHIP | DIRECT);
  }

  private push(from: number, to: number, traits: number): void {
    this.from.push(from);
    this.to.push(to);
    this.traits.push(traits);
  }

  /** Rows by counting sort; within a row by target, so that every walk is in address order. */
  toRows(nodes: number): EdgeRows {
    const order = this.sortedBy(this.from, this.sortedBy(this.to, undefined, nodes), nodes);
    const starts = new Int32Array(nodes + 1);
    for (const from of this.from) starts[from + 1] = (starts[from + 1] as number) + 1;
    for (let node = 0; node < nodes; node++) starts[node + 1] = (starts[node + 1] as number) + (starts[node] as number);
    const targets = new Int32Array(order.length);
    const traits = new Uint8Array(order.length);
    order.forEach((edge, position) => {
      targets[position] = this.to[edge] as number;
      traits[position] = this.traits[edge] as number;
    });
    return new EdgeRows(starts, targets, traits);
  }

  private sortedBy(keys: readonly number[], order: Int32Array | undefined, nodes: number): Int32Array {
    const places = new Int32Array(nodes + 1);
    for (const key of keys) places[key + 1] = (places[key + 1] as number) + 1;
    for (let node = 0; node < nodes; node++) places[node + 1] = (places[node + 1] as number) + (places[node] as number);
    const sorted = new Int32Array(keys.length);
    for (let position = 0; position < keys.length; position++) {
      const edge = order === undefined ? position : (order[position] as number);
      const key = keys[edge] as number;
      const place = places[key] as number;
      sorted[place] = edge;
      places[key] = place + 1;
    }
    return sorted;
  }
}

/** The finished edges. Offsets from `start(node)` to `start(node + 1)` are those of one node. */
export class EdgeRows {
  private readonly starts: Int32Array;
  private readonly targets: Int32Array;
  private readonly traits: Uint8Array;

  constructor(starts: Int32Array, targets: Int32Array, traits: Uint8Array) {
    this.starts = starts;
    this.targets = targets;
    this.traits = traits;
  }

  get size(): number {
    return this.targets.length;
  }

  start(node: number): number {
    return this.starts[node] as number;
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
