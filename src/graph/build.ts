/** Edges from what a plan knows: the lists of its state, and the references of its configuration. */

import { keyOf, splitAddress, withoutKeys } from "../model/address.ts";
import type { DependencySource } from "../model/plan.ts";
import { directDependencies, namesOf, type Renames } from "./direct.ts";
import { EdgeList, type EdgeRows } from "./edges.ts";
import { Nodes } from "./nodes.ts";
import { reachableBlocks } from "./reachable.ts";
import { followReferences, type Target } from "./references.ts";
import { type ValueDependency, valueDependencies } from "./values.ts";

export interface BuiltGraph {
  readonly nodes: Nodes;
  readonly edges: EdgeRows;
  /** What was asked of the configuration, and found in attributes: evidence for whoever wants an edge explained. */
  readonly references: ReadonlyMap<string, readonly Target[]>;
  readonly carried: readonly ValueDependency[];
  /** Edges that the state's lists gave, and that the configuration gave between existing objects. */
  readonly found: { readonly state: number; readonly config: number };
}

/** An object that ends, with the texts by which other objects can be seen to refer to it. */
export interface EndingObject {
  readonly address: string;
  readonly deposed?: string | undefined;
  readonly identifiers: readonly string[];
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
  const carried = valueDependencies(source, ending);
  const starts = [...ending, ...carried.map(({ dependent }) => dependent)].map(({ address }) => address);
  const reachable = reachableBlocks(source, [...starts, ...changing]);
  const objects = source.objects();
  const nodes = new Nodes(reachable ? objects.filter(({ address }) => reachable.has(withoutKeys(address))) : objects);
  const edges = new EdgeList();
  const configuration = nodes.objects.length > ending.length ? source.configuration() : undefined;
  const references = configuration ? followReferences(configuration, reachable) : new Map<string, readonly Target[]>();
  // Surest first: of several edges between the same two objects the first one is shown.
  const config = addConfigEdges(nodes, edges, references);
  const state = addStateEdges(nodes, edges, source.renamed);
  addValueEdges(nodes, edges, carried);
  for (let node = 0; node < nodes.objects.length; node++) {
    for (const group of nodes.groupsOf(node)) edges.addMembership(node, group);
  }
  return { nodes, edges: edges.toRows(nodes.count), references, carried, found: { state, config } };
}

function addValueEdges(nodes: Nodes, edges: EdgeList, carried: readonly ValueDependency[]): void {
  for (const { ending, dependent } of carried) {
    const from = nodes.object(ending.address, ending.deposed);
    const to = nodes.object(dependent.address, dependent.deposed);
    if (from !== undefined && to !== undefined) edges.add(from, to, { basis: "value", certain: false, direct: true });
  }
}

/** For every instance of every block, an edge from what its references come to for that instance. */
function addConfigEdges(nodes: Nodes, edges: EdgeList, references: ReadonlyMap<string, readonly Target[]>): number {
  let count = 0;
  for (const [config, targets] of references) {
    for (const dependent of nodes.instancesOf(config)) {
      const keys = keysOf(nodes.partsOf(dependent).module, nodes.partsOf(dependent).key);
      for (const target of targets) if (addTarget(nodes, edges, dependent, keys, target)) count++;
    }
  }
  return count;
}

/** Keys of each step of an instance's path: one for each module, then its own. `""` where a step has none. */
function keysOf(module: string, key: string): string[] {
  const steps = module === "" ? [] : splitAddress(module);
  const keys = steps.filter((_, position) => position % 2 === 1).map(keyOf);
  return [...keys, key];
}

function addTarget(nodes: Nodes, edges: EdgeList, dependent: number, keys: readonly string[], target: Target): boolean {
  const config = [...target.modules.map((name) => `module.${name}`), target.resource].join(".");
  if (nodes.instancesOf(config).length === 0) return false;
  const filled = target.keys.map((term) => (typeof term === "number" ? (keys[term] ?? "") : (term ?? "")));
  const module = target.modules.map((name, step) => `module.${name}${filled[step]}`).join(".");
  const resource = module === "" ? target.resource : `${module}.${target.resource}`;
  const exact = target.proven ? nodes.object(resource + (filled.at(-1) ?? "")) : undefined;
  if (exact === dependent || (exact === undefined && isLiteral(target))) return false;
  if (exact !== undefined) edges.add(exact, dependent, { basis: "exact", certain: true, direct: true });
  else edges.add(groupFor(nodes, dependent, module, resource, config), dependent, CONFIG_EDGE);
  return true;
}

const CONFIG_EDGE = { basis: "config", certain: false, direct: true } as const;

/** The narrowest group that surely holds the instance meant; never one of another instance of the dependent's own module. */
function groupFor(nodes: Nodes, dependent: number, module: string, resource: string, config: string): number {
  if (nodes.hasResource(resource)) return nodes.within(module, config);
  const own = nodes.partsOf(dependent);
  return own.moduleConfig === moduleOf(nodes, config) ? nodes.within(own.module, config) : nodes.everywhere(config);
}

/** A reference that spells its key out, and no such instance exists: it depends on nothing that exists. */
function isLiteral({ keys, proven }: Target): boolean {
  const own = keys.at(-1);
  return proven && typeof own === "string" && own !== "";
}

/** Edges of the lists, then those that only the state from before the plan still has. */
function addStateEdges(nodes: Nodes, edges: EdgeList, renamed: Renames): number {
  const direct = directDependencies(nodes, renamed);
  let count = 0;
  nodes.objects.forEach(({ dependsOn = [], erased = [] }, dependent) => {
    count += addList(nodes, edges, dependent, dependsOn, "state", direct, renamed);
    addList(nodes, edges, dependent, erased, "erased", direct, renamed);
  });
  return count;
}

/**
 * Terraform's own rule for its lists: an entry names a resource without keys, so every instance of it counts, except from
 * another instance of the very module that the dependent stands in (`graphNodesAreResourceInstancesInDifferentInstancesOfSameModule`).
 */
function addList(
  nodes: Nodes,
  edges: EdgeList,
  dependent: number,
  list: readonly string[],
  basis: "state" | "erased",
  directOf: ReadonlyMap<string, ReadonlySet<string>>,
  renamed: Renames,
): number {
  const { module, moduleConfig, config, key } = nodes.partsOf(dependent);
  const unkeyed = key === "" && module === moduleConfig;
  let count = 0;
  for (const name of renamed.size === 0 ? list : list.flatMap((entry) => namesOf(entry, renamed))) {
    if (nodes.instancesOf(name).length === 0) continue;
    count++;
    const direct = directOf.get(config)?.has(name) ?? true;
    const single = unkeyed ? nodes.object(name) : undefined;
    if (single !== undefined && single !== dependent) edges.add(single, dependent, { basis, certain: true, direct });
    const sameModule = moduleConfig === moduleOf(nodes, name);
    const group = sameModule ? nodes.within(module, name) : nodes.everywhere(name);
    edges.add(group, dependent, { basis, certain: false, direct });
  }
  return count;
}

function moduleOf(nodes: Nodes, config: string): string | undefined {
  const [first] = nodes.instancesOf(config);
  return first === undefined ? undefined : nodes.partsOf(first).moduleConfig;
}
