/** Edges that references in the configuration give, for every instance of every block. */

import { keyOf, splitAddress } from "../model/address.ts";
import type { EdgeList } from "./edges.ts";
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
    const existing = targets.filter((target) => nodes.instancesOf(target.config).length > 0);
    if (existing.length === 0) continue;
    for (const dependent of nodes.instancesOf(config)) {
      const keys = keysOf(nodes, dependent);
      for (const target of existing) {
        const source = resolveTarget(nodes, dependent, keys, target);
        if (source === undefined) continue;
        const exact = source.kind === "object";
        const direct = target.waits !== true;
        edges.add(source.node, dependent, { basis: exact ? "exact" : "config", certain: exact, direct });
        count++;
      }
    }
  }
  return count;
}

/** What a reference comes to for one instance: the very object, or a group with the object meant in it. */
export interface ResolvedTarget {
  readonly kind: "object" | "group";
  readonly node: number;
}

/** `keys` are the dependent's own, see `keysOf`. `undefined` when nothing that exists is meant, or the instance itself is. */
export function resolveTarget(
  nodes: Nodes,
  dependent: number,
  keys: readonly string[],
  target: Target,
): ResolvedTarget | undefined {
  const { config, modules, keys: terms, proven } = target;
  const keyAt = (step: number): string => {
    const term = terms[step] ?? "";
    return typeof term === "number" ? (keys[term] ?? "") : term;
  };
  let module = "";
  modules.forEach((name, step) => {
    module += `${step === 0 ? "" : "."}module.${name}${keyAt(step)}`;
  });
  const resource = module === "" ? target.resource : `${module}.${target.resource}`;
  const own = keyAt(modules.length);
  // A key of `each` or `count` that stands beside a resource without instances of its own was not meant for it.
  const meant = isLiteral(target) ? undefined : nodes.object(resource);
  const aligned = typeof terms.at(-1) !== "number" || sameCount(nodes, dependent, own, config);
  const exact = proven && aligned ? (nodes.object(resource + own) ?? meant) : undefined;
  if (exact !== undefined) return exact === dependent ? undefined : { kind: "object", node: exact };
  if (isLiteral(target)) return undefined;
  return { kind: "group", node: groupFor(nodes, dependent, module, resource, config) };
}

/**
 * `count.index` means the instance of the same index where both are as many; where they are not, it has probably been computed
 * with (`count.index % length(...)`), which a plan does not show. Keys of `for_each` are not computed with.
 */
function sameCount(nodes: Nodes, dependent: number, key: string, config: string): boolean {
  if (!/^\[\d/.test(key)) return true;
  const others = nodes.instancesOf(config);
  const unkeyed = others.length === 1 && nodes.partsOf(others[0] ?? 0).key === "";
  return unkeyed || others.length === nodes.instancesOf(nodes.partsOf(dependent).config).length;
}

/** Keys of each step of an instance's path: one for each module, then its own. `""` where a step has none. */
export function keysOf(nodes: Nodes, node: number): string[] {
  const { module, key } = nodes.partsOf(node);
  if (!module.includes("["))
    return [
      ...module
        .split(".")
        .filter((_, place) => place % 2 === 1)
        .fill(""),
      key,
    ];
  const steps = module === "" ? [] : splitAddress(module);
  return [...steps.filter((_, position) => position % 2 === 1).map(keyOf), key];
}

/** The narrowest group that surely holds the instance meant; never one of another instance of the dependent's own module. */
function groupFor(nodes: Nodes, dependent: number, module: string, resource: string, config: string): number {
  if (nodes.hasResource(resource)) return nodes.within(module, config);
  const own = nodes.partsOf(dependent);
  return own.moduleConfig === nodes.moduleOf(config) ? nodes.within(own.module, config) : nodes.everywhere(config);
}

/** A reference that spells its key out, and no such instance exists: it depends on nothing that exists. */
function isLiteral({ keys, proven }: Target): boolean {
  const own = keys.at(-1);
  return proven && typeof own === "string" && own !== "";
}
