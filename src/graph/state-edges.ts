/** Edges that dependency lists give: those of the plan's state, and those that only the state from before still has. */

import { directDependencies, namesOf, type Renames } from "./direct.ts";
import type { EdgeList } from "./edges.ts";
import type { Nodes } from "./nodes.ts";

/** How many entries of the plan's own lists name something that exists. */
export function addStateEdges(nodes: Nodes, edges: EdgeList, renamed: Renames): number {
  const direct = directDependencies(nodes, renamed);
  const blocks = new Map<string, Map<string, readonly NamedBlock[]>>();
  let count = 0;
  nodes.objects.forEach(({ dependsOn = [], erased = [] }, dependent) => {
    const { config } = nodes.partsOf(dependent);
    // Instances of a block have much the same lists: what an entry comes to is found out once for all of them.
    const known = blocks.get(config) ?? new Map<string, readonly NamedBlock[]>();
    blocks.set(config, known);
    const named = (entry: string): readonly NamedBlock[] => {
      const found = known.get(entry) ?? namedBlocks(nodes, config, entry, direct, renamed);
      known.set(entry, found);
      return found;
    };
    for (const entry of dependsOn) count += addEntry(nodes, edges, dependent, named(entry), "state");
    for (const entry of erased) addEntry(nodes, edges, dependent, named(entry), "erased");
  });
  return count;
}

/** A block with objects that a list entry names. */
interface NamedBlock {
  readonly name: string;
  readonly direct: boolean;
  /** It stands in the dependent's own module. */
  readonly sameModule: boolean;
  /** The one object without any key, if that is what the block is. */
  readonly single: number | undefined;
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
      direct: direct.get(config)?.has(name) ?? true,
      sameModule: module === nodes.moduleOf(name),
      single: nodes.object(name),
    }));
}

/**
 * Terraform's own rule for its lists: an entry names a resource without keys, so every instance of it counts, except from
 * another instance of the very module that the dependent stands in (`graphNodesAreResourceInstancesInDifferentInstancesOfSameModule`).
 */
function addEntry(
  nodes: Nodes,
  edges: EdgeList,
  dependent: number,
  blocks: readonly NamedBlock[],
  basis: "state" | "erased",
): number {
  const { module, moduleConfig, key } = nodes.partsOf(dependent);
  const unkeyed = key === "" && module === moduleConfig;
  for (const { name, direct, sameModule, single } of blocks) {
    if (unkeyed && single !== undefined && single !== dependent)
      edges.add(single, dependent, { basis, certain: true, direct });
    const group = sameModule ? nodes.within(module, name) : nodes.everywhere(name);
    edges.add(group, dependent, { basis, certain: false, direct });
  }
  return blocks.length;
}
