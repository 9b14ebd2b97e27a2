/** References as the plan writes them: each followed by its prefixes, keys from `each` and `count` behind what they index. */

import { splitAddress } from "../model/address.ts";
import type { References } from "../model/configuration.ts";

/** Each reference without the prefixes that the plan lists behind it. Empty ones part the lists of several expressions. */
export function withoutPrefixes(references: References): string[] {
  const kept: string[] = [];
  for (const reference of references) {
    const last = kept.at(-1);
    if (last === undefined || !isPrefix(reference, last)) kept.push(reference);
  }
  return kept;
}

function isPrefix(shorter: string, longer: string): boolean {
  if (!longer.startsWith(shorter)) return false;
  const next = longer[shorter.length];
  return next === "." || next === "[";
}

/** Whether an expression refers to one whole thing and nothing else: `res`, `var.x`, `module.m.out`; not to an attribute of a resource. */
export function isBare(references: References): boolean {
  const [only, ...others] = withoutPrefixes(references);
  if (only === undefined || others.length > 0) return false;
  const steps = splitAddress(only);
  return only.startsWith("module.") || steps.length === (steps[0] === "data" ? 3 : 2);
}

/** What is indexed by an expression loses its attributes: `res.id` beside `each.key` is two references, `res` may be one. */
export function mayBeIndexed(reference: string): boolean {
  const steps = splitAddress(reference);
  return steps.length === (steps[0] === "data" ? 3 : 2);
}

/** `res[each.key].id` is written as `res`, then `each.key`. */
export function isRepetitionKey(reference: string | undefined): boolean {
  return reference === "each.key" || reference === "count.index";
}

/** A data source, by the address of its block within a module. */
export function isData(resource: string): boolean {
  return resource.startsWith("data.");
}
