/** What ends now, held against the report that was reviewed: more of it, or other objects at the same addresses, is a finding. */

import type { Finding } from "../model/finding.ts";
import type { JudgedPlan } from "../model/judgement.ts";
import type { ReviewedPlan, ReviewedReport } from "../model/reviewed.ts";

type Gap = Pick<Extract<Finding, { ruleId: "more-than-reviewed" }>, "because" | "address">;

/** No signature lifts these: what was not reviewed goes back to where it is. */
export function applyReview(plans: readonly JudgedPlan[], reviewed: ReviewedReport): Finding[] {
  return plans.flatMap((plan) => {
    const about = {
      input: plan.assessed.plan.input,
      ...(plan.environment !== undefined && { environment: plan.environment }),
    };
    return gapsOf(plan, reviewed.plans).map(
      (gap): Finding => ({ ruleId: "more-than-reviewed", level: "error", ...gap, ...about }),
    );
  });
}

/** Against the plan of the report that comes nearest. */
function gapsOf({ assessed, environment }: JudgedPlan, reviewed: readonly ReviewedPlan[]): Gap[] {
  const { plan, ends, fingerprint } = assessed;
  if (ends.length === 0) return [];
  const candidates = reviewed.filter((one) => one.kind === plan.kind && one.environment === environment);
  if (candidates.some((one) => one.fingerprint === fingerprint)) return [];
  const compared = candidates.map((one): Gap[] => {
    const listed = new Set(one.ends.map(keyOf));
    const missing = ends.filter((object) => !listed.has(keyOf(object)));
    if (missing.length > 0) return missing.map(({ address }) => ({ because: "object-not-listed", address }));
    // The same ends under another fingerprint: an object was replaced since.
    return listed.size === ends.length ? [{ because: "other-objects" }] : [];
  });
  const [nearest] = compared.sort((left, right) => left.length - right.length);
  return nearest ?? [{ because: "plan-not-listed" }];
}

function keyOf({ address, deposed, action, order }: ReviewedPlan["ends"][number]): string {
  return JSON.stringify([address, deposed ?? null, action, order ?? null]);
}
