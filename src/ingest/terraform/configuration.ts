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
  type Span,
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
  let providerSpan: Span | undefined;
  const providers = memoize(() => toProviders(spanValue(bytes, providerSpan)));
  let root: Configuration | undefined;
  eachKey(bytes, start, (name, at) => {
    if (name === "provider_config") providerSpan = { start: at, end: endOfValue(bytes, at) };
    if (name !== "root_module" || bytes[at] !== OPEN_BRACE) return endOfValue(bytes, at);
    const { module, end } = toModule({ bytes, providers }, at, "");
    root = module;
    return end;
  });
  return root;
}

interface Context {
  readonly bytes: Buffer;
  readonly providers: () => Providers;
}

/** The module at `start` and the offset behind it. Every byte is walked over once, however deep modules are nested. */
function toModule(
  context: Context,
  start: number,
  path: string,
): { readonly module: Configuration; readonly end: number } {
  const { bytes } = context;
  let resources: ReadonlyMap<string, () => ConfigResource> = new Map();
  const calls = new Map<string, ModuleCall>();
  let outputs: Span | undefined;
  const end = eachKey(bytes, start, (name, at) => {
    if (name === "resources" && bytes[at] === OPEN_BRACKET) {
      const list = toResources(context, at);
      resources = list.resources;
      return list.end;
    }
    if (name === "module_calls" && bytes[at] === OPEN_BRACE) {
      return eachKey(bytes, at, (call, callAt) => {
        if (bytes[callAt] !== OPEN_BRACE) return endOfValue(bytes, callAt);
        const found = toCall(context, callAt, path === "" ? `module.${call}` : `${path}.module.${call}`);
        calls.set(call, found.call);
        return found.end;
      });
    }
    const valueEnd = endOfValue(bytes, at);
    if (name === "outputs") outputs = { start: at, end: valueEnd };
    return valueEnd;
  });
  return { module: { path, resources, calls, outputs: memoize(() => toOutputs(spanValue(bytes, outputs))) }, end };
}

const RESOURCE_FIELDS = compileFields({ address: true });

function toResources(
  context: Context,
  list: number,
): { readonly resources: ReadonlyMap<string, () => ConfigResource>; readonly end: number } {
  const { bytes } = context;
  const resources = new Map<string, () => ConfigResource>();
  const slots = newSlots(RESOURCE_FIELDS);
  const listEnd = walkArray(bytes, list, (at) => {
    const end = readFields(bytes, at, RESOURCE_FIELDS, slots);
    const start = startOf(slots, 0);
    // Not memoized: whoever follows references asks for a block once.
    const read = (): ConfigResource => toResource(valueAt(bytes, at, end), context.providers());
    if (start !== 0) resources.set(stringAt(bytes, start, endOf(slots, 0)), read);
    return end;
  });
  return { resources, end: listEnd };
}

function toCall(context: Context, start: number, path: string): { readonly call: ModuleCall; readonly end: number } {
  const { bytes } = context;
  const spans = new Map<string, Span>();
  let module = emptyModule(path);
  const end = eachKey(bytes, start, (name, at) => {
    if (name === "module" && bytes[at] === OPEN_BRACE) {
      const found = toModule(context, at, path);
      module = found.module;
      return found.end;
    }
    const valueEnd = endOfValue(bytes, at);
    spans.set(name, { start: at, end: valueEnd });
    return valueEnd;
  });
  const value = (name: string): unknown => spanValue(bytes, spans.get(name));
  const read = (): CallArguments =>
    toArguments(value("expressions"), value("for_each_expression"), value("count_expression"), value("depends_on"));
  return { call: { module, arguments: memoize(read) }, end };
}

/** Visits each entry of the object at `start` by name and returns the offset behind it. */
function eachKey(bytes: Buffer, start: number, visit: (name: string, at: number) => number): number {
  return walkObject(bytes, start, (keyStart, keyEnd, at) => visit(stringAt(bytes, keyStart - 1, keyEnd + 1), at));
}

function spanValue(bytes: Buffer, span: Span | undefined): unknown {
  return span && valueAt(bytes, span.start, span.end);
}

/** A call of a module that the plan does not describe. */
function emptyModule(path: string): Configuration {
  return { path, resources: new Map(), calls: new Map(), outputs: () => new Map() };
}

function toArguments(expressions: unknown, forEach: unknown, count: unknown, dependsOn: unknown): CallArguments {
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
