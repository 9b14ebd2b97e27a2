/**
 * The `configuration` section to the references in it: one walk finds the blocks, and a block is parsed when somebody asks.
 * Shape: Terraform's `internal/command/jsonconfig`.
 */

import type {
  CallArguments,
  ConfigBlock,
  ConfigResource,
  Configuration,
  ModuleCall,
  References,
} from "../../model/configuration.ts";
import { isObject } from "../../model/values.ts";
import { compileFields, endOf, newSlots, readFields, type Slots, startOf, walkArray } from "../json/fields.ts";
import { endOfValue, OPEN_BRACE, OPEN_BRACKET } from "../json/scan.ts";
import type { TextTable } from "../json/text-table.ts";
import { valueAt } from "../json/values.ts";
import { memoize } from "../memoize.ts";
import { eachKey, keysAt, referencesAt, referencesByKey, stringsAt, textAt } from "./expressions.ts";

/** Providers by key, with the references in their arguments. */
type Providers = ReadonlyMap<string, Provider>;

interface Provider {
  readonly path: string;
  readonly name: string | undefined;
  readonly references: References;
  /** It has no arguments. */
  readonly isEmpty: boolean;
}

/** The root module with everything below it; `undefined` when the section at `start` is not one that Terraform writes. */
export function toConfiguration(texts: TextTable, start: number): Configuration | undefined {
  const { bytes } = texts;
  if (bytes[start] !== OPEN_BRACE) return undefined;
  let providerSection: number | undefined;
  const providers = memoize(() => toProviders(texts, providerSection));
  const context: Context = { texts, providers, slots: newSlots(BLOCK_FIELDS) };
  let root: Configuration | undefined;
  eachKey(texts, start, (name, at) => {
    if (name === "provider_config") providerSection = at;
    if (name !== "root_module" || bytes[at] !== OPEN_BRACE) return endOfValue(bytes, at);
    const { module, end } = toModule(context, at, "");
    root = module;
    return end;
  });
  return root;
}

/** `internal/command/jsonconfig` leaves them out. */
const NO_LOCALS: Configuration["locals"] = new Map();

interface Context {
  readonly texts: TextTable;
  /** One set for all blocks: they are read out before the next one is. */
  readonly slots: Slots;
  readonly providers: () => Providers;
}

/** The module at `start` and the offset behind it. Bytes are walked over once, however deep modules are nested, and those of a list once more when it is asked for. */
function toModule(
  context: Context,
  start: number,
  path: string,
): { readonly module: Configuration; readonly end: number } {
  const { texts } = context;
  const { bytes } = texts;
  let resources: number | undefined;
  const calls = new Map<string, ModuleCall>();
  let outputs: number | undefined;
  const end = eachKey(texts, start, (name, at) => {
    if (name === "resources" && bytes[at] === OPEN_BRACKET) resources = at;
    if (name === "module_calls" && bytes[at] === OPEN_BRACE) {
      return eachKey(texts, at, (call, callAt) => {
        if (bytes[callAt] !== OPEN_BRACE) return endOfValue(bytes, callAt);
        const found = toCall(context, callAt, path === "" ? `module.${call}` : `${path}.module.${call}`);
        calls.set(call, found.call);
        return found.end;
      });
    }
    if (name === "outputs") outputs = at;
    return endOfValue(bytes, at);
  });
  const module = {
    path,
    resources: memoize(() => toResources(context, resources)),
    calls,
    outputs: memoize(() => toOutputs(texts, outputs)),
    locals: NO_LOCALS,
  };
  return { module, end };
}

const BLOCK_FIELDS = compileFields({
  address: true,
  expressions: true,
  provisioners: true,
  provider_config_key: true,
  for_each_expression: true,
  count_expression: true,
  depends_on: true,
});

/** The list of resources at an offset; no list is an empty one. */
function toResources(context: Context, list: number | undefined): ReadonlyMap<string, Block> {
  const { texts, slots } = context;
  const resources = new Map<string, Block>();
  if (list === undefined) return resources;
  walkArray(texts.bytes, list, (at) => {
    const end = readFields(texts.bytes, at, BLOCK_FIELDS, slots);
    const start = startOf(slots, 0);
    if (start !== 0) resources.set(texts.at(start, endOf(slots, 0)), new Block(context, at));
    return end;
  });
  return resources;
}

/** Where a block stands: there may be tens of thousands, of which few are read. */
class Block implements ConfigBlock {
  private readonly context: Context;
  private readonly start: number;

  constructor(context: Context, start: number) {
    this.context = context;
    this.start = start;
  }

  /** Not memoized: whoever follows references asks for a block once. */
  read(): ConfigResource {
    return toResource(this.context, this.start);
  }
}

