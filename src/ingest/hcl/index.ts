/** A plan with the source that it was made from: the door of this folder. Loaded only when there is source to read. */

import type { Configuration } from "../../model/configuration.ts";
import type { ChangePlan } from "../../model/plan.ts";
import type { SourceModule, SourceTree } from "../../model/source.ts";
import { memoize } from "../memoize.ts";
import { completeConfiguration } from "./complete.ts";
import { blind, incomplete, sourceOf } from "./said.ts";
import { readTree } from "./tree.ts";

export { readEarlier } from "./earlier.ts";
export { parseFile } from "./tree.ts";

/**
 * The plan with its source, and references completed from it. Source that is not the plan's own is not used; unless it was
 * only found in the working folder, that is said.
 */
export function readSource(plan: ChangePlan, tree: SourceTree): ChangePlan {
  const configuration = plan.dependencies.configuration();
  const isFound = tree.origin === "found";
  if (configuration === undefined) {
    return isFound
      ? plan
      : blind(
          plan,
          "source-not-used",
          "The plan has no configuration to hold the source against, so the source was not used.",
        );
  }
  const { root, problems, partial } = readTree(tree);
  // What a plan file holds is the plan's own.
  const stranger = tree.origin === "plan" ? undefined : strangerIn(configuration, root, partial);
  if (isFound && (stranger !== undefined || partial.has("") || !matches(configuration, root))) return plan;
  if (stranger !== undefined) {
    const message = `The source (${tree.label}) is not what this plan was made from: ${stranger} of the plan is not in it. It was not used.`;
    return blind(plan, "source-mismatch", message);
  }
  const dependencies = {
    ...plan.dependencies,
    configuration: memoize(() => completeConfiguration(configuration, root)),
  };
  const seen = { ...plan, dependencies, source: sourceOf(tree, root) };
  return problems.length === 0
    ? seen
    : blind(seen, "source-incomplete", `Part of the source could not be read: ${incomplete(problems)}.`);
}

/** A block of the plan's configuration that a module of the source, which is all there, does not have. */
function strangerIn(
  { path, resources, calls }: Configuration,
  module: SourceModule,
  partial: ReadonlySet<string>,
): string | undefined {
  if (!partial.has(path)) {
    const resource = [...resources().keys()].find((name) => !module.resources.has(name) && !module.others.has(name));
    const call = [...calls.keys()].find((name) => !module.calls.has(name));
    const missing = resource ?? (call === undefined ? undefined : `module.${call}`);
    if (missing !== undefined) return path === "" ? missing : `${path}.${missing}`;
  }
  for (const [name, call] of calls) {
    const inner = module.calls.get(name)?.module;
    const stranger = inner && strangerIn(call.module, inner, partial);
    if (stranger !== undefined) return stranger;
  }
  return undefined;
}

/** Whether the root module has the plan's resources and no others: nobody said that the folder belongs to the plan. */
function matches(configuration: Configuration, root: SourceModule): boolean {
  const planned = configuration.resources();
  const same = [...root.resources.keys()].every((address) => planned.has(address));
  return same && planned.size + configuration.calls.size > 0 && root.calls.size === configuration.calls.size;
}
