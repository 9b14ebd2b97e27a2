/** Policy over assessed plans: the door of this folder. */

import { compareText } from "../model/address.ts";
import type { Authorship } from "../model/authorship.ts";
import type { AssessedPlan } from "../model/blast.ts";
import type { Finding, Level } from "../model/finding.ts";
import type { JudgedPlan, Judgement, Verdict } from "../model/judgement.ts";
import type { Policy } from "../model/policy.ts";
import type { PolicyRevision } from "../model/policy-base.ts";
import { environmentOf, environmentParts, type Whereabouts } from "./environment.ts";
import { type HeldTo, heldTo, limitsFor, limitsIn } from "./held-to.ts";
import { exceededLimits, measureModules, shareOf } from "./limits.ts";
import { applyReview } from "./review.ts";
import { applyRules, type BareFinding, levelled } from "./rules.ts";
import { scoreOf } from "./score.ts";
import { openBook, type SignatureBook } from "./signoff/index.ts";
import { isSigned, type Signing, signed } from "./signoff/lift.ts";
import { voidWaivers, waived } from "./waivers.ts";

export { guardedChanges } from "./guarded-files.ts";
export { exceededTogether, type MeasuredPlan } from "./limits.ts";
export { type ConfigFile, loadPolicy } from "./load.ts";
export { parseAllowedSigners } from "./signoff/allowed-signers.ts";
export type { Signing } from "./signoff/lift.ts";
export { isSignable, signedPlanOf } from "./signoff/signed-plan.ts";
export { parseStatement, writeStatement } from "./signoff/statement.ts";
export { parseDuration } from "./signoff/validity.ts";
export { samePolicy, strictestPolicy } from "./strictest.ts";

/** What a verdict depends on beside plans, author and policy. */
export interface Circumstances extends Whereabouts {
  /** The time to judge at, RFC 3339. */
  readonly asOf: string;
  /** Where the policy was read from, and what the change does to it; absent when it was not read from a base. */
  readonly revision?: PolicyRevision | undefined;
}

/** The verdict on some plans together. */
export function judge(
  assessed: readonly AssessedPlan[],
  authorship: Authorship,
  policy: Policy,
  where: Circumstances,
  signing?: Signing,
): Judgement {
  const held = heldTo(policy, authorship);
  const plans = assessed.map((one) => measure(one, policy, where));
  const book = bookOf(plans, policy, where, signing);
  const lift = (finding: Finding): Finding => signed(finding, book, authorship, signing?.participants);
  const raw = [
    ...exceededLimits(policy, held, plans, (finding) => isSigned(lift(finding))),
    ...plans.flatMap((plan) => applyRules(policy, held, plan, where)),
  ]
    .map(lift)
    .concat(signing?.reviewed === undefined ? [] : applyReview(plans, signing.reviewed));
  const answered = [
    ...waived(raw, policy, plans, where.asOf),
    ...levelled([...voidWaivers(policy, where.asOf), ...ownChanges(where.revision)], policy, held).map(lift),
  ];
  const findings = (policy.mode === "observe" ? answered.map(observed) : answered).sort(bySeverity);
  const problems = assessed.flatMap(({ plan }) => plan.problems.map((problem) => ({ ...problem, input: plan.input })));
  return {
    verdict: problems.length > 0 ? "undecided" : verdictOf(findings),
    ...(policy.mode === "observe" && { wouldBe: verdictOf(answered) }),
    authorship,
    heldTo: { actor: held.actor, bound: held.bound },
    limits: limitsFor(policy.limits, held.kinds),
    environments: environmentLimits(policy, held, plans),
    policy,
    ...(where.revision && { base: { ref: where.revision.ref, commit: where.revision.commit } }),
    plans,
    findings,
    signatures: book.signatures,
    problems,
  };
}

