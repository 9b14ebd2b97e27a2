/** Which instance really depends on which: computed from the configuration that the tests made, not from what Terraform says. */

import { evaluate, ModuleInstance, type Place } from "./evaluate.ts";
import { blockInstances, moduleInstances } from "./instances.ts";
import type { Block, Expression, Module } from "./model.ts";
import { readsOf, repetitionReads } from "./reads.ts";
import { Unresolvable, usesOf, type Value } from "./value.ts";

/**
 * Dependent to what it depends on. `strict`: the instances whose values end up in it, and the member of `for_each` (or of a
 * counted list) that it exists for. `loose`: also what else has to be evaluated for it, see `reads.ts`, and all that `count`
 * and `for_each` say, its own and those of the modules around it.
 */
export interface Truth {
  readonly strict: Dependencies;
  readonly loose: Dependencies;
}

/** Address to the addresses that it depends on. */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

/** @throws Unresolvable when the configuration does not hold */
export function truthOf(root: Module): Truth {
  const strict = new Map<string, ReadonlySet<string>>();
  const loose = new Map<string, ReadonlySet<string>>();
  for (const module of moduleInstances(new ModuleInstance(root))) {
    for (const { address, place, block } of blockInstances(module)) {
      const uses = [...usedBy(block, place), ...usedAround(module)];
      const reads = argumentsOf(block).flatMap((argument) => readsOf(argument, place));
      strict.set(address, new Set(uses));
      loose.set(
        address,
        new Set([...uses, ...reads, ...repetitionReads(block.repeat, place), ...repeatedAround(module)]),
      );
    }
  }
  return { strict, loose };
}

function argumentsOf({ input, triggers, precondition, replaceTriggeredBy }: Block): Expression[] {
  return [input, triggers, precondition, ...replaceTriggeredBy].filter((argument) => argument !== undefined);
}

function usedBy(block: Block, place: Place): string[] {
  return [
    ...argumentsOf(block).flatMap((argument) => used(evaluate(argument, place))),
    ...used(place.instance?.existsFor),
    ...block.dependsOn.flatMap((reference) => everythingIn(reference, place.module)),
  ];
}

/** What every object in a module instance depends on because of the calls that lead to it. */
function usedAround({ from }: ModuleInstance): string[] {
  if (!from) return [];
  const { call, place } = from;
  return [
    ...used(place.instance?.existsFor),
    ...call.dependsOn.flatMap((reference) => everythingIn(reference, place.module)),
    ...usedAround(place.module),
  ];
}

function repeatedAround({ from }: ModuleInstance): string[] {
  return from ? [...repetitionReads(from.call.repeat, from.place), ...repeatedAround(from.place.module)] : [];
}

/** `depends_on` means whole resources, and modules with everything in them. */
function everythingIn(reference: Expression, module: ModuleInstance): string[] {
  if (reference.kind !== "module") return used(evaluate(reference, { module, instance: undefined }));
  const call = module.module.calls.find(({ name }) => name === reference.name);
  if (!call) throw new Unresolvable(`no module ${reference.name}`);
  return module
    .modulesOf(call)
    .flatMap(({ inner }) => moduleInstances(inner))
    .flatMap((inside) => blockInstances(inside).map(({ address }) => address));
}

function used(value: Value | undefined): string[] {
  return value === undefined ? [] : [...usesOf(value)];
}

/** Everything that depends on an address, directly or not. */
export function dependentsIn(dependencies: Dependencies, address: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const queue = [address];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const [dependent, reads] of dependencies) {
      if (reached.has(dependent) || !reads.has(next)) continue;
      reached.add(dependent);
      queue.push(dependent);
    }
  }
  reached.delete(address);
  return reached;
}
