/** What each finding says, and what would help. */

import type { NoSurvivors } from "../../model/blast.ts";
import type { Finding } from "../../model/finding.ts";
import type { Disarming } from "../../model/plan.ts";
import { hazardMessage, hazardRemedy } from "./hazards.ts";
import { formatActual, formatLimit, limitLabel } from "./limits.ts";
import { counted, formatCount, listed } from "./numbers.ts";
import { isOfPolicy, isOwn, ownMessage, ownRemedy, policyMessage, policyRemedy } from "./policy.ts";
import { refusalMessage, refusalRemedy } from "./refusals.ts";
import { suggestionMessage, suggestionRemedy } from "./suggestions.ts";
import { worldMessage, worldRemedy } from "./world.ts";

/** `DeletionPolicy goes from Retain to Delete`, `DeletionProtection is switched off`. */
function disarmed({ guard, policy }: Disarming): string {
  return policy === undefined ? `${guard} is switched off` : `${guard} goes from ${policy.before} to ${policy.after}`;
}

/** A finding in one sentence. */
export function messageOf(finding: Finding): string {
  if (isOwn(finding)) return ownMessage(finding);
  switch (finding.ruleId) {
    case "limit-data-loss":
    case "limit-ended":
    case "limit-affected":
    case "limit-share":
    case "limit-score": {
      const { limitName, limit, actual, environment, input } = finding;
      const label = limitLabel(limitName, environment);
      const together = input === undefined ? " over all plans together" : "";
      return `${label}: ${formatActual(limitName, actual)}${together}, where ${formatLimit(limitName, limit)} ${limitName === "share" || limit === 1 ? "is" : "are"} allowed`;
    }
    case "environment-recreated":
      return `${finding.address}: ${allOf(finding)} are deleted and created again`;
    case "environment-removed":
      return `${finding.address}: ${allOf(finding)} are deleted`;
    case "incomplete-plan":
      return `the plan is not the whole change: ${finding.reasons.join("; ")}`;
    case "imported-object-ends":
      return `${finding.address} is imported and ends in the same plan: until now something else owned it`;
    case "object-forgotten":
      return `${finding.address} leaves the state and lives on: no later plan shows what becomes of it`;
    case "provider-action": {
      const when = finding.trigger === undefined ? "" : `, when ${finding.trigger} changes`;
      return `the provider action ${finding.address} runs${when}; what it does is not in the plan`;
    }
    case "failing-check":
      return `the check ${finding.address} fails`;
    case "more-than-reviewed":
      return beyondReview(finding);
    case "wrong-world":
    case "unverified-world":
    case "empty-state":
    case "lost-state":
      return worldMessage(finding);
    case "refused-change":
      return refusalMessage(finding);
    case "protection-removed":
      return `${finding.address} loses protection: ${listed(finding.disarms.map(disarmed), 4)}`;
    case "avoidable-destruction":
      return suggestionMessage(finding.suggestion);
    default:
      return isOfPolicy(finding) ? policyMessage(finding) : hazardMessage(finding);
  }
}

function beyondReview({ because, address }: Extract<Finding, { ruleId: "more-than-reviewed" }>): string {
  switch (because) {
    case "object-not-listed":
      return `${address} ends, or ends in another way, and the report that was reviewed does not say so`;
    case "other-objects":
      return "other objects end than the report was reviewed for: one of them was replaced since, under the same address";
    case "plan-not-listed":
      return "the report that was reviewed holds no plan of this kind for this environment";
  }
}

function signHint({ level, signatures, signed = 0, oneMore }: Finding): string {
  if (level !== "error" || signatures === undefined) return "";
  const why = oneMore ? " (one more than the limit asks, since nobody is named for whom the agent worked)" : "";
  const missing = signatures - signed;
  const people = signed > 0 ? counted(missing, "more person", "more people") : counted(missing, "person", "people");
  return ` Or have ${people} sign it off${why}.`;
}

/** `all 3 objects of this family`, `all 3 subnets of it`. */
export function allOf({ scope, objects }: Pick<NoSurvivors, "scope" | "objects">): string {
  if (scope === "family" || scope === "module" || scope === "stack")
    return `all ${counted(objects, "object")} of this ${scope}`;
  return `all ${formatCount(objects)} ${scope} of it`;
}

/** What would help, in one sentence; `null` when nothing general does. */
export function remediationOf(finding: Finding): string | null {
  const sign = signHint(finding);
  if (isOwn(finding)) return ownRemedy(finding, sign);
  switch (finding.ruleId) {
    case "limit-data-loss":
      return `Keep the objects that hold data out of this change.${sign}`;
    case "limit-ended":
    case "limit-affected":
    case "limit-share":
    case "limit-score":
      return `Split the change, or keep what forces the replacements.${sign}`;
    case "environment-recreated":
      return "Change it in place, or replace a part at a time.";
    case "environment-removed":
      return `Remove it in a change of its own.${sign}`;
    case "incomplete-plan":
      return "Plan without -target, or give the change set of the root stack too, to see the whole change.";
    case "imported-object-ends":
      return "Import it first, with a configuration that matches the object; change it in a later plan.";
    case "object-forgotten":
      return `Keep it in the state, or say where it is managed from now on.${sign}`;
    case "provider-action":
      return "Look the action up in the provider's documentation.";
    case "failing-check":
      return "Look at the check's message in the output of terraform plan.";
    case "more-than-reviewed":
      return "Have this plan reviewed, or plan again until it does what was reviewed.";
    case "wrong-world":
    case "unverified-world":
    case "empty-state":
    case "lost-state":
      return worldRemedy(finding);
    case "refused-change":
      return refusalRemedy(finding);
    case "protection-removed":
      return `Keep the protection, or take it away in the change that ends the object.${sign}`;
    case "avoidable-destruction":
      return suggestionRemedy(finding.suggestion);
    default:
      return isOfPolicy(finding) ? policyRemedy(finding, sign) : `${hazardRemedy(finding)}${sign}`;
  }
}
