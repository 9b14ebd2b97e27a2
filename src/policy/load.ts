/** From config files and ruleset names to the layers of a policy. Files are read by whoever calls. */

import rulesets from "../generated/rulesets.json" with { type: "json" };
import { FirebreakError } from "../model/error.ts";
import type { Policy } from "../model/policy.ts";
import type { RawConfig } from "./config/raw.ts";
import { type Layer, mergeLayers } from "./layers.ts";

/** A config file: how it is named in messages, and its text. */
export interface ConfigFile {
  readonly name: string;
  readonly text: string;
}

export interface PolicyRequest {
  /** The repository's own config; without one, `recommended` holds. */
  readonly config?: ConfigFile | undefined;
  /** Names or files from the command line, on top of the config; without a config, in place of `recommended`. */
  readonly rulesets: readonly string[];
  /** Reads a file that a config or the command line names; `from` is the config that names it, if one does. */
  readonly readFile: (path: string, from?: string) => Promise<ConfigFile>;
}

const BUILT_IN: Readonly<Record<string, RawConfig>> = rulesets as Readonly<Record<string, RawConfig>>;

/** Files that extend each other deeper than this do so in a circle. */
const DEEPEST = 20;

/** @throws FirebreakError `bad-config` */
export async function loadPolicy(request: PolicyRequest): Promise<Policy> {
  const layers: Layer[] = [];
  if (request.config) layers.push(...(await layersOf(request.config, request, 0)));
  const named = request.rulesets.length > 0 || request.config ? request.rulesets : ["recommended"];
  for (const name of named) layers.push(...(await layersNamed(name, undefined, request, 0)));
  return mergeLayers(layers);
}

async function layersOf(file: ConfigFile, request: PolicyRequest, depth: number): Promise<Layer[]> {
  const { parseConfig } = await import("./config/parse.ts");
  return withBases({ name: file.name, config: await parseConfig(file.text, file.name) }, request, depth);
}

async function withBases(layer: Layer, request: PolicyRequest, depth: number): Promise<Layer[]> {
  if (depth > DEEPEST) {
    throw new FirebreakError("bad-config", `${layer.name}: extends goes round in a circle`, {
      hint: "Take one of the files out of the circle.",
    });
  }
  const layers: Layer[] = [];
  for (const name of [layer.config.extends ?? "recommended"].flat()) {
    layers.push(...(await layersNamed(name, layer.name, request, depth + 1)));
  }
  return [...layers, layer];
}

async function layersNamed(
  name: string,
  from: string | undefined,
  request: PolicyRequest,
  depth: number,
): Promise<Layer[]> {
  const builtIn = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
  if (builtIn) return withBases({ name, config: builtIn }, request, depth);
  if (!/[./\\]/.test(name)) {
    const where = from === undefined ? "--ruleset" : `${from}: extends`;
    const known = Object.keys(BUILT_IN);
    throw new FirebreakError(
      "bad-config",
      `${where}: unknown ruleset "${name}". Known: ${known.join(", ")}, or the path of a file`,
    );
  }
  return layersOf(await request.readFile(name, from), request, depth);
}
