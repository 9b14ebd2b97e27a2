/** Edges from what a plan knows: the lists of its state, and the references of its configuration. */

import { withoutKeys } from "../model/address.ts";
import type { Configuration } from "../model/configuration.ts";
import type { DependencySource, KnownEdge } from "../model/dependencies.ts";
import { Blocks } from "./blocks.ts";
import { addConfigEdges } from "./config-edges.ts";
import { EdgeList, type EdgeRows, traitsOf } from "./edges.ts";
import { Nodes } from "./nodes.ts";
import { reachableBlocks } from "./reachable.ts";
import { followReferences } from "./references.ts";
import { addStateEdges } from "./state-edges.ts";
import type { Target } from "./target.ts";
import { type EndingObject, type ValueDependency, valueDependencies } from "./values.ts";

export interface BuiltGraph {
  readonly nodes: Nodes;
  readonly edges: EdgeRows;
  /** What edges were made from besides lists: evidence for whoever wants one explained. */
  readonly configuration: Configuration | undefined;
  readonly carried: readonly ValueDependency[];
  readonly known: readonly KnownEdge[];
  /** References of the configuration that come to something that exists. */
  readonly found: { readonly config: number };
}

/**
 * The graph of what the ending objects can reach; what they surely cannot is left out, which for most plans is nearly all.
 * `changing` are the objects that the plan does anything to: they alone may have references that no list holds yet.
 */
export function buildGraph(
  source: DependencySource,
  ending: readonly EndingObject[],
  changing: readonly string[],
): BuiltGraph {
  const blocks = new Blocks(source);
  const carried = valueDependencies(source, blocks, ending);
  const starts = [...ending, ...carried.map(({ dependent }) => dependent)].map(({ address }) => address);
  const numbers = [...starts, ...changing].map((address) => blocks.numberOf(withoutKeys(address)));
  const reachable = reachableBlocks(blocks, source.state, numbers);
  const nodes = new Nodes(blocks, reachable);
  const edges = new EdgeList();
  const configuration = nodes.objects.length > ending.length ? source.configuration() : undefined;
  const addresses = reachable?.all.map((block) => blocks.addressOf(block));
  const references = configuration ? followReferences(configuration, addresses) : new Map<string, readonly Target[]>();
  const known = source.edges();
  addKnownEdges(nodes, edges, known);
  // Surest first: of several edges between the same two objects the first one is shown.
  const config = addConfigEdges(nodes, edges, references);
  addStateEdges(nodes, edges);
  addValueEdges(nodes, edges, carried);
  for (let node = 0; node < nodes.objects.length; node++) {
    for (const group of nodes.groupsOf(node)) edges.addMembership(node, group);
  }
  return { nodes, edges: edges.toRows(nodes.count), configuration, carried, known, found: { config } };
}

/** Dependencies between objects that are named outright. */
function addKnownEdges(nodes: Nodes, edges: EdgeList, known: readonly KnownEdge[]): void {
  for (const { from, to, basis, certain } of known) {
    const source = nodes.object(from);
    const dependent = nodes.object(to);
    if (source === undefined || dependent === undefined || source === dependent) continue;
    edges.add(source, dependent, traitsOf({ basis, certain, direct: true }));
  }
}

function addValueEdges(nodes: Nodes, edges: EdgeList, carried: readonly ValueDependency[]): void {
  const traits = traitsOf({ basis: "value", certain: false, direct: true });
  for (const { ending, dependent } of carried) {
    const from = nodes.object(ending.address, ending.deposed);
    const to = nodes.object(dependent.address, dependent.deposed);
    if (from !== undefined && to !== undefined) edges.add(from, to, traits);
  }
}
