/** Edges from what a plan knows: the lists of its state, and the references of its configuration. */

import { keyOf, splitAddress, withoutKeys } from "../model/address.ts";
import type { DependencySource } from "../model/plan.ts";
import { directDependencies, namesOf, type Renames } from "./direct.ts";
import { EdgeList, type EdgeRows } from "./edges.ts";
import { Nodes } from "./nodes.ts";
import { reachableBlocks } from "./reachable.ts";
import { followReferences, type Target } from "./references.ts";

export interface BuiltGraph {
  readonly nodes: Nodes;
  readonly edges: EdgeRows;
  /** Edges that the state's lists gave, and that the configuration gave between existing objects. */
  readonly found: { readonly state: number; readonly config: number };
}

/**
 * The graph of what the ending objects can reach; what they surely cannot is left out, which for most plans is nearly all.
 * `changing` are the objects that the plan does anything to: they alone may have references that no list holds yet.
 */
export function buildGraph(
  source: DependencySource,
  ending: readonly string[],
  changing: readonly string[],
): BuiltGraph {
  const reachable = reachableBlocks(source, ending, changing);
  const nodes = new Nodes(
    reachable ? source.objects().filter(({ address }) => reachable.has(withoutKeys(address))) : source.objects(),
  );
  const edges = new EdgeList();
  const configuration = nodes.objects.length > ending.length ? source.configuration() : undefined;
  const references = configuration ? followReferences(configuration, reachable) : new Map<string, readonly Target[]>();
  const config = addConfigEdges(nodes, edges, references);
  const state = addStateEdges(nodes, edges, source.renamed);
  for (let node = 0; node < nodes.objects.length; node++) {
    for (const group of nodes.groupsOf(node)) edges.addMembership(node, group);
  }
  return { nodes, edges: edges.toRows(nodes.count), found: { state, config } };
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

/**
 * Terraform's own rule for its lists: an entry names a resource without keys, so every instance of it counts, except from
 * another instance of the very module that the dependent stands in (`graphNodesAreResourceInstancesInDifferentInstancesOfSameModule`).
 */
function addStateEdges(nodes: Nodes, edges: EdgeList, renamed: Renames): number {
  const direct = directDependencies(nodes, renamed);
  let count = 0;
  nodes.objects.forEach(({ dependsOn = [] }, dependent) => {
    const { module, moduleConfig, config, key } = nodes.partsOf(dependent);
    const unkeyed = key === "" && module === moduleConfig;
    for (const name of dependsOn.flatMap((entry) => namesOf(entry, renamed))) {
      if (nodes.instancesOf(name).length === 0) continue;
      count++;
      const isDirect = direct.get(config)?.has(name) ?? true;
      const single = unkeyed ? nodes.object(name) : undefined;
      if (single !== undefined && single !== dependent) {
        edges.add(single, dependent, { basis: "state", certain: true, direct: isDirect });
      }
      const sameModule = moduleConfig === moduleOf(nodes, name);
      const group = sameModule ? nodes.within(module, name) : nodes.everywhere(name);
      edges.add(group, dependent, { basis: "state", certain: false, direct: isDirect });
    }
  });
  return count;
}

function moduleOf(nodes: Nodes, config: string): string | undefined {
  const [first] = nodes.instancesOf(config);
  return first === undefined ? undefined : nodes.partsOf(first).moduleConfig;
}
