/** Rules of the config: what they find in one judged plan. */

import type { AssessedChange } from "../../model/blast.ts";
import type { CustomRule, ExpressionFacts } from "../../model/custom-rule.ts";
import type { CustomFinding } from "../../model/finding.ts";
import type { JudgedPlan } from "../../model/judgement.ts";
import type { Policy } from "../../model/policy.ts";
import type { HeldTo } from "../held-to.ts";
import { forExpression } from "./attributes.ts";
import { actionOf, matchesChange } from "./match.ts";

export function customFindings(plan: JudgedPlan, held: HeldTo, { custom }: Policy): CustomFinding[] {
  return Object.entries(custom).flatMap(([name, rule]) => findingsOf(`custom/${name}`, rule, plan, held));
}

function findingsOf(ruleId: `custom/${string}`, rule: CustomRule, plan: JudgedPlan, held: HeldTo): CustomFinding[] {
  const { match, description, remedy, atMost } = rule;
  if (match.environments !== undefined && !environmentsOf(plan).some((name) => match.environments?.includes(name)))
    return [];
  if (match.actors !== undefined && !held.kinds.some((kind) => match.actors?.includes(kind))) return [];
  const words = { ruleId, description, ...(remedy !== undefined && { remedy }) };
  const found = plan.assessed.changes
    .filter((change) => matchesChange(match, change, held.bound))
    .map((assessed) => ({ address: assessed.change.address, answer: answerOf(rule, assessed, plan, held) }))
    .filter(({ answer }) => answer !== false);
  if (found.length <= atMost) return [];
  if (atMost > 0) return [{ ...words, limit: atMost, actual: found.length }];
  return found.map(({ address, answer }) => ({
    ...words,
    address,
    ...(answer === undefined && { notEvaluated: true }),
  }));
}

/** Where all of the plan goes. */
function environmentsOf({ environment = "", parts }: JudgedPlan): string[] {
  return [environment, ...parts.filter(({ whole }) => whole).map((part) => part.environment)];
}

/** What cannot be evaluated counts as found: it was not shown to be harmless. */
function answerOf(
  { holds }: CustomRule,
  assessed: AssessedChange,
  plan: JudgedPlan,
  held: HeldTo,
): boolean | undefined {
  return holds === undefined ? true : holds(factsOf(assessed, plan, held));
}

const LARGEST = 2n ** 63n - 1n;

function factsOf(assessed: AssessedChange, { environment }: JudgedPlan, { bound, kinds }: HeldTo): ExpressionFacts {
  const { change, type, radius } = assessed;
  const { before, after, afterUnknown } = change.values();
  const action = actionOf(assessed, bound);
  const dependents = radius[bound];
  return {
    change: {
      address: change.address,
      type: change.type,
      action,
      ends: action === "delete" || action === "replace",
      importing: change.importing !== undefined,
      holdsData: type.holdsData || (bound === "upper" && type.mayHoldData),
      losses: assessed.ending === undefined ? [] : type.losses,
      radius: dependents === null ? LARGEST : BigInt(dependents),
      before: forExpression(before),
      after: forExpression(after, afterUnknown),
    },
    environment: environment ?? "",
    actor: kinds[0] ?? "unknown",
  };
}
