/** Whether a change is what a rule of the config speaks of. Whatever cannot be known goes badly for whoever is held to the upper bound. */

import type { AssessedChange } from "../../model/blast.ts";
import type { CustomMatch } from "../../model/custom-rule.ts";
import { matchesText } from "../patterns.ts";
import { hasTag } from "../tags.ts";
import { answerAt } from "./attributes.ts";

/** All parts given must hold. */
export function matchesChange(match: CustomMatch, assessed: AssessedChange, bound: "lower" | "upper"): boolean {
  const { change } = assessed;
  const { actions, types, addresses, losses, radius } = match;
  if (actions !== undefined && !actions.includes(actionOf(assessed, bound))) return false;
  if (types !== undefined && !types.some((pattern) => matchesText(pattern, change.type))) return false;
  if (addresses !== undefined && !addresses.some((pattern) => matchesText(pattern, change.address))) return false;
  if (losses !== undefined && !losses.some((loss) => isLost(loss, assessed, bound))) return false;
  if (radius !== undefined && (assessed.radius[bound] ?? Number.POSITIVE_INFINITY) < radius) return false;
  return matchesValues(match, assessed, bound);
}

/** `delete` and `replace` are what ends; what only may end counts so for the upper bound, and as an update for the lower. */
export function actionOf({ change, ending }: AssessedChange, bound: "lower" | "upper"): string {
  const { kind } = change.action;
  if (ending === "conditional" && bound === "lower") return "update";
  return ending !== undefined && kind !== "delete" && kind !== "replace" ? "replace" : kind;
}

function isLost(loss: string, { ending, type }: AssessedChange, bound: "lower" | "upper"): boolean {
  if (ending === undefined || (ending === "conditional" && bound === "lower")) return false;
  return type.losses.some((one) => one === loss) || (loss === "data" && bound === "upper" && type.mayHoldData);
}

function matchesValues({ tags, before, after }: CustomMatch, { change }: AssessedChange, bound: string): boolean {
  if (tags === undefined && before === undefined && after === undefined) return true;
  const values = change.values();
  const hasTags = Object.entries(tags ?? {}).every(([name, wanted]) =>
    [values.before, values.after].some((object) => hasTag(object, name, wanted)),
  );
  if (!hasTags) return false;
  const holds = (object: unknown, unknowns: unknown, wanted: CustomMatch["before"] = {}): boolean =>
    Object.entries(wanted).every(([path, expected]) => {
      const answer = answerAt(object, unknowns, path, expected);
      return answer === "yes" || (answer === "hidden" && bound === "upper");
    });
  return holds(values.before, undefined, before) && holds(values.after, values.afterUnknown, after);
}
