/** Whether a variable says what an agent would: enough to see, in every run, that there is nothing to look up. */

import variables from "../generated/agents-variables.json" with { type: "json" };
import type { Environment } from "../model/evidence.ts";
import { pattern } from "./table.ts";

/** Names with the patterns of their values; without any, every value will do. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = variables;

export function speaksOfAgents(environment: Environment): boolean {
  return Object.entries(VARIABLES).some(([name, values]) => {
    const value = environment[name];
    return value !== undefined && (values.length === 0 ? [undefined] : values).some((one) => isSet(value, one));
  });
}

/** Set to anything that is not "no", and to what is expected. */
export function isSet(value: string | undefined, expected: string | undefined): boolean {
  if (value === undefined || /^(|0|false|no|off)$/i.test(value.trim())) return false;
  return expected === undefined || pattern(expected).test(value.trim().slice(0, 1000));
}
