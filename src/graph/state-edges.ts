/** Edges that dependency lists give: those of the plan's state, and those that only the state from before still has. */

import { parseAddress } from "../model/address.ts";
import { directPlaces } from "./direct.ts";
import { type EdgeList, traitsOf } from "./edges.ts";
import type { Nodes } from "./nodes.ts";

export function addStateEdges(nodes: Nodes, edges: EdgeList): void {
  const { blocks } = nodes;
  if (blocks.lists === 0) return;
  const direct = directPlaces(nodes);
  for (let dependent = 0; dependent < nodes.objects.length; dependent++) {
    const place = nodes.placeOf(dependent);
    addList(nodes, edges, dependent, blocks.list(place), direct, "state");
    addList(nodes, edges, dependent, blocks.erased(place), direct, "erased");
  }
}

/**
 * Terraform's own rule for its lists: an entry names a resource without keys, so every instance of it counts, except from
 * another instance of the very module that the dependent stands in (`graphNodesAreResourceInstancesInDifferentInstancesOfSameModule`).
 */
function addList(
  nodes: Nodes,
  edges: EdgeList,
  dependent: number,
  list: number,
  direct: Uint8Array,
  basis: "state" | "erased",
): void {
  if (list < 0) return;
  const { blocks } = nodes;
  const isUnkeyed = nodes.isUnkeyed(dependent);
  const before = nodes.objects[dependent]?.previousAddress;
  const end = blocks.start(list + 1);
  for (let place = blocks.start(list); place < end; place++) {
    const name = blocks.names[place] as number;
    if (nodes.instanceCount(name) === 0) continue;
    const traits = TRAITS[basis][direct[place] === 1 ? "direct" : "implied"];
    const single = isUnkeyed ? nodes.unkeyedOf(name) : -1;
    if (single >= 0 && single !== dependent) edges.add(single, dependent, traits.certain);
    const isThere = before === undefined || blocks.isMoved(place);
    edges.add(isThere ? groupFor(nodes, dependent, name) : groupBefore(nodes, before, name), dependent, traits.open);
  }
}

const TRAITS = { state: traitsFor("state"), erased: traitsFor("erased") };

/** Traits of the edge from the only object that can be meant, and of the one from a group. */
function traitsFor(basis: "state" | "erased") {
  const both = (direct: boolean) => ({
    certain: traitsOf({ basis, certain: true, direct }),
    open: traitsOf({ basis, certain: false, direct }),
  });
  return { direct: both(true), implied: both(false) };
}

function groupFor(nodes: Nodes, dependent: number, name: number): number {
  const isAtHome = nodes.homeOf(nodes.blockOf(dependent)) === nodes.homeOf(name);
  return isAtHome ? nodes.within(nodes.moduleOf(dependent), name) : nodes.everywhere(name);
}

/** A list was made where the dependent stood then: which instances of a module it means is to be told from there. */
function groupBefore(nodes: Nodes, previousAddress: string, name: number): number {
  const { module, moduleConfig } = parseAddress(previousAddress);
  const isAtHome = nodes.home(moduleConfig) === nodes.homeOf(name);
  return isAtHome ? nodes.within(nodes.moduleNumber(module), name) : nodes.everywhere(name);
}
