/** The rulesets that ship with firebreak, as layers. */

import rulesets from "../generated/rulesets.json" with { type: "json" };
import type { RawConfig } from "./config/raw.ts";
import type { Layer } from "./in-force.ts";

export const BUILT_IN: Readonly<Record<string, RawConfig>> = rulesets as Readonly<Record<string, RawConfig>>;

export function isBuiltIn(name: string): boolean {
  return Object.hasOwn(BUILT_IN, name);
}

/**
 * Puts a ruleset on top of layers. What it stands on is not applied again on top of what came after it, nor is the ruleset itself
 * where it is `shared`: there only for what names it.
 */
export function addBuiltIn(layers: Layer[], name: string, shared: boolean): void {
  const config = BUILT_IN[name];
  if (config === undefined || (shared && layers.some((layer) => layer.name === name))) return;
  for (const base of [config.extends ?? []].flat()) {
    if (typeof base === "string" && isBuiltIn(base)) addBuiltIn(layers, base, true);
  }
  layers.push({ name, config });
}
