/** What Rego of the config finds in one judged plan, and why it could not be asked. */

import type { RegoFinding } from "../../model/finding.ts";
import type { JudgedPlan } from "../../model/judgement.ts";
import type { Problem } from "../../model/plan.ts";
import type { Policy } from "../../model/policy.ts";

/** Nothing for a plan without a document: `check.ts` says of those that they were not looked at. */
export function regoFindings(
  { assessed: { plan, document } }: JudgedPlan,
  { rego }: Policy,
): { readonly found: readonly RegoFinding[]; readonly problems: readonly Problem[] } {
  const found: RegoFinding[] = [];
  const problems: Problem[] = [];
  if (document === undefined) return { found, problems };
  const addresses = new Set(plan.changes.map(({ address }) => address));
  for (const [name, { policy, ask }] of Object.entries(rego)) {
    const answer = ask?.({ document, addresses }) ?? { problem: "it was not loaded" };
    if ("problem" in answer) {
      problems.push({
        code: "policy-error",
        message: `the policy rego.${name} (${policy}) could not be asked: ${answer.problem}`,
        hint: "Mend the policy: what it could not look at does not pass.",
      });
      continue;
    }
    for (const { rule, message, address } of answer.messages) {
      found.push({ ruleId: `rego/${name}/${rule}`, message, ...(address !== undefined && { address }) });
    }
  }
  return { found, problems };
}
