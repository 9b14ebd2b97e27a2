/** The rules beside limits. Each looks at one judged plan and says where it applies; the policy says how that counts. */

import { type Finding, RULES, type RuleId } from "../model/finding.ts";
import type { JudgedPlan } from "../model/judgement.ts";
import { endingOf } from "../model/plan.ts";
import type { Policy } from "../model/policy.ts";
import { customFindings } from "./custom/index.ts";
import type { Circumstances, Whereabouts } from "./environment.ts";
import { PASSES_IN_EPHEMERAL } from "./ephemeral.ts";
import { freezesFor } from "./freezes.ts";
import { type HeldTo, settingOf } from "./held-to.ts";
import { protectedEndings } from "./protection.ts";
import { emptyState, worldFindings } from "./world.ts";

/** A finding before the policy gives it a level. `Omit` member by member keeps the union of arguments. */
export type BareFinding = Finding extends infer Member
  ? Member extends Finding
    ? Omit<Member, "level" | "signatures" | "waiver">
    : never
  : never;

type Rule = (plan: JudgedPlan, held: HeldTo) => BareFinding[];

/** Rules that look at the plan itself. All others speak of hazards: what `blast/` found is theirs as it is. */
const PLAN_RULES: Readonly<Partial<Record<RuleId, Rule>>> = {
  "environment-recreated": (plan, held) => gone(plan, held, true),
  "environment-removed": (plan, held) => gone(plan, held, false),
  "incomplete-plan": ({ assessed: { plan } }) =>
    plan.completeness.complete ? [] : [{ ruleId: "incomplete-plan", reasons: plan.completeness.reasons }],
  "imported-object-ends": ({ assessed: { plan } }) =>
    plan.changes
      .filter((change) => change.importing !== undefined && endingOf(change) !== undefined)
      .map(({ address }) => ({ ruleId: "imported-object-ends", address })),
  // What a change set retains leaves its stack by the template's own word, in every ordinary removal.
  "object-forgotten": ({ assessed: { plan } }) =>
    plan.changes
      .filter(({ action }) => plan.kind === "terraform-plan" && action.kind === "forget")
      .map(({ address }) => ({ ruleId: "object-forgotten", address })),
  "provider-action": ({ assessed: { plan } }) =>
    plan.actionInvocations.map(({ address, trigger }) => ({
      ruleId: "provider-action",
      address,
      ...(trigger !== undefined && { trigger }),
    })),
  "failing-check": ({ assessed: { plan } }) =>
    plan.checks
      .filter(({ status }) => status === "fail" || status === "error")
      .map(({ address }) => ({ ruleId: "failing-check", address })),
  "refused-change": ({ assessed: { plan } }) =>
    (plan.refusals ?? []).map((refusal) => ({ ruleId: "refused-change", ...refusal })),
  "protection-removed": ({ assessed: { plan } }) =>
    plan.changes.flatMap(({ address, disarms = [] }) =>
      disarms.length === 0 ? [] : [{ ruleId: "protection-removed", address, disarms }],
    ),
  "avoidable-destruction": ({ assessed: { suggestions } }) =>
    suggestions.map((suggestion) => ({
      ruleId: "avoidable-destruction",
      suggestion,
      address: suggestion.kind === "for-each" ? suggestion.address : (suggestion.blocks[0]?.from ?? ""),
    })),
};

/** Rules about where a plan belongs; they need what the caller says about it. */
function worldRules(
  { assessed: { plan }, environment, parts }: JudgedPlan,
  policy: Policy,
  where: Whereabouts,
): BareFinding[] {
  const state = emptyState(plan, environment, policy);
  const all = [environment, ...parts.filter(({ whole }) => whole).map((part) => part.environment)];
  return [...all.flatMap((name) => worldFindings(plan, name, policy, where)), ...(state ? [state] : [])];
}

/** Rules that speak of what the policy itself names. */
function policyRules(plan: JudgedPlan, held: HeldTo, policy: Policy, { asOf }: Circumstances): BareFinding[] {
  const { ended } = plan.assessed;
  return [
    ...protectedEndings(plan, held, policy.protected),
    ...freezesFor(plan, policy, asOf),
    ...(plan.ephemeral && ended.upper !== 0 ? [{ ruleId: "ephemeral-environment", ended } as const] : []),
  ];
}

/** Groups without survivors. Whoever is held to the lower bound answers only for what is certain. */
function gone({ assessed }: JudgedPlan, { bound }: HeldTo, recreated: boolean): BareFinding[] {
  return assessed.noSurvivors
    .filter((group) => group.recreated === recreated && (bound === "upper" || group.certainty === "certain"))
    .map(({ scope, address, objects }) => ({
      ruleId: recreated ? "environment-recreated" : "environment-removed",
      scope,
      objects,
      address,
    }));
}

function hazards({ assessed }: JudgedPlan, { bound }: HeldTo, id: RuleId): BareFinding[] {
  return assessed.hazards
    .filter(({ ruleId, certainty }) => ruleId === id && (bound === "upper" || certainty === "certain"))
    .map(({ certainty: _, ...bare }) => bare);
}

export function applyRules(policy: Policy, held: HeldTo, plan: JudgedPlan, where: Circumstances): Finding[] {
  const others = [...worldRules(plan, policy, where), ...policyRules(plan, held, policy, where)];
  const about = aboutOf(plan);
  const custom = customFindings(plan, held, policy).map((bare) => ({ ...bare, ...about }));
  const builtIn = (Object.keys(RULES) as RuleId[]).flatMap((id) => {
    if (plan.ephemeral && PASSES_IN_EPHEMERAL.has(id)) return [];
    const found = PLAN_RULES[id]?.(plan, held) ?? [
      ...hazards(plan, held, id),
      ...others.filter(({ ruleId }) => ruleId === id),
    ];
    return levelled(
      found.map((bare) => ({ ...bare, ...about })),
      policy,
      held,
    );
  });
  return [...builtIn, ...levelled(custom, policy, held)];
}

/** What every finding on one plan says. */
export function aboutOf({ assessed, environment }: JudgedPlan): Pick<Finding, "input" | "environment"> {
  return { input: assessed.plan.input, ...(environment !== undefined && { environment }) };
}

/** Findings as the policy counts them for this actor; those of rules that are off are none. */
export function levelled(found: readonly BareFinding[], policy: Policy, { kinds }: HeldTo): Finding[] {
  return found.flatMap((bare): Finding[] => {
    const { level, signatures } = settingOf(policy, bare.ruleId, kinds);
    if (level === "off") return [];
    return [{ ...bare, level, ...(level === "error" && signatures !== undefined && { signatures }) }];
  });
}
