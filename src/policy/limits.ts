/** Limits: measured against the bound that the actor is held to, for each plan and for the sum over the run. */

import type { ModuleLoss } from "../model/blast.ts";
import { type Bound, type Range, sumRanges, ZERO } from "../model/bounds.ts";
import type { Finding, LimitRuleId } from "../model/finding.ts";
import type { JudgedPlan, Measures } from "../model/judgement.ts";
import { type ActorLimits, LIMIT_NAMES, type LimitName, type Policy } from "../model/policy.ts";
import { type HeldTo, limitsIn } from "./held-to.ts";
import { modeIn } from "./mode.ts";

/** In smaller environments a share says nothing: 1 of 2 is no catastrophe. */
export const SMALLEST_ENVIRONMENT = 20;

export const LIMIT_RULES: Readonly<Record<LimitName, LimitRuleId>> = {
  dataLoss: "limit-data-loss",
  ended: "limit-ended",
  affected: "limit-affected",
  share: "limit-share",
  score: "limit-score",
};

/** What is being held against the limits: a plan, or several together. */
interface Subject {
  readonly measures: Measures;
  readonly limits: ActorLimits;
  readonly names: readonly LimitName[];
  readonly about: Pick<Finding, "input" | "environment">;
}

/** Limits that plans exceed by themselves. In an ephemeral environment none holds. */
export function exceededAlone(policy: Policy, held: HeldTo, plans: readonly JudgedPlan[]): Finding[] {
  const lasting = plans.filter(({ ephemeral }) => !ephemeral);
  return lasting.flatMap((plan) => {
    const own = exceeded(planSubject(policy, held, plan), held.bound);
    const parts = partSubjects(policy, held, plan).flatMap((part) => exceeded(part, held.bound));
    // What is only observed speaks for no part that is enforced.
    const tells = (finding: Finding, part: Finding): boolean =>
      modeIn(policy, finding.environment) === "enforce" || modeIn(policy, part.environment) === "observe";
    return [...own, ...parts.filter((part) => !own.some((one) => tells(one, part) && isNoWorse(part, one)))];
  });
}

/** A plan as far as sums need it. */
export type MeasuredPlan = Pick<JudgedPlan, "environment" | "measures" | "ephemeral" | "mode">;

/** What findings are compared by. */
interface Exceeded {
  readonly ruleId: string;
  readonly limit?: number;
  readonly signatures?: number;
  readonly environment?: string;
  /** It stops nothing, so it says nothing of plans that go elsewhere. */
  readonly observed?: boolean;
}

/** Limits that only several plans together exceed, over all of them and over those of each environment. */
export function exceededTogether(
  plans: readonly MeasuredPlan[],
  held: {
    /** The limits in an environment; without one those that hold everywhere. */
    readonly limitsOf: (environment: string | undefined) => ActorLimits;
    readonly bound: "lower" | "upper";
    /** What plans exceed by themselves, and nobody has signed or answers for. */
    readonly alone: readonly Exceeded[];
  },
): Finding[] {
  const lasting = plans.filter(({ ephemeral }) => !ephemeral);
  if (lasting.length < 2) return [];
  // What is only observed must not fail the others with its share of the sum.
  const counted = lasting.filter(({ mode }) => mode !== "observe");
  const together = [
    ...environmentSubjects(lasting, held.limitsOf),
    { measures: sumMeasures(counted), limits: held.limitsOf(undefined), names: SUMMED, about: {} },
  ];
  // Where one plan is over the same limit by itself, that the sum is too says nothing new.
  return together
    .flatMap((subject) => exceeded(subject, held.bound))
    .filter((sum) => !held.alone.some((alone) => saysAsMuch(alone, sum)));
}

/** Where the whole plan is over the same limit, that a part of it is too says nothing new. */
function isNoWorse(part: Finding, whole: Finding): boolean {
  if (!("limit" in part && "limit" in whole) || part.ruleId !== whole.ruleId || part.limit !== whole.limit)
    return false;
  return whole.signatures === undefined || (part.signatures !== undefined && part.signatures <= whole.signatures);
}

