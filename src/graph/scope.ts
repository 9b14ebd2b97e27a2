/** Modules as they are entered on the way from one block to another. */

import { parseAddress } from "../model/address.ts";
import type { Configuration, ModuleCall } from "../model/configuration.ts";
import type { KeyTerm } from "./target.ts";

/** A module as it is entered from the instance that refers: where it is, and the keys on the way there. */
export interface Scope {
  readonly module: Configuration;
  readonly names: readonly string[];
  readonly keys: readonly KeyTerm[];
  /** Path and keys in one text: what is known of one scope holds for every other with the same. */
  readonly id: string;
  readonly parent: Scope | undefined;
  readonly call: ModuleCall | undefined;
}

/** Where following begins. */
export function rootScope(module: Configuration): Scope {
  return { module, names: [], keys: [], id: "", parent: undefined, call: undefined };
}

export function enter(scope: Scope, name: string, call: ModuleCall, key: KeyTerm): Scope {
  const keys = [...scope.keys, key];
  return {
    module: call.module,
    names: [...scope.names, name],
    keys,
    id: `${scope.id}.${name} ${key}`,
    parent: scope,
    call,
  };
}

/** The scope of a module around this one, itself included. */
export function ancestor(scope: Scope, path: string): Scope | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) if (at.module.path === path) return at;
  return undefined;
}

/** Addresses within their modules, by module path. */
export function byModule(blocks: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const address of blocks) {
    const { moduleConfig } = parseAddress(address);
    const local = moduleConfig === "" ? address : address.slice(moduleConfig.length + 1);
    const known = found.get(moduleConfig);
    if (known) known.push(local);
    else found.set(moduleConfig, [local]);
  }
  return found;
}

export function inModule(path: string, local: string): string {
  return path === "" ? local : `${path}.${local}`;
}
