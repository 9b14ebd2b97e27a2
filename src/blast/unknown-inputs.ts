/** Arguments whose value is known only after apply, and the changes that it depends on, by the references of the configuration. */

import { followReferences, type Target } from "../graph/index.ts";
import { keyOf, parseAddress, splitAddress } from "../model/address.ts";
import type { ConfigResource, Configuration } from "../model/configuration.ts";
import { type ChangePlan, endingOf, type ResourceChange } from "../model/plan.ts";
import type { UnknownCause } from "../model/suggestion.ts";
import { isObject, marksAny, ownValue } from "../model/values.ts";

export interface UnknownInput {
  readonly argument: string;
  /** Changes that may decide on the value. */
  readonly sources: readonly Source[];
  /** Something else may decide on it too: a local or a call of a function, which plans do not show. */
  readonly unclear: boolean;
}

interface Source {
  readonly change: ResourceChange;
  /** The attribute that is referred to: `module.a.aws_vpc.main.id`. */
  readonly reference: string;
}

/** Top-level arguments of which at least a part is only known after apply. */
export function unknownArguments(change: ResourceChange): string[] {
  const { afterUnknown } = change.values();
  if (!isObject(afterUnknown)) return [];
  return Object.keys(afterUnknown).filter((name) => marksAny(afterUnknown[name]));
}

/**
 * The unknown arguments of each change asked for that its block gives a value to; the others are the provider's to fill in.
 * A change without a block in the configuration has no entry.
 */
export function unknownInputs(
  plan: ChangePlan,
  asked: readonly ResourceChange[],
): ReadonlyMap<ResourceChange, readonly UnknownInput[]> {
  const root = plan.dependencies.configuration();
  if (root === undefined || asked.length === 0) return new Map();
  const configOf = (change: ResourceChange): string => parseAddress(change.address).config;
  const targets = followReferences(root, new Set(asked.map(configOf)), true);
  const changing = changesByConfig(plan);
  const found = new Map<ResourceChange, readonly UnknownInput[]>();
  for (const change of asked) {
    const config = configOf(change);
    const block = blockOf(root, config);
    if (block !== undefined) found.set(change, inputsOf(change, block, targets.get(config) ?? [], changing));
  }
  return found;
}

/** What every replacement waits for that only unknown values force. */
export function unknownCauses(plan: ChangePlan): ReadonlyMap<ResourceChange, readonly UnknownCause[]> {
  const open = plan.changes.filter(
    (change) =>
      change.action.kind === "replace" && endingOf(change) === "conditional" && change.replacePaths.length > 0,
  );
  const causes = new Map<ResourceChange, readonly UnknownCause[]>();
  for (const [change, inputs] of unknownInputs(plan, open)) {
    const forcing = new Set(change.replacePaths.map(([argument]) => argument));
    const found = inputs
      .filter(({ argument }) => forcing.has(argument))
      .flatMap(({ argument, sources }) => {
        const references = new Set(sources.map(({ reference }) => reference));
        return [...references].map((source) => ({ argument, source }));
      });
    causes.set(change, found);
  }
  return causes;
}

/** The block of a configuration address; `undefined` when the configuration has none. */
export function blockOf(root: Configuration, config: string): ConfigResource | undefined {
  const { moduleConfig } = parseAddress(config);
  const local = moduleConfig === "" ? config : config.slice(moduleConfig.length + 1);
  return moduleOf(root, moduleConfig)?.resources().get(local)?.read();
}

/** The module at a path without keys. */
export function moduleOf(root: Configuration, path: string): Configuration | undefined {
  let module: Configuration | undefined = root;
  for (const [place, step] of splitAddress(path).entries()) {
    if (place % 2 === 1) module = module?.calls.get(step)?.module;
  }
  return module;
}

function inputsOf(
  change: ResourceChange,
  block: ConfigResource,
  targets: readonly Target[],
  changing: ReadonlyMap<string, readonly ResourceChange[]>,
): UnknownInput[] {
  const computed = block.computed();
  const { module, key } = parseAddress(change.address);
  const keys = [
    ...splitAddress(module)
      .filter((_, place) => place % 2 === 1)
      .map(keyOf),
    key,
  ];
  return unknownArguments(change).flatMap((argument) => {
    const own = targets.filter(({ trace }) => trace?.argument === argument);
    const unclear = computed.has(argument) || own.some(isLocal);
    if (!unclear && !block.expressions.has(argument)) return [];
    const sources = own.flatMap((target) => {
      const changes = meant(target, keys, changing);
      return changes.map((source) => ({ change: source, reference: named(target, source, changes.length > 1) }));
    });
    // A value that is unknown as a whole comes from somewhere, and be it an output that calls a function.
    const unexplained = sources.length === 0 && ownValue(change.values().afterUnknown, argument) === true;
    return [{ argument, sources, unclear: unclear || unexplained }];
  });
}

function isLocal({ resource }: Target): boolean {
  return resource.startsWith("local.");
}

/** Changes after which an attribute of the object may have another value. */
function changesByConfig({ changes }: ChangePlan): ReadonlyMap<string, readonly ResourceChange[]> {
  const found = new Map<string, ResourceChange[]>();
  for (const change of changes) {
    if (!MAKES_UNKNOWN.has(change.action.kind)) continue;
    const { config } = parseAddress(change.address);
    const known = found.get(config);
    if (known) known.push(change);
    else found.set(config, [change]);
  }
  return found;
}

const MAKES_UNKNOWN: ReadonlySet<string> = new Set(["create", "update", "replace", "unknown"]);

/** The narrowest set of changes that surely holds the one meant; `keys` are those of the referring object's path, its own last. */
function meant(
  { config, modules, keys: terms, resource }: Target,
  keys: readonly string[],
  changing: ReadonlyMap<string, readonly ResourceChange[]>,
): readonly ResourceChange[] {
  const all = changing.get(config) ?? [];
  const path = modules.map((name, step) => {
    const term = terms[step] ?? "";
    return `module.${name}${typeof term === "number" ? (keys[term] ?? "") : term}`;
  });
  const family = [...path, resource].join(".");
  const within = all.filter(({ address }) => address === family || address.startsWith(`${family}[`));
  const last = terms.at(-1);
  // The key of for_each is the same on both sides; an index may have been computed with.
  const own = typeof last === "number" && keys[last]?.startsWith('["') ? keys[last] : last;
  const exact = typeof own === "string" ? within.filter(({ address }) => address === family + own) : [];
  return exact.length > 0 ? exact : within.length > 0 ? within : all;
}

/** The attribute as it is referred to; of one of several instances the resource alone is known. */
function named({ trace, resource }: Target, { address }: ResourceChange, isOneOf: boolean): string {
  const steps = splitAddress(trace?.via.at(-1) ?? "");
  const object = isOneOf ? parseAddress(address).resource : address;
  return [object, ...steps.slice(splitAddress(resource).length)].join(".");
}
