/** The whole plan as JSON again, with a mark in place of every sensitive value: for policies that read plans themselves. */

import { isObject, ownValue, SENSITIVE } from "../../model/values.ts";
import { valueAt } from "../json/values.ts";
import type { DocumentIndex } from "./plan-index.ts";
import { masked, unionMask } from "./values.ts";

/** As Terraform shows it on a terminal. */
const MARK = "(sensitive value)";

/** Parses the document, so ask only when somebody reads it. */
export function maskedDocument(bytes: Buffer, { start, end }: DocumentIndex): string {
  const plan = valueAt(bytes, start, end);
  if (!isObject(plan)) return "{}";
  const changes = (name: string): unknown => eachIn(plan[name], withMaskedChange);
  const shown = {
    ...plan,
    resource_changes: changes("resource_changes"),
    resource_drift: changes("resource_drift"),
    deferred_changes: eachIn(plan["deferred_changes"], (one) => ({
      ...one,
      resource_change: isObject(one["resource_change"]) ? withMaskedChange(one["resource_change"]) : undefined,
    })),
    output_changes: valuesOf(plan["output_changes"], maskedChange),
    variables: maskedVariables(plan),
    planned_values: maskedState(plan["planned_values"]),
    prior_state: maskedPriorState(plan["prior_state"]),
    action_invocations: eachIn(plan["action_invocations"], withMaskedConfig),
    deferred_action_invocations: eachIn(plan["deferred_action_invocations"], (one) => ({
      ...one,
      action_invocation: isObject(one["action_invocation"]) ? withMaskedConfig(one["action_invocation"]) : undefined,
    })),
  };
  return JSON.stringify(shown, (_, value: unknown) => (value === SENSITIVE ? MARK : value));
}

type Json = Record<string, unknown>;

/** A list with each of its objects as something makes it; what is no list stays as it is. */
function eachIn(list: unknown, change: (one: Json) => unknown): unknown {
  return Array.isArray(list) ? list.map((one) => (isObject(one) ? change(one) : one)) : list;
}

function valuesOf(map: unknown, change: (one: Json, name: string) => unknown): unknown {
  if (!isObject(map)) return map;
  const result: Json = Object.create(null);
  for (const [name, one] of Object.entries(map)) result[name] = isObject(one) ? change(one, name) : one;
  return result;
}

function withMaskedChange(one: Json): Json {
  return isObject(one["change"]) ? { ...one, change: maskedChange(one["change"]) } : one;
}

function maskedChange(change: Json): Json {
  const mask = unionMask(change["before_sensitive"], change["after_sensitive"]);
  return { ...change, before: masked(change["before"], mask), after: masked(change["after"], mask) };
}

function withMaskedConfig(one: Json): Json {
  return { ...one, config_values: masked(one["config_values"], one["config_sensitive"]) };
}

/** A plan says of a variable's value nothing about its sensitivity; the configuration does, and where it does not, all are. */
function maskedVariables(plan: Json): unknown {
  const declared = ownValue(ownValue(plan["configuration"], "root_module"), "variables");
  return valuesOf(plan["variables"], (one, name) => {
    const declaration = ownValue(declared, name);
    const isPlain = isObject(declaration) && ownValue(declaration, "sensitive") !== true;
    return isPlain ? one : { ...one, value: masked(one["value"], true) };
  });
}

function maskedPriorState(state: unknown): unknown {
  return isObject(state) ? { ...state, values: maskedState(state["values"]) } : state;
}

/** `{outputs, root_module}`, as planned values and states have it. */
function maskedState(values: unknown): unknown {
  if (!isObject(values)) return values;
  const outputs = valuesOf(values["outputs"], (one) => ({
    ...one,
    value: masked(one["value"], one["sensitive"]),
  }));
  return { ...values, outputs, root_module: maskedModule(values["root_module"]) };
}

function maskedModule(module: unknown): unknown {
  if (!isObject(module)) return module;
  const resources = eachIn(module["resources"], (one) => ({
    ...one,
    values: masked(one["values"], one["sensitive_values"]),
  }));
  return { ...module, resources, child_modules: eachIn(module["child_modules"], maskedModule) };
}