function toCall(context: Context, start: number, path: string): { readonly call: ModuleCall; readonly end: number } {
  const { texts } = context;
  const { bytes } = texts;
  const keys = new Map<string, number>();
  let module = emptyModule(path);
  const end = eachKey(texts, start, (name, at) => {
    if (name === "module" && bytes[at] === OPEN_BRACE) {
      const found = toModule(context, at, path);
      module = found.module;
      return found.end;
    }
    keys.set(name, at);
    return endOfValue(bytes, at);
  });
  return { call: { module, arguments: memoize(() => toArguments(texts, keys)) }, end };
}

/** Visits the entries of an object that are objects themselves. */
function eachObject(texts: TextTable, at: number | undefined, visit: (name: string, at: number) => void): void {
  for (const [name, value] of keysAt(texts, at)) if (texts.bytes[value] === OPEN_BRACE) visit(name, value);
}

/** A call of a module that the plan does not describe. */
function emptyModule(path: string): Configuration {
  return { path, resources: () => new Map(), calls: new Map(), outputs: () => new Map(), locals: NO_LOCALS };
}

function toArguments(texts: TextTable, keys: ReadonlyMap<string, number>): CallArguments {
  const of = (name: string): References => referencesAt(texts, keys.get(name));
  return {
    inputs: referencesByKey(texts, keys.get("expressions")),
    forEach: of("for_each_expression"),
    count: of("count_expression"),
    dependsOn: stringsAt(texts, keys.get("depends_on")),
  };
}

function toOutputs(texts: TextTable, section: number | undefined): ReadonlyMap<string, References> {
  const outputs = new Map<string, References>();
  eachObject(texts, section, (name, output) => {
    const keys = keysAt(texts, output);
    const dependsOn = stringsAt(texts, keys.get("depends_on"));
    outputs.set(name, [...referencesAt(texts, keys.get("expression")), ...dependsOn]);
  });
  return outputs;
}

function toProviders(texts: TextTable, section: number | undefined): Providers {
  const providers = new Map<string, Provider>();
  eachObject(texts, section, (key, provider) => {
    const keys = keysAt(texts, provider);
    const path = textAt(texts, keys.get("module_address")) ?? "";
    const name = textAt(texts, keys.get("name"));
    const isEmpty = keysAt(texts, keys.get("expressions")).size === 0;
    providers.set(key, { path, name, references: referencesAt(texts, keys.get("expressions")), isEmpty });
  });
  return providers;
}

function toResource({ texts, slots, providers }: Context, start: number): ConfigResource {
  readFields(texts.bytes, start, BLOCK_FIELDS, slots);
  const own = placeIn(slots, 1);
  const expressions = new Map<string, References>();
  for (const [name, references] of referencesByKey(texts, own)) {
    if (references.length > 0) expressions.set(name, references);
  }
  const provisioners = referencesAt(texts, placeIn(slots, 2));
  if (provisioners.length > 0) expressions.set("provisioner", provisioners);
  const providerKey = textAt(texts, placeIn(slots, 3)) ?? "";
  const provider = providers().get(providerKey);
  return {
    expressions,
    forEach: referencesAt(texts, placeIn(slots, 4)),
    count: referencesAt(texts, placeIn(slots, 5)),
    dependsOn: stringsAt(texts, placeIn(slots, 6)),
    computed: () => computedArguments(texts, own),
    onlyProvider: () => isOnly(providerKey, providers()),
    ...(provider && provider.references.length > 0 && { provider }),
  };
}

function placeIn(slots: Slots, slot: number): number | undefined {
  return startOf(slots, slot) || undefined;
}

/** Arguments with an empty expression in them: jsonconfig writes a constant or references, and nothing for anything else. */
function computedArguments(texts: TextTable, expressions: number | undefined): ReadonlySet<string> {
  const computed = new Set<string>();
  const { bytes } = texts;
  for (const [name, at] of keysAt(texts, expressions)) {
    if (hasEmpty(valueAt(bytes, at, endOfValue(bytes, at)))) computed.add(name);
  }
  return computed;
}

/** Whether an expression is empty, or one in a nested block is. */
function hasEmpty(expression: unknown): boolean {
  if (Array.isArray(expression)) return expression.some(hasEmpty);
  if (!isObject(expression) || "constant_value" in expression || "references" in expression) return false;
  const nested = Object.values(expression);
  return nested.length === 0 || nested.some(hasEmpty);
}

/**
 * Keys are `aws`, `aws.alias`, `module.path:aws`. A block that has an alias is rarely the only one. Modules that use a provider
 * which nobody configures have an entry each, without arguments: these all reach the same place.
 */
function isOnly(key: string, providers: Providers): boolean {
  const own = key.slice(key.lastIndexOf(":") + 1);
  if (own.includes(".")) return false;
  const blocks = [...providers].filter(([other, { name }]) => (name ?? other) === own);
  const isImplied = (place: string, { isEmpty }: Provider): boolean => isEmpty && place.includes(":");
  return new Set(blocks.map(([place, provider]) => (isImplied(place, provider) ? "" : place))).size < 2;
}
