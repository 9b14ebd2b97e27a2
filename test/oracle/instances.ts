/** All instances of a configuration: of its modules, and of the blocks in them. */

import type { ModuleInstance, Place } from "./evaluate.ts";
import type { Block } from "./model.ts";

/** The module instance and all below it. */
export function moduleInstances(root: ModuleInstance): ModuleInstance[] {
  const below = root.module.calls.flatMap((call) => root.modulesOf(call));
  return [root, ...below.flatMap(({ inner }) => moduleInstances(inner))];
}

export function blockInstances(
  module: ModuleInstance,
): { readonly address: string; readonly block: Block; readonly place: Place }[] {
  return module.module.blocks.flatMap((block) =>
    module.instancesOf(block).map((instance) => ({
      address: module.addressOf(block, instance),
      block,
      place: { module, instance },
    })),
  );
}
