/** Weights of changes: merged from layers, and looked up by type and action. */

import type { Weight, Weights } from "../model/policy.ts";
import type { RawConfig, RawWeight } from "./config/raw.ts";
import { matchesText } from "./patterns.ts";

/** Every ending object counts one, and nothing else counts. */
export const NO_WEIGHTS: Weights = { default: { delete: 1, replace: 1, create: 0, modify: 0 }, types: {} };

export function mergeWeights(base: Weights, layer: NonNullable<RawConfig["weights"]>): Weights {
  const types = Object.entries(layer.types ?? {}).map(([type, weight]) => {
    const before = Object.hasOwn(base.types, type) ? base.types[type] : {};
    return [type, typeof weight === "number" ? toWeight(weight) : { ...before, ...weight }] as const;
  });
  return {
    default: layer.default === undefined ? base.default : completed(toWeight(layer.default), base.default),
    types: { ...base.types, ...Object.fromEntries(types) },
  };
}

/** One number is that of what ends. */
function toWeight(weight: RawWeight): Partial<Weight> {
  return typeof weight === "number" ? { delete: weight, replace: weight, create: 0, modify: 0 } : weight;
}

/** A replacement deletes and creates: where its own weight is not given, it weighs both. */
function completed(own: Partial<Weight>, base: Weight): Weight {
  const whole = { ...base, ...own };
  const isGiven = own.replace !== undefined || own.delete === undefined;
  return isGiven ? whole : { ...whole, replace: whole.delete + whole.create };
}

/** The type's own weight, else that of the longest pattern that matches, else the default: an unlisted type is never free. */
export function weightOf(type: string, weights: Weights): Weight {
  if (Object.hasOwn(weights.types, type)) return completed(weights.types[type] ?? {}, weights.default);
  let longest: string | undefined;
  for (const pattern of Object.keys(weights.types)) {
    if ((longest === undefined || pattern.length > longest.length) && matchesText(pattern, type)) longest = pattern;
  }
  return completed((longest === undefined ? undefined : weights.types[longest]) ?? {}, weights.default);
}
