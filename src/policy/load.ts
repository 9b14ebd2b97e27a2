/** From config files and ruleset names to a policy. Files are read by whoever calls. */

import { FirebreakError } from "../model/error.ts";
import type { Policy } from "../model/policy.ts";
import { addBuiltIn, isBuiltIn } from "./built-in.ts";
import type { Layer } from "./in-force.ts";
import { mergeLayers } from "./layers.ts";
import type { PolicyRequest } from "./request.ts";

/** @throws FirebreakError `bad-config`: every mistake of every file, each in a line */
export async function loadPolicy(request: PolicyRequest): Promise<Policy> {
  const layers = await layersOf(request);
  const policy = await withExpressions(mergeLayers(layers));
  if (Object.keys(policy.rego).length === 0) return policy;
  const { withRego } = await import("./rego/load.ts");
  const layerOf = (name: string): Layer | undefined =>
    layers.findLast(({ config }) => config.rego !== undefined && Object.hasOwn(config.rego, name));
  return { ...policy, rego: await withRego(policy.rego, layerOf, request.readRego ?? noRego) };
}

/** What ships with firebreak needs no reader of files: most runs have nothing else. */
async function layersOf(request: PolicyRequest): Promise<readonly Layer[]> {
  const names = request.rulesets.length > 0 || request.config ? request.rulesets : ["recommended"];
  if (request.config !== undefined || !names.every(isBuiltIn))
    return (await import("./loader.ts")).collectLayers(request);
  const layers: Layer[] = [];
  for (const name of names) addBuiltIn(layers, name, false);
  return layers;
}

async function noRego(): Promise<never> {
  throw new FirebreakError("bad-config", "policies in Rego cannot be read here");
}

/** Expressions made ready; only a policy that has one loads what they need. */
async function withExpressions(policy: Policy): Promise<Policy> {
  const rules = Object.entries(policy.custom);
  if (!rules.some(([, { expression }]) => expression !== undefined)) return policy;
  const { compile } = await import("./custom/cel.ts");
  const ready = rules.map(([name, rule]) => {
    return [name, rule.expression === undefined ? rule : { ...rule, holds: compile(rule.expression) }] as const;
  });
  return { ...policy, custom: Object.fromEntries(ready) };
}
