/** Edges that dependency lists give: those of the plan's state, and those that only the state from before still has. */

import { directDependencies, namesOf, type Renames } from "./direct.ts";
import type { EdgeList } from "./edges.ts";
import type { Nodes } from "./nodes.ts";

/** How many entries of the plan's own lists name something that exists. */
export function addStateEdges(nodes: Nodes, edges: EdgeList, renamed: Renames): number {
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
    const sameModule = moduleConfig === nodes.moduleOf(name);
    const group = sameModule ? nodes.within(module, name) : nodes.everywhere(name);
    edges.add(group, dependent, { basis, certain: false, direct });
  }
  return count;
}
