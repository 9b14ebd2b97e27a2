/**
 * Which entries of the state's lists are dependencies of their own. The lists are transitive, so an entry that follows
 * from another entry of the same list is left to that one: distances and paths then say how things really hang together.
 */

import type { Nodes } from "./nodes.ts";

/** Old configuration address to the new ones that its instances moved to. */
export type Renames = ReadonlyMap<string, readonly string[]>;

/** What an entry may mean: the resource itself, and where its instances have moved to. */
export function namesOf(entry: string, renamed: Renames): readonly string[] {
  const moved = renamed.get(entry);
  return moved === undefined ? [entry] : [entry, ...moved];
}

/** Direct entries by configuration address of the dependent. Work: each list once, plus the lists of its direct entries. */
export function directDependencies(nodes: Nodes, renamed: Renames): ReadonlyMap<string, ReadonlySet<string>> {
  const lists = new Map<string, Set<string>>();
  // Instances of a block mostly share one list: what has been added need not be added again.
  const added = new Map<string, readonly string[]>();
  nodes.objects.forEach(({ dependsOn, erased = [] }, node) => {
    const { config } = nodes.partsOf(node);
    const list = lists.get(config) ?? new Set<string>();
    lists.set(config, list);
    if (added.get(config) === dependsOn && erased.length === 0) return;
    added.set(config, dependsOn);
    for (const entry of erased.length === 0 ? dependsOn : [...dependsOn, ...erased]) {
      for (const name of namesOf(entry, renamed)) list.add(name);
    }
  });
  const direct = new Map<string, ReadonlySet<string>>();
  for (const [config, list] of lists) direct.set(config, directIn(config, list, lists));
  return direct;
}

function directIn(
  config: string,
  list: ReadonlySet<string>,
  lists: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  // In a transitive closure an entry's list is longer than the lists of what it depends on: the longest can follow from none.
  const byLength = [...list]
    .filter((entry) => entry !== config)
    .sort((left, right) => sizeOf(lists, right) - sizeOf(lists, left));
  const implied = new Set<string>();
  const kept = new Set<string>();
  for (const entry of byLength) {
    if (implied.has(entry)) continue;
    kept.add(entry);
    for (const further of lists.get(entry) ?? []) implied.add(further);
  }
  return kept;
}

function sizeOf(lists: ReadonlyMap<string, ReadonlySet<string>>, config: string): number {
  return lists.get(config)?.size ?? 0;
}