export function saysAsMuch(alone: Exceeded, sum: Exceeded): boolean {
  if (alone.limit === undefined || alone.ruleId !== sum.ruleId || alone.limit !== sum.limit) return false;
  const sameEnvironment = sum.environment === undefined ? !alone.observed : alone.environment === sum.environment;
  return (
    sameEnvironment &&
    (alone.signatures === undefined || (sum.signatures !== undefined && alone.signatures >= sum.signatures))
  );
}

/** A share of unrelated environments together means nothing. */
const SUMMED: readonly LimitName[] = LIMIT_NAMES.filter((name) => name !== "share");

function planSubject(policy: Policy, held: HeldTo, { assessed, environment, measures }: JudgedPlan): Subject {
  const about = { input: assessed.plan.input, ...(environment !== undefined && { environment }) };
  return { measures, limits: limitsIn(policy, environment, held.kinds), names: LIMIT_NAMES, about };
}

/** What can be told of a part: what ends in it. What depends on that may lie anywhere. */
const OF_PARTS: readonly LimitName[] = ["dataLoss", "ended", "share"];

function partSubjects(policy: Policy, held: HeldTo, { assessed, parts }: JudgedPlan): Subject[] {
  return parts.map(({ environment, measures, whole }) => {
    const about = { input: assessed.plan.input, environment };
    const names = whole ? LIMIT_NAMES : OF_PARTS;
    return { measures, limits: limitsIn(policy, environment, held.kinds), names, about };
  });
}

export function measureModules(modules: readonly ModuleLoss[]): Measures {
  const existing = modules.reduce((total, module) => total + module.existing, 0);
  const ended = sumRanges(modules.map((module) => module.ended));
  const dataLoss = sumRanges(modules.map((module) => module.dataLoss));
  const share = shareOf(ended, existing, true);
  return { dataLoss, ended, affected: ZERO, score: ZERO, existing, existingIsKnown: true, share };
}

function environmentSubjects(
  plans: readonly MeasuredPlan[],
  limitsOf: (environment: string) => ActorLimits,
): Subject[] {
  const names = new Set(plans.map(({ environment }) => environment).filter((name) => name !== undefined));
  return [...names].flatMap((environment) => {
    const own = plans.filter((plan) => plan.environment === environment);
    // One plan is held to these limits by itself.
    if (own.length < 2) return [];
    return [{ measures: sumMeasures(own), limits: limitsOf(environment), names: LIMIT_NAMES, about: { environment } }];
  });
}

function sumMeasures(plans: readonly MeasuredPlan[]): Measures {
  const sum = (name: "dataLoss" | "ended" | "affected" | "score"): Range =>
    sumRanges(plans.map(({ measures }) => measures[name]));
  const existing = plans.reduce((total, { measures }) => total + measures.existing, 0);
  const existingIsKnown = plans.every(({ measures }) => measures.existingIsKnown);
  const ended = sum("ended");
  return {
    dataLoss: sum("dataLoss"),
    ended,
    affected: sum("affected"),
    score: sum("score"),
    existing,
    existingIsKnown,
    share: shareOf(ended, existing, existingIsKnown),
  };
}

/**
 * Ended over existing objects; 0 when nothing ends, whatever exists. Of an environment whose size is not known no share is:
 * it may be as large as it likes, or be all that ends.
 */
export function shareOf(ended: Range, existing: number, existingIsKnown: boolean): Range {
  const of = (count: number): number => (count === 0 ? 0 : count / Math.max(existing, count));
  if (!existingIsKnown && ended.upper !== 0) return { lower: 0, upper: null };
  return { lower: of(ended.lower), upper: ended.upper === null ? null : of(ended.upper) };
}

function exceeded({ measures, limits, names, about }: Subject, bound: "lower" | "upper"): Finding[] {
  return names.flatMap((limitName): Finding[] => {
    const limit = limits[limitName];
    if (limit === undefined || limit === "off") return [];
    if (limitName === "share" && measures.existing < SMALLEST_ENVIRONMENT) return [];
    const actual: Bound = measures[limitName][bound];
    if (actual !== null && actual <= limit) return [];
    const signatures = typeof limits.signatures === "number" ? { signatures: limits.signatures } : {};
    return [{ ruleId: LIMIT_RULES[limitName], level: "error", limitName, limit, actual, ...signatures, ...about }];
  });
}
