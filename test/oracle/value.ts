/** What an expression comes to, as far as the tests care: its shape, its keys, and which instances it is made of. */

import type { Key } from "./model.ts";

export type Value =
  | {
      readonly kind: "scalar";
      /** Addresses of the instances that it is read from. */
      readonly uses: ReadonlySet<string>;
      /** The text or number itself, where it may serve as a key. */
      readonly key?: Key;
      /** The one attribute that it is a plain copy of. */
      readonly origin?: { readonly address: string; readonly attribute: string };
    }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  /** Maps, objects, instances of resources and of modules. */
  | { readonly kind: "map"; readonly entries: ReadonlyMap<string, Value> };

/** The expression does not hold: Terraform would refuse it as well. */
export class Unresolvable extends Error {}

export function scalar(uses: Iterable<string>, key?: Key): Value {
  return { kind: "scalar", uses: new Set(uses), ...(key !== undefined && { key }) };
}

export function mapOf(entries: Iterable<readonly [string, Value]>): Value {
  return { kind: "map", entries: new Map(entries) };
}

/** All instances that the value is made of. */
export function usesOf(value: Value): ReadonlySet<string> {
  if (value.kind === "scalar") return value.uses;
  const parts = value.kind === "list" ? value.items : [...value.entries.values()];
  return new Set(parts.flatMap((part) => [...usesOf(part)]));
}

export function attributeOf(value: Value, name: string): Value {
  const found = value.kind === "map" ? value.entries.get(name) : undefined;
  if (found === undefined) throw new Unresolvable(`no attribute ${name}`);
  return found;
}

export function elementOf(value: Value, key: Value): Value {
  const wanted = key.kind === "scalar" ? key.key : undefined;
  if (value.kind === "map" && typeof wanted === "string") return attributeOf(value, wanted);
  const found = value.kind === "list" && typeof wanted === "number" ? value.items[wanted] : undefined;
  if (found === undefined) throw new Unresolvable(`no element ${wanted}`);
  return found;
}

/** Members of a list, or values of a map. */
export function membersOf(value: Value): readonly Value[] {
  if (value.kind === "scalar") throw new Unresolvable("no collection");
  return value.kind === "list" ? value.items : [...value.entries.values()];
}

/** A template and a joined list take texts and numbers only. */
export function textUses(value: Value): string[] {
  if (value.kind !== "scalar") throw new Unresolvable("no text");
  return [...value.uses];
}

export function numberIn(value: Value): number {
  if (value.kind === "scalar" && typeof value.key === "number") return value.key;
  throw new Unresolvable("no number");
}

export function keyIn(value: Value): string {
  if (value.kind === "scalar" && typeof value.key === "string") return value.key;
  throw new Unresolvable("no key");
}

export function lookedUp(table: readonly (readonly [string, string])[], key: string): string {
  const found = table.find(([from]) => from === key);
  if (!found) throw new Unresolvable(`no entry ${key}`);
  return found[1];
}
