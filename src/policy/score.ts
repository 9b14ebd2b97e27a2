/** The weighted score of a plan: for each ending object the weight of its type and action, plus 1 for each dependent. */

import type { AssessedPlan } from "../model/blast.ts";
import { type Range, sumRanges } from "../model/bounds.ts";
import type { Weight, Weights } from "../model/policy.ts";
import { matchesText } from "./patterns.ts";

export function scoreOf(assessed: AssessedPlan, weights: Weights): Range {
  return sumRanges(
    assessed.changes
      .filter(({ counted }) => counted)
      .map(({ change, ending, radius }) => {
        const weight = weightOf(change.type, weights);
        // What is put off may come to the worse of the two.
        const worst = Math.max(weight.delete, weight.replace);
        const own =
          change.action.kind === "delete" || change.action.kind === "replace" ? weight[change.action.kind] : worst;
        return {
          lower: ending === "certain" ? own + radius.lower : 0,
          upper: radius.upper === null ? null : own + radius.upper,
        };
      }),
  );
}

/** The type's own weight, else that of the longest pattern that matches, else the default: an unlisted type is never free. */
function weightOf(type: string, weights: Weights): Weight {
  if (Object.hasOwn(weights.types, type)) return weights.types[type] ?? weights.default;
  let longest: string | undefined;
  for (const pattern of Object.keys(weights.types)) {
    if ((longest === undefined || pattern.length > longest.length) && matchesText(pattern, type)) longest = pattern;
  }
  return (longest === undefined ? undefined : weights.types[longest]) ?? weights.default;
}
