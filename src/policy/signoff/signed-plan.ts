/** What somebody who signs for a plan signs for. */

import type { Finding } from "../../model/finding.ts";
import type { JudgedPlan } from "../../model/judgement.ts";
import type { SignedPlan } from "../../model/sign-off.ts";

export function signedPlanOf(
  { assessed, environment }: JudgedPlan,
  findings: readonly Finding[],
  workspace: string | undefined,
): SignedPlan {
  const { plan, ends, fingerprint, affected } = assessed;
  const found = findings.filter((finding) => finding.input === plan.input && !("limitName" in finding));
  return {
    kind: plan.kind,
    ...(environment !== undefined && { environment }),
    ...(workspace !== undefined && { workspace }),
    digest: plan.digest,
    fingerprint,
    ends,
    affected: affected.upper,
    findings: found.map(({ ruleId, address }) => ({ ruleId, ...(address !== undefined && { address }) })),
  };
}

/** Whether there is anything to sign for: something ends, or a finding waits for signatures. */
export function isSignable(plan: JudgedPlan, findings: readonly Finding[]): boolean {
  const waits = findings.some(
    ({ input, signatures }) => input === plan.assessed.plan.input && signatures !== undefined,
  );
  return plan.assessed.ends.length > 0 || waits;
}
