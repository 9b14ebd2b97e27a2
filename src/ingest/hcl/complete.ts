/** The configuration of a plan with what only the source has. References are added, never taken away: an edge more is never milder. */

import type { ConfigBlock, Configuration, ModuleCall, References } from "../../model/configuration.ts";
import type { SourceModule } from "../../model/source.ts";
import { memoize } from "../memoize.ts";

export function completeConfiguration(configuration: Configuration, source: SourceModule | undefined): Configuration {
  if (source === undefined) return configuration;
  const calls = new Map<string, ModuleCall>();
  for (const [name, call] of configuration.calls) {
    calls.set(name, { ...call, module: completeConfiguration(call.module, source.calls.get(name)?.module) });
  }
  return {
    path: configuration.path,
    calls,
    locals: source.locals,
    resources: memoize(() => completeResources(configuration.resources(), source)),
    outputs: memoize(() => merged(configuration.outputs(), source.outputs)),
  };
}

function completeResources(
  resources: ReadonlyMap<string, ConfigBlock>,
  source: SourceModule,
): ReadonlyMap<string, ConfigBlock> {
  const complete = new Map(resources);
  for (const [address, block] of resources) {
    const hidden = source.resources.get(address)?.hidden;
    if (hidden && hidden.size > 0) complete.set(address, { read: () => withHidden(block, hidden) });
  }
  return complete;
}

function withHidden(block: ConfigBlock, hidden: ReadonlyMap<string, References>): ReturnType<ConfigBlock["read"]> {
  const resource = block.read();
  return { ...resource, expressions: merged(resource.expressions, hidden) };
}

function merged(
  known: ReadonlyMap<string, References>,
  more: ReadonlyMap<string, References>,
): ReadonlyMap<string, References> {
  const all = new Map(known);
  for (const [name, references] of more) {
    const own = all.get(name);
    if (references.length > 0) all.set(name, own && own.length > 0 ? [...own, "", ...references] : references);
  }
  return all;
}
