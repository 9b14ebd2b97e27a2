/** Whether what somebody signed for covers what a plan does now: the very same objects, or fewer of them, and nothing worse. */

import type { Fate } from "../../model/action.ts";
import type { Finding } from "../../model/finding.ts";
import type { JudgedPlan } from "../../model/judgement.ts";
import type { EndingObject, SignedPlan } from "../../model/sign-off.ts";

/** `exactly`: nothing else was signed for; `elsewhere`: it is for another place. */
export type Coverage =
  | { readonly covers: true; readonly exactly: boolean }
  | { readonly covers: false; readonly why: string; readonly elsewhere: boolean };

/** Held against one plan that was signed for. */
export function coverageOf(signed: SignedPlan, plan: JudgedPlan, workspace: string | undefined): Coverage {
  const { assessed, environment } = plan;
  const no = (why: string, elsewhere = false): Coverage => ({ covers: false, why, elsewhere });
  if (signed.kind !== assessed.plan.kind) return no("it is for another kind of plan", true);
  if (signed.environment !== environment) return no(placeOf("environment", signed.environment, environment), true);
  if (signed.workspace !== workspace) return no(placeOf("workspace", signed.workspace, workspace), true);
  const isSamePlan = signed.digest === assessed.plan.digest;
  const known = new Map(signed.ends.map((object) => [keyOf(object), object]));
  const uncovered = assessed.ends.flatMap((object) => whyUncovered(object, known.get(keyOf(object)), isSamePlan) ?? []);
  const [first, ...others] = uncovered;
  if (first !== undefined) return no(others.length === 0 ? first : `${first}, and ${others.length} more like it`);
  return { covers: true, exactly: signed.fingerprint === assessed.fingerprint };
}

function placeOf(what: string, signed: string | undefined, now: string | undefined): string {
  const given = signed === undefined ? `for a plan without ${what}` : `for the ${what} ${signed}`;
  return `it was given ${given}, and this plan ${now === undefined ? `names no ${what}` : `is for ${now}`}`;
}

/** An object's place; what stands there may have become another one since. */
function keyOf({ address, deposed }: EndingObject): string {
  return JSON.stringify([address, deposed ?? null]);
}

function whyUncovered(now: EndingObject, signed: EndingObject | undefined, isSamePlan: boolean): string | undefined {
  const name = now.deposed === undefined ? now.address : `${now.address} (deposed ${now.deposed})`;
  if (signed === undefined) return `${name} ends too, and was not signed for`;
  if (signed.action !== now.action || signed.order !== now.order)
    return `${name} ends in another way than was signed for (${wayOf(now)}, not ${wayOf(signed)})`;
  if (signed.identity !== now.identity) return `${name} is another object now than the one that was signed for`;
  if (HARM[now.fate] > HARM[signed.fate]) return `${name} leaves less behind now than was signed for`;
  if (now.identity === undefined && !isSamePlan)
    return `nothing in the plan identifies ${name}, so a sign-off counts only for the very plan that was signed`;
  return undefined;
}

function wayOf({ action, order }: EndingObject): string {
  return order === undefined ? action : `${action}, ${order}`;
}

const HARM: Readonly<Record<Fate, number>> = { retained: 0, snapshotted: 1, destroyed: 2, unknown: 2 };

/** Rules that follow from what ends. What any other rule says (of updates, of the input, of a config's own) may be another thing in another plan. */
const ABOUT_WHAT_ENDS: ReadonlySet<string> = new Set([
  "environment-recreated",
  "environment-removed",
  "imported-object-ends",
  "protected-object-ends",
  "protected-by-policy",
  "create-first-collides",
  "key-of-survivors-ends",
  "backup-ends-too",
  "state-storage-ends",
  "zone-of-survivors-ends",
  "network-of-survivors-ends",
]);

/** Whether a sign-off that covers the plan lifts this finding too. */
export function lifts(signed: SignedPlan, finding: Finding, { assessed }: JudgedPlan): boolean {
  if ("limitName" in finding) {
    if (finding.ruleId !== "limit-affected" || signed.affected === null) return true;
    // Fewer objects end, and more may depend on them than did.
    const { upper } = assessed.affected;
    return upper !== null && upper <= signed.affected;
  }
  const isListed = signed.findings.some(
    ({ ruleId, address }) => ruleId === finding.ruleId && address === finding.address,
  );
  return isListed && (ABOUT_WHAT_ENDS.has(finding.ruleId) || signed.digest === assessed.plan.digest);
}
