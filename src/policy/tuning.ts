/** What limits would have done to past plans. Each plan is judged by itself; nothing here changes a verdict. */

import type { Bound } from "../model/bounds.ts";
import type { JudgedPlan, Judgement } from "../model/judgement.ts";
import { LIMIT_NAMES, type LimitName } from "../model/policy.ts";
import type { TunedGroup, TunedLimit, TunedPlan } from "../model/tuning.ts";
import { verdictOf } from "./index.ts";
import { LIMIT_RULES, SMALLEST_ENVIRONMENT } from "./limits.ts";

/** A plan of a judgement, as limits see it. */
export function tunedPlan(judgement: Judgement, { assessed, environment, measures }: JudgedPlan): TunedPlan {
  const { input } = assessed.plan;
  const own = judgement.findings.filter((finding) => finding.input === input);
  const stopping = own.filter(({ level, waiver }) => level === "error" && waiver === undefined);
  const limitOf = (ruleId: string): LimitName | undefined => LIMIT_NAMES.find((name) => LIMIT_RULES[name] === ruleId);
  // A limit of a part of the plan is none that the plan as a whole could be given.
  const over = stopping.filter(
    (finding) => limitOf(finding.ruleId) !== undefined && finding.environment === environment,
  );
  const inForce = (environment === undefined ? undefined : judgement.environments[environment]) ?? judgement.limits;
  const small = measures.existing < SMALLEST_ENVIRONMENT;
  const actual = (name: LimitName): Bound => (name === "share" && small ? 0 : measures[name][judgement.heldTo.bound]);
  const verdict = verdictOf(own);
  return {
    input,
    verdict: verdict === "undecided" ? "fail" : verdict,
    ...(environment !== undefined && { environment }),
    actual: fromLimits(actual),
    limits: fromLimits((name) => (typeof inForce[name] === "number" ? inForce[name] : undefined)),
    over: LIMIT_NAMES.filter((name) => over.some(({ ruleId }) => limitOf(ruleId) === name)),
    rules: [...new Set(stopping.filter((finding) => !over.includes(finding)).map(({ ruleId }) => ruleId))].sort(),
  };
}

function fromLimits<Value>(read: (name: LimitName) => Value): Record<LimitName, Exclude<Value, undefined>> {
  const entries = LIMIT_NAMES.map((name) => [name, read(name)] as const).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Record<LimitName, Exclude<Value, undefined>>;
}

/** Plans by where they go. `wanted` is the part of each group that should pass, 0 to 1. */
export function tunedGroups(plans: readonly TunedPlan[], wanted: number): TunedGroup[] {
  const names = [...new Set(plans.map(({ environment }) => environment))].sort();
  return names.map((environment) => {
    const own = plans.filter((plan) => plan.environment === environment);
    const [first] = own;
    const inForce = LIMIT_NAMES.filter((name) => first?.limits[name] !== undefined);
    const byRules = own.filter(({ rules }) => rules.length > 0);
    const together = limitsTogether(own, inForce, wanted);
    return {
      ...(environment !== undefined && { environment }),
      plans: own.length,
      limits: inForce.map((name) => tunedLimit(own, name, first?.limits[name] ?? 0, wanted)),
      ...(together && { together }),
      rules: countedRules(byRules),
      stoppedByRules: byRules.length,
    };
  });
}

function tunedLimit(plans: readonly TunedPlan[], name: LimitName, now: number, wanted: number): TunedLimit {
  const actuals = sortedActuals(plans, name);
  const needed = limitFor(actuals, atLeast(plans.length, wanted));
  const most = actuals.findLast((actual) => actual !== null) ?? 0;
  const marks = [
    ...(name === "share" ? SHARES : COUNTS).filter((mark) => mark < most),
    most,
    now,
    ...(needed === null ? [] : [needed]),
  ];
  const steps = [...new Set(marks)].sort((left, right) => left - right);
  return {
    name,
    now,
    over: plans.length - within(actuals, now),
    needed,
    steps: steps.map((limit) => ({ limit, within: within(actuals, limit) })),
  };
}

/** Where a chart looks. */
const COUNTS = [0, 1, 5, 25, 100, 500, 2500, 10_000];
const SHARES = [0, 0.05, 0.1, 0.25, 0.5, 0.75];

/** Smallest first; what cannot be known is above all. */
function sortedActuals(plans: readonly TunedPlan[], name: LimitName): Bound[] {
  const value = (actual: Bound): number => actual ?? Number.POSITIVE_INFINITY;
  return plans.map(({ actual }) => actual[name]).sort((left, right) => value(left) - value(right));
}

function within(actuals: readonly Bound[], limit: number): number {
  return actuals.filter((actual) => actual !== null && actual <= limit).length;
}

/** How many plans are that part, and no fewer: floating point makes 0.95 of 20 more than 19. */
function atLeast(plans: number, part: number): number {
  return Math.ceil(plans * part - 1e-9);
}

/** The smallest limit that so many are within. */
function limitFor(actuals: readonly Bound[], count: number): number | null {
  return count === 0 ? 0 : (actuals[count - 1] ?? null);
}

/**
 * The tightest limits of all, each passing as large a part of the plans by itself, that let as many pass as are wanted; never
 * tighter than those in force, which nobody asked to tighten.
 */
function limitsTogether(
  plans: readonly TunedPlan[],
  names: readonly LimitName[],
  wanted: number,
): TunedGroup["together"] | undefined {
  const enough = atLeast(plans.length, wanted);
  const actuals = new Map(names.map((name) => [name, sortedActuals(plans, name)]));
  const [first] = plans;
  for (let count = enough; count <= plans.length; count++) {
    const limits = new Map<LimitName, number>();
    for (const name of names) {
      const limit = limitFor(actuals.get(name) ?? [], count);
      if (limit !== null) limits.set(name, Math.max(limit, first?.limits[name] ?? 0));
    }
    if (limits.size < names.length) return undefined;
    const passing = plans.filter(
      ({ actual, rules }) => rules.length === 0 && names.every((name) => isWithin(actual[name], limits.get(name) ?? 0)),
    ).length;
    if (passing >= enough) return { limits: Object.fromEntries(limits), passing };
  }
  return undefined;
}

function isWithin(actual: Bound, limit: number): boolean {
  return actual !== null && actual <= limit;
}

function countedRules(plans: readonly TunedPlan[]): TunedGroup["rules"] {
  const counts = new Map<string, number>();
  for (const rule of plans.flatMap(({ rules }) => rules)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const counted = [...counts].map(([rule, count]) => ({ rule, plans: count }));
  return counted.sort((left, right) => right.plans - left.plans || (left.rule < right.rule ? -1 : 1));
}
