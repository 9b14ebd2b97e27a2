/** The dependency graph of one plan: built once, then only asked. */

import type { BlindSpot } from "../model/blind-spot.ts";
import type { DependencySource, ExistingObject } from "../model/dependencies.ts";
import type { Evidence } from "../model/explanation.ts";
import { type BuiltGraph, buildGraph } from "./build.ts";
import { evidenceFor } from "./evidence.ts";
import { type TopologicalOrder, topologicalOrder } from "./order.ts";
import { type EdgeChoice, weighReach } from "./reach.ts";
import { dependencyGaps } from "./trust.ts";
import type { EndingObject } from "./values.ts";
import { NearestWalk, reachedFrom, type Step } from "./walk.ts";

export type { EdgeChoice } from "./reach.ts";
export { followReferences } from "./references.ts";
export type { Target } from "./target.ts";
export type { Step } from "./walk.ts";

export class DependencyGraph {
  /** Why the plan cannot say all dependencies; when there is a reason, no upper bound on dependents is known. */
  readonly gaps: readonly BlindSpot[];
  private readonly built: BuiltGraph;
  private readonly order: TopologicalOrder;
  private readonly walk: NearestWalk;
  private readonly renamed: DependencySource["renamed"];
  /** Data sources that depend on something: walks go through them, but they are nobody's dependents. */
  private readonly readers: number;

  /** The graph around the ending objects of a plan; `changing` are the addresses that the plan does anything to. */
  constructor(source: DependencySource, ending: readonly EndingObject[], changing: readonly string[]) {
    this.built = buildGraph(source, ending, changing);
    this.order = topologicalOrder(this.built.edges, this.built.nodes.count);
    this.walk = new NearestWalk(this.built.edges, this.objects.length, this.built.nodes.count);
    this.readers = this.objects.filter(({ managed, dependsOn }) => !managed && dependsOn?.length).length;
    this.renamed = source.renamed;
    this.gaps = dependencyGaps(source, this.built.found);
  }

  /** Existing objects that can be reached; an object's number is its place in this list, which is in address order. */
  get objects(): readonly ExistingObject[] {
    return this.built.nodes.objects;
  }

  /** The number of an object, `undefined` when it does not exist before the change. */
  nodeOf(address: string, deposed?: string): number | undefined {
    return this.built.nodes.object(address, deposed);
  }

  /** For each seed, how many of the marked objects depend on it, directly or not; `marks` has one entry an object. */
  countDependents(seeds: readonly number[], choice: EdgeChoice, marks: Uint8Array): number[] {
    const weights = new Uint8Array(this.built.nodes.count);
    weights.set(marks);
    return weighReach(this.built.edges, this.order, choice, seeds, weights);
  }

  /** Marks on all objects that depend on at least one of the seeds. */
  dependentsOf(seeds: readonly number[], choice: EdgeChoice): Uint8Array {
    return reachedFrom(this.built.edges, this.built.nodes.count, seeds, choice).subarray(0, this.objects.length);
  }

  /** The nearest managed dependents of one object with a path each; see `NearestWalk.from`. */
  nearestDependents(seed: number, limit: number): Step[] {
    const isManaged = ({ node }: Step): boolean => this.objects[node]?.managed === true;
    return this.walk
      .from(seed, limit + this.readers)
      .filter(isManaged)
      .slice(0, limit);
  }

  /** A shortest path from a seed to one object that depends on it; `undefined` when it does not. */
  pathTo(seed: number, node: number): Step | undefined {
    return this.walk.from(seed, this.objects.length).find((step) => step.node === node);
  }

  /** What the direct dependency of one object on another rests on. */
  evidence(node: number, dependent: number): Evidence[] {
    return evidenceFor(this.built, this.renamed, node, dependent);
  }

  /** Objects that depend on each other in a circle, which Terraform never makes: one list of addresses each. */
  circles(): string[][] {
    return this.order.circles
      .map(([start, end]) => [...this.order.nodes.subarray(start, end)])
      .map((nodes) => nodes.flatMap((node) => this.objects[node]?.address ?? []).sort())
      .filter((addresses) => addresses.length > 1);
  }
}
