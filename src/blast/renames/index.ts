/** Destruction that a plan could do without: the door of this folder. */

import type { ChangePlan } from "../../model/plan.ts";
import type { Suggestion } from "../../model/suggestion.ts";
import { countShifts } from "./count-shift.ts";
import { movedSuggestion } from "./moved.ts";
import { refactorSuggestion } from "./stack-refactor.ts";

/** What would spare objects; nothing for a plan that nobody can decide on, since its list of changes has holes. */
export function suggestionsFor(plan: ChangePlan): Suggestion[] {
  if (plan.problems.length > 0) return [];
  if (plan.kind === "cloudformation-change-set") return [refactorSuggestion(plan) ?? []].flat();
  return [movedSuggestion(plan) ?? [], countShifts(plan)].flat();
}
