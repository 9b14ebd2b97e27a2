/**
 * The weighted score of a plan: for each ending object the weight of its type and action, plus 1 for each dependent; for each
 * created or updated one its weight, where there is one.
 */

import type { AssessedChange, AssessedPlan } from "../model/blast.ts";
import { type Range, sumRanges, ZERO } from "../model/bounds.ts";
import type { Weight, Weights } from "../model/policy.ts";
import { weightOf } from "./weights.ts";

export function scoreOf(assessed: AssessedPlan, weights: Weights): Range {
  return sumRanges(
    assessed.changes.map((change) => {
      const weight = weightOf(change.change.type, weights);
      return change.ending === undefined ? scoreOfLiving(change, weight) : scoreOfEnding(change, weight);
    }),
  );
}

function scoreOfEnding({ change, ending, counted, radius }: AssessedChange, weight: Weight): Range {
  if (!counted) return ZERO;
  const { kind } = change.action;
  // What is put off may come to the worst of all.
  const own = kind === "delete" || kind === "replace" ? weight[kind] : Math.max(...Object.values(weight));
  // What may be replaced may be updated instead, or stay as it is.
  const most = ending === "certain" ? own : Math.max(own, weight.modify);
  return {
    lower: ending === "certain" ? own + radius.lower : 0,
    upper: radius.upper === null ? null : most + radius.upper,
  };
}

/** What is put off may not come. */
function scoreOfLiving({ change, type }: AssessedChange, { create, modify }: Weight): Range {
  const { kind } = change.action;
  if (type.routine || (kind !== "create" && kind !== "update")) return ZERO;
  const own = kind === "create" ? create : modify;
  return { lower: change.deferred === undefined ? own : 0, upper: own };
}
