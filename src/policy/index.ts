/** Policy over assessed plans: the door of this folder. */

import unaskedPolicy from "../generated/unasked-policy.js";
import { compareText } from "../model/address.ts";
import type { Authorship } from "../model/authorship.ts";
import type { AssessedPlan } from "../model/blast.ts";
import type { Finding, Level } from "../model/finding.ts";
import type { JudgedPlan, Judgement, Verdict } from "../model/judgement.ts";
import type { ActorLimits, Policy } from "../model/policy.ts";
import type { PolicyRevision } from "../model/policy-base.ts";
import {
  type Circumstances,
  environmentOf,
  environmentParts,
  otherEnvironments,
  type Whereabouts,
} from "./environment.ts";
import { isEphemeral } from "./ephemeral.ts";
import { type HeldTo, heldTo, limitsFor, limitsIn } from "./held-to.ts";
import { exceededAlone, exceededTogether, measureModules, shareOf } from "./limits.ts";
import { isObserved, observed, ownMode } from "./mode.ts";
import { regoFindings } from "./rego/index.ts";
import type { PolicyRequest } from "./request.ts";
import { applyReview } from "./review.ts";
import { aboutOf, applyRules, type BareFinding, levelled } from "./rules.ts";
import { scoreOf } from "./score.ts";
import type { SignatureBook } from "./signoff/book.ts";
import { isSigned, type Signing, signed } from "./signoff/lift.ts";
import { voidWaivers, waived } from "./waivers.ts";

export type { Circumstances } from "./environment.ts";
export { exceededTogether, type MeasuredPlan } from "./limits.ts";
export type { ConfigFile } from "./request.ts";
export type { Signing } from "./signoff/lift.ts";

/**
 * The policy of a config and of rulesets; what holds where there is neither is ready-made.
 * @throws FirebreakError `bad-config`
 */
export async function loadPolicy(request: PolicyRequest): Promise<Policy> {
  if (request.config === undefined && request.rulesets.length === 0) return unaskedPolicy();
  return (await import("./load.ts")).loadPolicy(request);
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
  const isOnlyObserved = (finding: Finding): boolean => isObserved(finding, policy, plans);
  const limitsOf = (environment: string | undefined): ActorLimits => limitsIn(policy, environment, held.kinds);
  const book = bookOf(plans, policy, where, signing);
  const lift = (finding: Finding): Finding => signed(finding, book, authorship, signing?.participants);
  // With whoever signed for them, and whoever answers for them.
  const answered = (found: readonly Finding[]): Finding[] => waived(found.map(lift), policy, plans, where.asOf);
  const alone = answered(exceededAlone(policy, held, plans));
  // What is waived or signed does not stop, nor what is only observed the rest: the sum has to say it again.
  const stopping = alone
    .filter((finding) => finding.waiver === undefined && !isSigned(finding))
    .map((finding) => ({ ...finding, observed: policy.mode === "enforce" && isOnlyObserved(finding) }));
  const rego = plans.map((plan) => ({ plan, ...regoFindings(plan, policy) }));
  const all = [
    ...alone,
    ...answered(exceededTogether(plans, { limitsOf, bound: held.bound, alone: stopping })),
    ...answered(plans.flatMap((plan) => applyRules(policy, held, plan, where))),
    ...answered(
      rego.flatMap(({ plan, found }) =>
        levelled(
          found.map((one) => ({ ...one, ...aboutOf(plan) })),
          policy,
          held,
        ),
      ),
    ),
    ...levelled([...voidWaivers(policy, where.asOf), ...ownChanges(where.revision)], policy, held).map(lift),
    ...(signing?.reviewed === undefined ? [] : applyReview(plans, signing.reviewed)),
  ];
  const findings = all.map((finding) => (isOnlyObserved(finding) ? observed(finding) : finding)).sort(bySeverity);
  const problems = rego.flatMap(
    ({
      plan: {
        assessed: { plan },
      },
      problems: own,
    }) => [...plan.problems, ...own].map((problem) => ({ ...problem, input: plan.input })),
  );
  return {
    verdict: problems.length > 0 ? "undecided" : verdictOf(findings),
    ...((policy.mode === "observe" || all.some(isOnlyObserved)) && { wouldBe: verdictOf(all) }),
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
  if (signing?.openBook === undefined || signing.participants === undefined) return EMPTY_BOOK;
  const { openBook, evidence, participants, asOf } = signing;
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
  const environment = environmentOf(plan, policy, where);
  const measures = {
    dataLoss,
    ended,
    affected,
    share,
    score: scoreOf(assessed, policy.weights),
    existing,
    existingIsKnown,
  };
  const parts = environmentParts(assessed, policy, where).map(({ environment, modules }) => ({
    environment,
    measures: measureModules(modules),
  }));
  const others = otherEnvironments(plan, policy, where).map((other) => ({
    environment: other,
    measures,
    whole: true as const,
  }));
  return {
    assessed,
    environment,
    ephemeral: isEphemeral(assessed, environment, policy, where),
    mode: ownMode(policy, environment),
    measures,
    parts: [...parts, ...others],
  };
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
