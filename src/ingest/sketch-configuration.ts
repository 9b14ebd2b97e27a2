/** The configuration section of a sketched plan: a block for each resource that is there after the change, in its module. */

import { keyOf, splitAddress, withoutKeys } from "../model/address.ts";
import type { Attributes } from "../model/sketch.ts";

/** A resource instance after the change. */
export interface DeclaredObject {
  /** Of the module instance, `""` for the root. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly key: string;
  readonly attributes: Attributes;
}

interface Module {
  readonly resources: Map<string, object>;
  readonly calls: Map<string, { readonly repetition: object; readonly module: Module }>;
}

/** As `terraform show -json` writes `configuration`. */
export function configurationOf(objects: readonly DeclaredObject[]): object {
  const root = emptyModule();
  for (const { module, type, name, key, attributes } of objects) {
    const address = `${type}.${name}`;
    const own = moduleAt(root, module);
    if (own.resources.has(address)) continue;
    const expressions = Object.entries(attributes).map(([attribute, value]) => [attribute, { constant_value: value }]);
    own.resources.set(address, {
      address,
      mode: "managed",
      type,
      name,
      provider_config_key: type.split("_")[0],
      expressions: Object.fromEntries(expressions),
      ...repetitionOf(key),
    });
  }
  return { root_module: written(root) };
}

function emptyModule(): Module {
  return { resources: new Map(), calls: new Map() };
}

function moduleAt(root: Module, address: string): Module {
  const steps = address === "" ? [] : splitAddress(address).filter((_, place) => place % 2 === 1);
  let at = root;
  for (const step of steps) {
    const name = withoutKeys(step);
    const call = at.calls.get(name) ?? { repetition: repetitionOf(keyOf(step)), module: emptyModule() };
    at.calls.set(name, call);
    at = call.module;
  }
  return at;
}

/** What a block with instances says; on what their number depends is not part of a sketch. */
function repetitionOf(key: string): object {
  if (key === "") return {};
  return key.startsWith('["') ? { for_each_expression: {} } : { count_expression: {} };
}

function written({ resources, calls }: Module): object {
  const inner = [...calls].map(([name, { repetition, module }]) => {
    return [name, { source: `./${name}`, expressions: {}, ...repetition, module: written(module) }];
  });
  return {
    resources: [...resources.values()],
    ...(inner.length > 0 && { module_calls: Object.fromEntries(inner) }),
  };
}
