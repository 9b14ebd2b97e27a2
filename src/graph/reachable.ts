/** Which resource blocks can depend on an ending object at all, coarsely and fast: by name alone, over the state's lists. */

import { withoutKeys } from "../model/address.ts";
import type { DependencySource, ExistingObject } from "../model/plan.ts";
import type { Renames } from "./direct.ts";

/**
 * Configuration addresses to look at, those of the addresses to start from included; `undefined` when lists cannot be relied
 * upon, and everything has to be looked at.
 */
export function reachableBlocks(
  { objects, state, renamed }: DependencySource,
  starts: readonly string[],
): ReadonlySet<string> | undefined {
  const dependents = blocksByDependency(objects(), renamed);
  if (!state.present || state.leavesOut > 0 || dependents.size === 0) return undefined;
  const reached = new Set(starts.map(withoutKeys));
  const queue = [...reached];
  for (let block = queue.pop(); block !== undefined; block = queue.pop()) {
    for (const dependent of dependents.get(block) ?? []) {
      if (reached.has(dependent)) continue;
      reached.add(dependent);
      queue.push(dependent);
    }
  }
  return reached;
}

/** For each name in a list, the blocks whose objects have it there. */
function blocksByDependency(
  objects: readonly ExistingObject[],
  renamed: Renames,
): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const { address, dependsOn = [], erased = [] } of objects) {
    if (dependsOn.length + erased.length === 0) continue;
    const block = withoutKeys(address);
    for (const entry of erased.length === 0 ? dependsOn : [...dependsOn, ...erased]) {
      addTo(dependents, entry, block);
      if (renamed.size > 0) for (const name of renamed.get(entry) ?? []) addTo(dependents, name, block);
    }
  }
  return dependents;
}

function addTo(dependents: Map<string, string[]>, name: string, block: string): void {
  const known = dependents.get(name);
  if (known === undefined) dependents.set(name, [block]);
  else if (known.at(-1) !== block) known.push(block);
}
