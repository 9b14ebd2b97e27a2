/** Edges that references in the configuration give, for every instance of every block. */

import { keyOf, splitAddress } from "../model/address.ts";
import { type EdgeList, traitsOf } from "./edges.ts";
import type { Nodes } from "./nodes.ts";
import type { Target } from "./target.ts";

/** How many references come to something that exists. */
export function addConfigEdges(
  nodes: Nodes,
  edges: EdgeList,
  references: ReadonlyMap<string, readonly Target[]>,
): number {
  let count = 0;
  for (const [config, targets] of references) {
    const block = nodes.blocks.find(config);
    if (block === undefined || nodes.instanceCount(block) === 0) continue;
    const existing = targets.flatMap((target) => existingTarget(nodes, target) ?? []);
    if (existing.length > 0) count += addReferences(nodes, edges, block, existing);
  }
  return count;
}

/** A target whose block has objects. */
export interface ExistingTarget {
  readonly target: Target;
  readonly block: number;
}

export function existingTarget(nodes: Nodes, target: Target): ExistingTarget | undefined {
  const block = nodes.blocks.find(target.config);
  return block === undefined || nodes.instanceCount(block) === 0 ? undefined : { target, block };
}

function addReferences(nodes: Nodes, edges: EdgeList, block: number, targets: readonly ExistingTarget[]): number {
  let count = 0;
  let module: number | undefined;
  let keys: string[] = [];
  const sources: (number | undefined)[] = [];
  for (let position = 0; position < nodes.instanceCount(block); position++) {
    const dependent = nodes.instance(block, position);
    const isNext = nodes.moduleOf(dependent) !== module;
    if (isNext) keys = keysOf(nodes, dependent);
    else keys[keys.length - 1] = nodes.partsOf(dependent).key;
    module = nodes.moduleOf(dependent);
    for (let place = 0; place < targets.length; place++) {
      const meant = targets[place] as ExistingTarget;
      // In one module instance a target is the same for all instances of the block, unless it goes by their own keys.
      const isOwn = meant.target.keys.includes(keys.length - 1);
      if (isNext || isOwn) sources[place] = resolveTarget(nodes, dependent, keys, meant);
      const source = sources[place];
      if (source === undefined || source === dependent) continue;
      const traits = meant.target.waits === true ? INDIRECT : DIRECT;
      edges.add(source, dependent, nodes.isObject(source) ? traits.exact : traits.open);
      count++;
    }
  }
  return count;
}

const DIRECT = traitsFor(true);
const INDIRECT = traitsFor(false);

/** Traits of the edge from the very object that is meant, and of the one from a group that holds it. */
function traitsFor(direct: boolean) {
  return {
    exact: traitsOf({ basis: "exact", certain: true, direct }),
    open: traitsOf({ basis: "config", certain: false, direct }),
  };
}

/**
 * What a reference comes to for one instance: the very object, which may be the instance itself, or a group with the object
 * meant in it. `keys` are the dependent's own, see `keysOf`. `undefined` when nothing that exists is meant.
 */
export function resolveTarget(
  nodes: Nodes,
  dependent: number,
  keys: readonly string[],
  { target, block }: ExistingTarget,
): number | undefined {
  const { modules, keys: terms, proven } = target;
  const keyAt = (step: number): string => {
    const term = terms[step] ?? "";
    return typeof term === "number" ? (keys[term] ?? "") : term;
  };
  let module = "";
  for (let step = 0; step < modules.length; step++) {
    module += `${step === 0 ? "" : "."}module.${modules[step]}${keyAt(step)}`;
  }
  const resource = module === "" ? target.resource : `${module}.${target.resource}`;
  const own = keyAt(modules.length);
  // A key of `each` or `count` that stands beside a resource without instances of its own was not meant for it.
  const meant = isLiteral(target) ? undefined : nodes.object(resource);
  const aligned = typeof terms.at(-1) !== "number" || sameCount(nodes, dependent, own, block);
  const exact = proven && aligned ? ((own === "" ? undefined : nodes.object(resource + own)) ?? meant) : undefined;
  if (exact !== undefined) return exact;
  return isLiteral(target) ? undefined : groupFor(nodes, dependent, module, block);
}

/**
 * `count.index` means the instance of the same index where both are as many; where they are not, it has probably been computed
 * with (`count.index % length(...)`), which a plan does not show. Keys of `for_each` are not computed with.
 */
function sameCount(nodes: Nodes, dependent: number, key: string, block: number): boolean {
  if (!/^\[\d/.test(key)) return true;
  const others = nodes.instanceCount(block);
  const isUnkeyed = others === 1 && nodes.partsOf(nodes.instance(block, 0)).key === "";
  return isUnkeyed || others === nodes.instanceCount(nodes.blockOf(dependent));
}

/** Keys of each step of an instance's path: one for each module, then its own. `""` where a step has none. */
export function keysOf(nodes: Nodes, node: number): string[] {
  const { module, key } = nodes.partsOf(node);
  const steps = module === "" ? [] : splitAddress(module);
  return [...steps.filter((_, position) => position % 2 === 1).map(keyOf), key];
}

/** The narrowest group that surely holds the instance meant; never one of another instance of the dependent's own module. */
function groupFor(nodes: Nodes, dependent: number, module: string, block: number): number {
  const there = nodes.moduleNumber(module);
  if (nodes.hasResource(there, block)) return nodes.within(there, block);
  const isAtHome = nodes.homeOf(nodes.blockOf(dependent)) === nodes.homeOf(block);
  return isAtHome ? nodes.within(nodes.moduleOf(dependent), block) : nodes.everywhere(block);
}

/** A reference that spells its key out, and no such instance exists: it depends on nothing that exists. */
function isLiteral({ keys, proven }: Target): boolean {
  const own = keys.at(-1);
  return proven && typeof own === "string" && own !== "";
}
