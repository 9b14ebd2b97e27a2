/** What a reference comes to, in terms that every instance of the referring block can fill in. */

import type { References } from "../model/configuration.ts";

/**
 * The instance key of one step of a target's path, seen from the instance that refers to it: a number is the key of the
 * referring instance's own step at that depth, a text a key as written, `null` not known (or no key at all).
 */
export type KeyTerm = number | string | null;

/** What `each` and `count` stand for where an expression is written. */
export interface Repetition {
  readonly key: KeyTerm;
  readonly forEach: References;
}

/** A resource that another one refers to. */
export interface Target {
  /** Module names from the root down, without keys. */
  readonly modules: readonly string[];
  /** `aws_vpc.main`, within its module. */
  readonly resource: string;
  /** The same with the module path in front: its configuration address. */
  readonly config: string;
  /** One term for each module, then one for the resource itself. */
  readonly keys: readonly KeyTerm[];
  /** The argument of the referring block, and the references from there on, step by step; only when traced. */
  readonly trace?: { readonly argument: string; readonly via: readonly string[] };
  /** Whether the terms are all that the reference says; `false` when it names more than could be told apart. */
  readonly proven: boolean;
  /** Only the order of work says so, of a module as a whole; a reference that carries a value is the better explanation. */
  readonly waits?: boolean;
}

/** Each target once. */
export function distinct(targets: readonly Target[]): readonly Target[] {
  if (targets.length < 2) return targets;
  const seen = new Set<string>();
  return targets.filter(({ config, keys, proven, waits = false }) => {
    const key = `${config} ${keys.join(" ")} ${proven} ${waits}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** A local that leads nowhere, as a target: for all that is known it may stand for anything. */
export function unfollowedLocal(
  {
    names,
    keys,
    module,
  }: {
    readonly names: readonly string[];
    readonly keys: readonly KeyTerm[];
    readonly module: { readonly path: string };
  },
  name: string,
): Target {
  const resource = `local.${name}`;
  const config = module.path === "" ? resource : `${module.path}.${resource}`;
  return { modules: names, resource, config, keys: [...keys, null], proven: false };
}

export function unproven(target: Target): Target {
  return { ...target, proven: false };
}

/** Terraform comes to it first, but no value of it need arrive. */
export function waiting(target: Target): Target {
  return { ...target, proven: false, waits: true };
}

/** With one more reference on the way. */
export function throughReference(reference: string, targets: readonly Target[]): readonly Target[] {
  return targets.map((target) => {
    const { argument = "", via = [] } = target.trace ?? {};
    return { ...target, trace: { argument, via: [reference, ...via] } };
  });
}

/** Of the argument whose expression led there. */
export function fromArgument(argument: string, targets: readonly Target[]): readonly Target[] {
  return targets.map((target) => ({ ...target, trace: { argument, via: target.trace?.via ?? [] } }));
}

export const NO_TARGETS: readonly Target[] = [];
