/** What a `moved` block can name: a module or a resource, all of its instances or one; each is a container of objects. */

import { compareText, keyOf, splitAddress } from "../../model/address.ts";
import type { ResourceChange } from "../../model/plan.ts";

export interface Container {
  /** Its address, which its members' addresses begin with. */
  readonly prefix: string;
  /** In the order of what their addresses have behind the prefix. */
  readonly members: readonly ResourceChange[];
  /** Types and rests of the addresses: two containers with the same one correspond member by member. */
  readonly shape: string;
}

/** Addresses of all containers of an object, itself included: modules from the outside in, then resource, then instance. */
export function prefixesOf(address: string): string[] {
  const steps = splitAddress(address);
  const prefixes: string[] = [];
  let text = "";
  for (let place = 1; place < steps.length; place += 2) {
    const step = steps[place] ?? "";
    text += `${text === "" ? "" : "."}${steps[place - 1]}.${step}`;
    const key = keyOf(step);
    if (key !== "") prefixes.push(text.slice(0, text.length - key.length));
    prefixes.push(text);
  }
  return prefixes;
}

/** The key at the end of a container's address, brackets included; `""` when it has none. */
export function lastKey(prefix: string): string {
  return keyOf(splitAddress(prefix).at(-1) ?? "");
}

/**
 * Where to look for a counterpart, the nearest first: its own family, its own module instance, module instances with the same
 * keys, anywhere.
 */
export function scopesOf(prefix: string): readonly string[] {
  const family = prefix.slice(0, prefix.length - lastKey(prefix).length);
  const module = prefixesOf(prefix).findLast((above) => isAbove(above, family)) ?? "";
  const keys = splitAddress(module).map(keyOf);
  return [`family ${family}`, `module ${module}`, `keys ${keys.join(" ")}`, "all"];
}

function isAbove(above: string, prefix: string): boolean {
  return prefix.startsWith(`${above}.`);
}

/** The containers that hold nothing but these objects; `others` are objects that may not be in one. */
export function containersOf(objects: readonly ResourceChange[], others: Iterable<string>): Container[] {
  const mixed = new Set<string>();
  for (const address of others) for (const prefix of prefixesOf(address)) mixed.add(prefix);
  const members = new Map<string, ResourceChange[]>();
  for (const object of objects) {
    for (const prefix of prefixesOf(object.address)) {
      if (mixed.has(prefix)) continue;
      const known = members.get(prefix);
      if (known) known.push(object);
      else members.set(prefix, [object]);
    }
  }
  return [...members].map(([prefix, list]) => {
    const rest = ({ address }: ResourceChange): string => address.slice(prefix.length);
    const sorted = list.toSorted((left, right) => compareText(rest(left), rest(right)));
    const shape = JSON.stringify(sorted.map((object) => [object.type, rest(object)]));
    return { prefix, members: sorted, shape };
  });
}
