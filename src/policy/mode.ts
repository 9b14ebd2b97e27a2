/** What is only observed: reported like everything else, and in nobody's way. */

import type { Finding } from "../model/finding.ts";
import type { JudgedPlan } from "../model/judgement.ts";
import type { Mode, Policy } from "../model/policy.ts";

/** The mode that an environment has of its own. */
export function ownMode(policy: Policy, environment: string | undefined): Mode | undefined {
  const known = environment !== undefined && Object.hasOwn(policy.environments, environment);
  return known ? policy.environments[environment]?.mode : undefined;
}

/** Whether findings count in an environment; `undefined` for what is about no single one. */
export function modeIn(policy: Policy, environment: string | undefined): Mode {
  return ownMode(policy, environment) ?? policy.mode;
}

/**
 * Whether a finding is only observed. One on a plan of which a part is enforced may speak of that part, so it counts; limits
 * are measured on the part by itself.
 */
export function isObserved(finding: Finding, policy: Policy, plans: readonly JudgedPlan[]): boolean {
  if (modeIn(policy, finding.environment) === "enforce") return false;
  if ("limitName" in finding || finding.input === undefined) return true;
  const parts = plans.filter(({ assessed }) => assessed.plan.input === finding.input).flatMap((plan) => plan.parts);
  return !parts.some(({ environment }) => modeIn(policy, environment) === "enforce");
}

/** What observe mode makes of a finding: still seen, no longer in the way. */
export function observed(finding: Finding): Finding {
  const { signatures: _, ...rest } = finding;
  return finding.level === "error" ? ({ ...rest, level: "warning" } as Finding) : finding;
}
