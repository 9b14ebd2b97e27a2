/** Why a resource changes, in names that the reader knows: parameters, resources, conditions. */

import { compareText } from "../../model/address.ts";
import type { ChangeCause } from "../../model/plan.ts";
import type { Row } from "./row.ts";

/** `condition`: the one that does not hold any more, where that is why the resource goes. */
export function causesOf(row: Row, condition: string | undefined): ChangeCause[] {
  if (row.action === "Dynamic") return [{ kind: "undecided", name: "" }];
  if (row.action === "Remove") return condition === undefined ? [] : [{ kind: "condition", name: condition }];
  const named = row.details.flatMap(({ cause, source, recreation }) => {
    const kind = source === undefined ? undefined : KINDS.get(source);
    return cause === undefined || kind === undefined ? [] : [{ kind, name: cause, forces: recreation !== "Never" }];
  });
  // What only updates the resource does not explain why it is replaced.
  const forcing = named.filter(({ forces }) => forces);
  const shown = new Map(
    (forcing.length > 0 ? forcing : named).map(({ kind, name }) => [`${kind} ${name}`, { kind, name }]),
  );
  return [...shown.values()].sort((left, right) => compareText(left.name, right.name));
}

const KINDS: ReadonlyMap<string, "parameter" | "resource"> = new Map([
  ["ParameterReference", "parameter"],
  ["ResourceReference", "resource"],
  ["ResourceAttribute", "resource"],
]);