/** Limits in those environments of the plans that the config names. */
function environmentLimits(policy: Policy, { kinds }: HeldTo, plans: readonly JudgedPlan[]): Judgement["environments"] {
  const names = new Set(
    plans.flatMap(({ environment, parts }) => [environment, ...parts.map((part) => part.environment)]),
  );
  const known = [...names].filter((name) => name !== undefined && Object.hasOwn(policy.environments, name)) as string[];
  return Object.fromEntries(known.sort().map((name) => [name, limitsIn(policy, name, kinds)]));
}

const EMPTY_BOOK: SignatureBook = { signatures: [], signersOf: () => 0 };

function bookOf(
  plans: readonly JudgedPlan[],
  { signOff }: Policy,
  { workspace }: Whereabouts,
  signing: Signing | undefined,
): SignatureBook {
  if (signing?.participants === undefined) return EMPTY_BOOK;
  const { evidence, participants, asOf } = signing;
  return openBook(plans, { policy: signOff, evidence, participants, asOf, workspace });
}

/** What a change does to the policy that judges it. */
function ownChanges(revision: PolicyRevision | undefined): BareFinding[] {
  if (revision === undefined) return [];
  const { ref, changed, added } = revision;
  return [
    ...(changed.length > 0 ? [{ ruleId: "policy-changed", paths: changed, ref } as const] : []),
    ...(added.length > 0 ? [{ ruleId: "policy-added", paths: added, ref } as const] : []),
  ];
}

function measure(assessed: AssessedPlan, policy: Policy, where: Whereabouts): JudgedPlan {
  const { plan, ended, affected, dataLoss } = assessed;
  const { existing, existingIsKnown } = plan;
  const share = shareOf(ended, existing, existingIsKnown);
  return {
    assessed,
    environment: environmentOf(plan, policy, where),
    measures: { dataLoss, ended, affected, share, score: scoreOf(assessed, policy.weights), existing, existingIsKnown },
    parts: environmentParts(assessed, policy, where).map(({ environment, modules }) => ({
      environment,
      measures: measureModules(modules),
    })),
  };
}

/** What observe mode makes of a finding: still seen, no longer in the way. */
function observed(finding: Finding): Finding {
  const { signatures: _, ...rest } = finding;
  return finding.level === "error" ? ({ ...rest, level: "warning" } as Finding) : finding;
}

/** What findings come to. */
export function verdictOf(findings: readonly Pick<Finding, "level" | "signatures" | "waiver">[]): Verdict {
  const errors = findings.filter(({ level, waiver }) => level === "error" && waiver === undefined);
  if (errors.some(({ signatures }) => signatures === undefined)) return "fail";
  return errors.length > 0 ? "review" : "pass";
}

const LEVEL_ORDER: Readonly<Record<Level, number>> = { error: 0, warning: 1, note: 2 };

/** What findings are ordered by; `null` too says that there is no waiver. */
type Ordered = Pick<Finding, "level" | "signatures" | "input" | "address"> & {
  readonly ruleId: string;
  readonly waiver?: unknown;
};

/** What nobody answers for first, of that what stops the pipeline, then what nobody can sign away, then by rule, plan and address. */
export function bySeverity(left: Ordered, right: Ordered): number {
  const isWaived = ({ waiver }: Ordered): number => Number(waiver !== undefined && waiver !== null);
  return (
    isWaived(left) - isWaived(right) ||
    LEVEL_ORDER[left.level] - LEVEL_ORDER[right.level] ||
    Number(left.signatures !== undefined) - Number(right.signatures !== undefined) ||
    ruleOrder(left) - ruleOrder(right) ||
    compareText(left.ruleId, right.ruleId) ||
    compareText(left.input ?? "", right.input ?? "") ||
    compareText(left.address ?? "", right.address ?? "")
  );
}

const RULE_ORDER: readonly string[] = [
  "limit-data-loss",
  "limit-ended",
  "limit-affected",
  "limit-share",
  "limit-score",
];

/** Limits in the order in which they are always shown, other rules behind them. */
function ruleOrder({ ruleId }: Ordered): number {
  const place = RULE_ORDER.indexOf(ruleId);
  return place < 0 ? RULE_ORDER.length : place;
}
