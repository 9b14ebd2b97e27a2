/** Waivers: findings that somebody answers for until a day. They stay listed; they only no longer stop anything. */

import type { Finding } from "../model/finding.ts";
import type { JudgedPlan } from "../model/judgement.ts";
import type { Policy, Waiver } from "../model/policy.ts";
import { parseTime } from "../model/time.ts";
import { matchesText } from "./patterns.ts";

/** What a waiver that does not count is, before the policy gives it a level. */
export type VoidWaiver =
  | { readonly ruleId: "expired-waiver"; readonly void: Waiver }
  | { readonly ruleId: "overlong-waiver"; readonly void: Waiver; readonly mostDays: number };

const DAY_MS = 24 * 60 * 60 * 1000;

/** Waivers that do not count at a time: their day is over, or further away than the policy allows. */
export function voidWaivers({ waivers, waiverDays }: Policy, asOf: string): VoidWaiver[] {
  return waivers.flatMap((waiver): VoidWaiver[] => {
    const left =
      (parseTime(waiver.expires) ?? Number.NEGATIVE_INFINITY) - (parseTime(asOf) ?? Number.POSITIVE_INFINITY);
    if (!(left > 0)) return [{ ruleId: "expired-waiver", void: waiver }];
    if (left > waiverDays * DAY_MS) return [{ ruleId: "overlong-waiver", void: waiver, mostDays: waiverDays }];
    return [];
  });
}

/** The findings, those that a waiver in force covers with that waiver. */
export function waived(
  findings: readonly Finding[],
  policy: Policy,
  plans: readonly JudgedPlan[],
  asOf: string,
): Finding[] {
  const expired = new Set(voidWaivers(policy, asOf).map((one) => one.void));
  const inForce = policy.waivers.filter((waiver) => !expired.has(waiver));
  if (inForce.length === 0) return [...findings];
  return findings.map((finding) => {
    const waiver = waiverFor(finding, inForce, plans);
    return waiver === undefined ? finding : { ...finding, waiver };
  });
}

/**
 * An address speaks of one object's finding. A fingerprint speaks of exactly one destruction: a finding over several plans
 * together is waived only when the destruction of each that ends something is.
 */
function waiverFor(finding: Finding, inForce: readonly Waiver[], plans: readonly JudgedPlan[]): Waiver | undefined {
  // A number that cannot be known is not what somebody looked at and answered for.
  if ("actual" in finding && finding.actual === null) return undefined;
  const own = inForce.filter(({ rule }) => rule === finding.ruleId);
  const byAddress = own.find(
    ({ address }) => address !== undefined && finding.address !== undefined && matchesText(address, finding.address),
  );
  if (byAddress !== undefined) return byAddress;
  const { input } = finding;
  const about = plans.filter(({ assessed, environment }) => {
    const isMeant =
      input === undefined
        ? finding.environment === undefined || finding.environment === environment
        : assessed.plan.input === input;
    return isMeant && endsAnything(assessed);
  });
  const waivers = about.map(({ assessed }) => own.find(({ fingerprint }) => fingerprint === assessed.fingerprint));
  return waivers.includes(undefined) ? undefined : waivers[0];
}

/** Plans in which nothing ends share one fingerprint, which therefore says nothing. */
function endsAnything({ changes }: JudgedPlan["assessed"]): boolean {
  return changes.some(({ ending }) => ending !== undefined);
}
