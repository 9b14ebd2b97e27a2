/**
 * The `configuration` section to the references in it: one walk finds the blocks, and a block is parsed when somebody asks.
 * Shape: Terraform's `internal/command/jsonconfig`.
 */

import type {
  CallArguments,
  ConfigResource,
  Configuration,
  ModuleCall,
  References,
} from "../../model/configuration.ts";
import {
  compileFields,
  endOf,
  newSlots,
  readFields,
  type Slots,
  startOf,
  walkArray,
  walkObject,
} from "../json/fields.ts";
import { endOfValue, OPEN_BRACE, OPEN_BRACKET } from "../json/scan.ts";
import { stringAt, valueAt } from "../json/values.ts";
import { memoize } from "../memoize.ts";
import { isObject } from "./values.ts";

/** Providers by key, with the references in their arguments. */
type Providers = ReadonlyMap<string, { readonly path: string; readonly references: References }>;

/** The root module with everything below it; `undefined` when the section at `start` is not one that Terraform writes. */
export function toConfiguration(bytes: Buffer, start: number): Configuration | undefined {
  if (bytes[start] !== OPEN_BRACE) return undefined;
  const slots = newSlots(SECTION_FIELDS);
  readFields(bytes, start, SECTION_FIELDS, slots);
  const root = objectIn(bytes, slots, 1);
  if (root === undefined) return undefined;
  const providers = memoize(() => toProviders(valueIn(bytes, slots, 0)));
  return toModule({ bytes, providers }, root, "");
}

const SECTION_FIELDS = compileFields({ provider_config: true, root_module: true });
const MODULE_FIELDS = compileFields({ resources: true, module_calls: true, outputs: true });
const RESOURCE_FIELDS = compileFields({ address: true });
const CALL_FIELDS = compileFields({
  module: true,
  expressions: true,
  for_each_expression: true,
  count_expression: true,
  depends_on: true,
});

interface Context {
  readonly bytes: Buffer;
  readonly providers: () => Providers;
}

function toModule(context: Context, start: number, path: string): Configuration {
  const { bytes } = context;
  const slots = newSlots(MODULE_FIELDS);
  readFields(bytes, start, MODULE_FIELDS, slots);
  const calls = new Map<string, ModuleCall>();
  const callsAt = objectIn(bytes, slots, 1);
  if (callsAt !== undefined) {
    walkObject(bytes, callsAt, (keyStart, keyEnd, at) => {
      const name = stringAt(bytes, keyStart - 1, keyEnd + 1);
      if (bytes[at] === OPEN_BRACE)
        calls.set(name, toCall(context, at, path === "" ? `module.${name}` : `${path}.module.${name}`));
      return endOfValue(bytes, at);
    });
  }
  return {
    path,
    resources: resourcesOf(context, slots),
    calls,
    outputs: memoize(() => toOutputs(valueIn(bytes, slots, 2))),
  };
}

function resourcesOf(context: Context, module: Slots): ReadonlyMap<string, () => ConfigResource> {
  const { bytes } = context;
  const resources = new Map<string, () => ConfigResource>();
  const list = startOf(module, 0);
  if (list === 0 || bytes[list] !== OPEN_BRACKET) return resources;
  const slots = newSlots(RESOURCE_FIELDS);
  walkArray(bytes, list, (at) => {
    const end = readFields(bytes, at, RESOURCE_FIELDS, slots);
    const start = startOf(slots, 0);
    if (start === 0) return end;
    const read = memoize(() => toResource(valueAt(bytes, at, end), context.providers()));
    resources.set(stringAt(bytes, start, endOf(slots, 0)), read);
    return end;
  });
  return resources;
}

function toCall(context: Context, start: number, path: string): ModuleCall {
  const { bytes } = context;
  const slots = newSlots(CALL_FIELDS);
  readFields(bytes, start, CALL_FIELDS, slots);
  const module = objectIn(bytes, slots, 0);
  return {
    module: module === undefined ? emptyModule(path) : toModule(context, module, path),
    arguments: memoize(() => toArguments([1, 2, 3, 4].map((slot) => valueIn(bytes, slots, slot)))),
  };
}

/** A call of a module that the plan does not describe. */
function emptyModule(path: string): Configuration {
  return { path, resources: new Map(), calls: new Map(), outputs: () => new Map() };
}

function toArguments([expressions, forEach, count, dependsOn]: readonly unknown[]): CallArguments {
  const inputs = new Map<string, References>();
  if (isObject(expressions)) {
    for (const [name, expression] of Object.entries(expressions)) inputs.set(name, referencesIn(expression));
  }
  return { inputs, forEach: referencesIn(forEach), count: referencesIn(count), dependsOn: stringsOf(dependsOn) };
}

function toOutputs(section: unknown): ReadonlyMap<string, References> {
  const outputs = new Map<string, References>();
  for (const [name, output] of objectEntries(section)) {
    outputs.set(name, [...referencesIn(output["expression"]), ...stringsOf(output["depends_on"])]);
  }
  return outputs;
}

function toProviders(section: unknown): Providers {
  const providers = new Map<string, { path: string; references: References }>();
  for (const [key, provider] of objectEntries(section)) {
    const path = typeof provider["module_address"] === "string" ? provider["module_address"] : "";
    providers.set(key, { path, references: referencesIn(provider["expressions"]) });
  }
  return providers;
}

function toResource(value: unknown, providers: Providers): ConfigResource {
  const resource = isObject(value) ? value : {};
  const expressions = new Map<string, References>();
  const add = (name: string, expression: unknown): void => {
    const references = referencesIn(expression);
    if (references.length > 0) expressions.set(name, references);
  };
  if (isObject(resource["expressions"])) {
    for (const [name, expression] of Object.entries(resource["expressions"])) add(name, expression);
  }
  add("provisioner", resource["provisioners"]);
  const provider = providers.get(String(resource["provider_config_key"]));
  return {
    expressions,
    forEach: referencesIn(resource["for_each_expression"]),
    count: referencesIn(resource["count_expression"]),
    dependsOn: stringsOf(resource["depends_on"]),
    ...(provider && provider.references.length > 0 && { provider }),
  };
}

/** All `references` lists in an expression or in nested blocks of expressions, in order. */
function referencesIn(expression: unknown): References {
  const found: string[] = [];
  collectReferences(expression, found);
  return found;
}

function collectReferences(expression: unknown, into: string[]): void {
  if (Array.isArray(expression)) {
    for (const item of expression) collectReferences(item, into);
  } else if (isObject(expression)) {
    for (const [name, inner] of Object.entries(expression)) {
      if (name === "references") addList(stringsOf(inner), into);
      // A constant is data of the user's: it may look like anything, but refers to nothing.
      if (name !== "constant_value" && typeof inner === "object") collectReferences(inner, into);
    }
  }
}

function addList(references: readonly string[], into: string[]): void {
  if (references.length === 0) return;
  if (into.length > 0) into.push("");
  for (const reference of references) into.push(reference);
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

function objectEntries(value: unknown): [string, Record<string, unknown>][] {
  if (!isObject(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, Record<string, unknown>] => isObject(entry[1]));
}

/** Start of the object in a slot, `undefined` when the slot holds anything else. */
function objectIn(bytes: Buffer, slots: Slots, slot: number): number | undefined {
  const start = startOf(slots, slot);
  return start !== 0 && bytes[start] === OPEN_BRACE ? start : undefined;
}

function valueIn(bytes: Buffer, slots: Slots, slot: number): unknown {
  const start = startOf(slots, slot);
  return start === 0 ? undefined : valueAt(bytes, start, endOf(slots, slot));
}
