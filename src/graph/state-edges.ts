/** Edges that dependency lists give: those of the plan's state, and those that only the state from before still has. */

import { parseAddress } from "../model/address.ts";
import { directDependencies, namesOf, type Renames } from "./direct.ts";
import type { EdgeList } from "./edges.ts";
import type { Nodes } from "./nodes.ts";

/** How many entries of the plan's own lists name something that exists. */
export function addStateEdges(nodes: Nodes, edges: EdgeList, renamed: Renames): number {
  if (nodes.objects.every(({ dependsOn, erased = [] }) => dependsOn.length + erased.length === 0)) return 0;
  const direct = directDependencies(nodes, renamed);
  const named = (config: string, list: readonly string[]): readonly NamedBlock[] =>
    list.flatMap((entry) => namedBlocks(nodes, config, entry, direct, renamed));
  let count = 0;
  let last:
    | { readonly config: string; readonly list: readonly string[]; readonly blocks: readonly NamedBlock[] }
    | undefined;
  nodes.objects.forEach(({ dependsOn, erased = [] }, dependent) => {
    const { config } = nodes.partsOf(dependent);
    // Instances of a block stand together and mostly share one list: what it comes to is found out once for all of them.
    if (last?.config !== config || last.list !== dependsOn) {
      last = { config, list: dependsOn, blocks: named(config, dependsOn) };
    }
    count += addBlocks(nodes, edges, dependent, last.blocks, "state");
    if (erased.length > 0) addBlocks(nodes, edges, dependent, named(config, erased), "erased");
  });
  return count;
}

/** A block with objects that a list entry names. */
interface NamedBlock {
  readonly name: string;
  /** The entry names where it was before this plan moves it. */
  readonly moved: boolean;
  readonly direct: boolean;
  /** The one object without any key, if that is what the block is. */
  readonly single: number | undefined;
  /** The group that dependents in a module instance depend on. */
  readonly groupFor: (module: string) => number;
}

function namedBlocks(
  nodes: Nodes,
  config: string,
  entry: string,
  direct: ReadonlyMap<string, ReadonlySet<string>>,
  renamed: Renames,
): readonly NamedBlock[] {
  const module = nodes.moduleOf(config);
  return namesOf(entry, renamed)
    .filter((name) => nodes.instancesOf(name).length > 0)
    .map((name) => ({
      name,
      moved: name !== entry,
      direct: direct.get(config)?.has(name) ?? true,
      single: nodes.object(name),
      groupFor: module === nodes.moduleOf(name) ? groupsWithin(nodes, name) : once(() => nodes.everywhere(name)),
    }));
}

/** A list was made where the dependent stood then: which instances of a module it means is to be told from there. */
function groupBefore(nodes: Nodes, previousAddress: string, name: string): number {
  const { module, moduleConfig } = parseAddress(previousAddress);
  return moduleConfig === nodes.moduleOf(name) ? nodes.within(module, name) : nodes.everywhere(name);
}

/** Instances of one module instance come one after the other, and ask for the same group. */
function groupsWithin(nodes: Nodes, name: string): (module: string) => number {
  let last: { readonly module: string; readonly group: number } | undefined;
  return (module) => {
    if (last?.module !== module) last = { module, group: nodes.within(module, name) };
    return last.group;
  };
}

function once(group: () => number): () => number {
  let known: number | undefined;
  return () => {
    known ??= group();
    return known;
  };
}

/**
 * Terraform's own rule for its lists: an entry names a resource without keys, so every instance of it counts, except from
 * another instance of the very module that the dependent stands in (`graphNodesAreResourceInstancesInDifferentInstancesOfSameModule`).
 */
function addBlocks(
  nodes: Nodes,
  edges: EdgeList,
  dependent: number,
  blocks: readonly NamedBlock[],
  basis: "state" | "erased",
): number {
  const { module, moduleConfig, key } = nodes.partsOf(dependent);
  const unkeyed = key === "" && module === moduleConfig;
  const before = nodes.objects[dependent]?.previousAddress;
  for (const { name, moved, direct, single, groupFor } of blocks) {
    if (unkeyed && single !== undefined && single !== dependent)
      edges.add(single, dependent, { basis, certain: true, direct });
    const group = before === undefined || moved ? groupFor(module) : groupBefore(nodes, before, name);
    edges.add(group, dependent, { basis, certain: false, direct });
  }
  return blocks.length;
}
