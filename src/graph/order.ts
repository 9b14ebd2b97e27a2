/** Strongly connected parts of the graph, in topological order: what depends comes after what it depends on. */

import type { EdgeRows } from "./edges.ts";

export interface TopologicalOrder {
  /** All nodes; the nodes of one part stand together. */
  readonly nodes: Int32Array;
  /** Parts of more than one node as ranges of `nodes`, in its order: circles, which only broken input has. */
  readonly circles: readonly (readonly [start: number, end: number])[];
}

/** Linear in nodes and edges. */
export function topologicalOrder(edges: EdgeRows, count: number): TopologicalOrder {
  return new Tarjan(edges, count).run();
}

/** Tarjan's algorithm with a stack of its own, since plans can be deeper than the call stack. */
class Tarjan {
  private readonly edges: EdgeRows;
  private readonly index: Int32Array;
  private readonly low: Int32Array;
  private readonly onStack: Uint8Array;
  /** For each node on the path, the edge to look at next. */
  private readonly next: Int32Array;
  private readonly stack: number[] = [];
  private readonly path: number[] = [];
  private readonly nodes: Int32Array;
  private readonly circles: [number, number][] = [];
  private seen = 0;
  /** Parts are closed from the end of the order to its front. */
  private place: number;

  constructor(edges: EdgeRows, count: number) {
    this.edges = edges;
    this.index = new Int32Array(count).fill(-1);
    this.low = new Int32Array(count);
    this.onStack = new Uint8Array(count);
    this.next = new Int32Array(count);
    this.nodes = new Int32Array(count);
    this.place = count;
  }

  run(): TopologicalOrder {
    for (let root = 0; root < this.nodes.length; root++) {
      if (this.index[root] !== -1) continue;
      this.open(root);
      for (let node = this.path.at(-1); node !== undefined; node = this.path.at(-1)) {
        if (!this.advance(node)) this.leave(node);
      }
    }
    return { nodes: this.nodes, circles: this.circles.reverse() };
  }

  private open(node: number): void {
    this.index[node] = this.seen;
    this.low[node] = this.seen++;
    this.next[node] = this.edges.start(node);
    this.stack.push(node);
    this.path.push(node);
    this.onStack[node] = 1;
  }

  /** Follows the node's next edge; whether there was one. */
  private advance(node: number): boolean {
    const edge = this.next[node] as number;
    if (edge === this.edges.start(node + 1)) return false;
    this.next[node] = edge + 1;
    const target = this.edges.target(edge);
    if (this.index[target] === -1) this.open(target);
    else if (this.onStack[target]) this.lower(node, this.index[target] as number);
    return true;
  }

  private leave(node: number): void {
    this.path.pop();
    const parent = this.path.at(-1);
    if (parent !== undefined) this.lower(parent, this.low[node] as number);
    if (this.low[node] === this.index[node]) this.close(node);
  }

  private lower(node: number, to: number): void {
    if (to < (this.low[node] as number)) this.low[node] = to;
  }

  private close(node: number): void {
    const end = this.place;
    for (let member = this.stack.pop(); member !== undefined; member = this.stack.pop()) {
      this.onStack[member] = 0;
      this.nodes[--this.place] = member;
      if (member === node) break;
    }
    if (end - this.place > 1) this.circles.push([this.place, end]);
  }
}
