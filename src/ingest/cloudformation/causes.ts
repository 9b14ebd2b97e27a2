/** Why a resource changes, in names that the reader knows: parameters, resources, conditions. */

import { compareText } from "../../model/address.ts";
import type { ChangeCause } from "../../model/plan.ts";
import type { Row } from "./row.ts";

/** `condition`: the one that does not hold any more, where that is why the resource goes. */
export function causesOf(row: Row, condition: string | undefined): ChangeCause[] {
  if (row.action === "Dynamic") return [{ kind: "undecided", name: "" }];
  if (row.action === "Remove") return condition === undefined ? [] : [{ kind: "condition", name: condition }];
  if (row.details.every(({ cause }) => cause === undefined)) return [];
  const named = row.details.filter(({ cause, source }) => cause !== undefined && KINDS.has(source));
  // What only updates the resource does not explain why it is replaced.
  const forcing = named.filter(({ recreation }) => recreation !== "Never");
  const shown = new Map<string, ChangeCause>();
  for (const { cause: name = "", source } of forcing.length > 0 ? forcing : named) {
    const kind = KINDS.get(source) ?? "resource";
    shown.set(`${kind} ${name}`, { kind, name });
  }
  return [...shown.values()].sort((left, right) => compareText(left.name, right.name));
}

const KINDS: ReadonlyMap<string | undefined, "parameter" | "resource"> = new Map([
  ["ParameterReference", "parameter"],
  ["ResourceReference", "resource"],
  ["ResourceAttribute", "resource"],
]);
