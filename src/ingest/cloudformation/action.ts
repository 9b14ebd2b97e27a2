/** A row's words to an action. Whatever is not known stays unknown, and keeps firebreak from deciding. */

import type { Action, ReplaceOrder } from "../../model/action.ts";
import { deletesFirst } from "./delete-first-types.ts";
import { fateOf, type Policies } from "./fate.ts";
import { type Likelihood, mayReplace } from "./replacements.ts";
import type { Row } from "./row.ts";

/** `likelihood`: of the replacement, for rows that speak of one. */
export function toAction(row: Row, likelihood: Likelihood | undefined, templates: readonly Policies[]): Action {
  switch (row.action) {
    case "Add":
      return { kind: "create" };
    case "Import":
      return { kind: "import" };
    // Only CloudFormation's record of the resource changes.
    case "SyncWithActual":
      return { kind: "no-op" };
    case "Remove": {
      const fate = fateOf(row, "removal", templates);
      return fate === "retained" ? { kind: "forget" } : { kind: "delete", certainty: "certain", fate };
    }
    // Of nested stacks: nobody can say yet, so it may be removed as well.
    case "Dynamic":
      return { kind: "delete", certainty: "conditional", fate: fateOf(row, "removal", templates) };
    case "Modify":
      return modification(row, likelihood, templates);
    default:
      return { kind: "unknown", words: [row.action] };
  }
}

function modification(row: Row, likelihood: Likelihood | undefined, templates: readonly Policies[]): Action {
  const { replacement } = row;
  if (replacement !== undefined && !REPLACEMENTS.has(replacement))
    return { kind: "unknown", words: [`Modify/${replacement}`] };
  if (!mayReplace(row) || likelihood === "stable") return { kind: "update" };
  const certainty = likelihood === "proven" ? "certain" : "conditional";
  const fate = fateOf(row, "replacement", templates);
  return { kind: "replace", order: orderOf(row.type, fate), certainty, fate };
}

const REPLACEMENTS: ReadonlySet<string> = new Set(["True", "False", "Conditional"]);

function orderOf(type: string, fate: string): ReplaceOrder {
  if (fate === "retained") return "create-then-forget";
  return deletesFirst(type) ? "delete-before-create" : "create-before-delete";
}
