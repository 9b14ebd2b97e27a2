/** Variables that agents set on the commands they run. Absence means nothing, and what people set for themselves is in no rule. */

import type { Signal } from "../model/authorship.ts";
import type { Environment } from "../model/evidence.ts";
import { signalOf } from "./marks.ts";
import type { Rule, Table } from "./table.ts";
import { isSet } from "./variables.ts";

/** `isTerminal`: whether a person sees the output; `undefined` where nobody knows. */
export function marksOfEnvironment(environment: Environment, table: Table, isTerminal?: boolean): Signal[] {
  const found = table.variable.filter((rule) => matches(rule, environment, isTerminal));
  const named = found.filter(({ agent }) => agent !== undefined);
  // A variable shared by all says who it is only together with one that is not.
  const telling = named.length > 0 ? named : found;
  return telling.map((rule) => signalOf(rule, "environment", rule.key));
}

function matches(rule: Rule, environment: Environment, isTerminal: boolean | undefined): boolean {
  if (!isSet(environment[rule.key], rule.value)) return false;
  if (rule.with !== undefined && !isSet(environment[rule.with], rule.withValue)) return false;
  return rule.terminal === undefined || isTerminal === false;
}
