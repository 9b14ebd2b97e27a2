/** Why an object undergoes what it does. */

import type { ChangeCause, ResourceChange } from "../../model/plan.ts";
import type { UnknownCause } from "../../model/suggestion.ts";
import type { AttributePath } from "../../model/values.ts";
import { listed } from "./numbers.ts";

/** Why an object undergoes what it does, from the plan's own hints. Paths, never values. */
export function reasonsOf(change: ResourceChange, unknownCauses: readonly UnknownCause[] = []): string[] {
  const reasons: string[] = [];
  if (change.replacePaths.length > 0)
    reasons.push(`${listed(change.replacePaths.map(formatPath))} cannot be changed in place`);
  for (const { argument, sources } of byArgument(unknownCauses))
    reasons.push(
      `${argument} depends on ${listed(sources)}, which ${sources.length === 1 ? "is" : "are"} known only after apply`,
    );
  const hint = change.actionReason === undefined ? undefined : REASONS.get(change.actionReason);
  if (hint !== undefined) reasons.push(hint);
  else if (change.actionReason !== undefined && change.replacePaths.length === 0) reasons.push(change.actionReason);
  if (change.causes !== undefined) reasons.push(...causesIn(change.causes));
  if (change.deposed !== undefined) reasons.push("left over from an earlier replacement that did not finish");
  if (change.deferred !== undefined) reasons.push(`put off to a later plan (${change.deferred})`);
  if (change.importing !== undefined) reasons.push("imported by this plan");
  return reasons;
}

/** `follows from Queue and Topic`, `follows from the parameter Stage`. */
function causesIn(causes: readonly ChangeCause[]): string[] {
  if (causes.length === 0) return [];
  const named = (kind: ChangeCause["kind"]): string[] =>
    causes.filter((cause) => cause.kind === kind).map(({ name }) => name);
  const [resources, parameters, conditions] = [named("resource"), named("parameter"), named("condition")];
  return [
    ...(resources.length > 0 ? [`follows from ${listed(resources)}`] : []),
    ...(parameters.length > 0
      ? [`follows from the ${parameters.length === 1 ? "parameter" : "parameters"} ${listed(parameters)}`]
      : []),
    ...(conditions.length > 0 ? [`its condition ${listed(conditions)} does not hold any more`] : []),
    ...(named("undecided").length > 0 ? ["CloudFormation cannot tell yet what will happen to it"] : []),
  ];
}

function byArgument(causes: readonly UnknownCause[]): { readonly argument: string; readonly sources: string[] }[] {
  if (causes.length === 0) return [];
  const found = new Map<string, string[]>();
  for (const { argument, source } of causes) found.set(argument, [...(found.get(argument) ?? []), source]);
  return [...found].map(([argument, sources]) => ({ argument, sources }));
}

/** Words of Terraform and OpenTofu; an unknown one is shown as it is. */
const REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    replace_because_tainted: "marked as tainted",
    replace_by_request: "asked for with -replace",
    replace_by_triggers: "replace_triggered_by names something that changes",
    delete_because_no_resource_config: "no longer in the configuration",
    delete_because_no_module: "its module instance is no longer in the configuration",
    delete_because_wrong_repetition: "count or for_each was added or taken away",
    delete_because_count_index: "its index is beyond count",
    delete_because_each_key: "its key is no longer in for_each",
    delete_because_no_move_target: "moved to an address without configuration",
    delete_because_enabled_false: "switched off with lifecycle.enabled",
  }),
);

/** `vpc_config[0].subnet_ids[1]`; a key that is no identifier stands in quotes, as in Terraform: `tags["a b"]`. */
export function formatPath(path: AttributePath): string {
  return path.map(formatStep).join("");
}

function formatStep(step: string | number, place: number): string {
  if (typeof step === "number") return `[${step}]`;
  // Nearly all are ASCII, and the tables of Unicode cost more than all of them.
  if (!/^[\w-]+$/.test(step) && !/^[\p{L}\p{N}_-]+$/u.test(step)) return `[${JSON.stringify(step)}]`;
  return place === 0 ? step : `.${step}`;
}
