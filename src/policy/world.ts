/** Whether a plan was made in the world that its environment is pinned to: account, region, workspace, and a state that knows it. */

import type { WrongState, WrongWorld } from "../model/hazard.ts";
import type { ChangePlan, WorldMark } from "../model/plan.ts";
import type { Policy } from "../model/policy.ts";
import type { Whereabouts } from "./environment.ts";

const PINS = { accounts: "account", regions: "region" } as const;

/** One finding for each pinned thing that the plan contradicts, or does not show at all. */
export function worldFindings(
  plan: ChangePlan,
  environment: string | undefined,
  policy: Policy,
  { workspace }: Whereabouts,
): WrongWorld[] {
  const pinned = pinnedOf(policy, environment);
  if (pinned === undefined || plan.changes.length === 0) return [];
  const marks = plan.world();
  const found = (["accounts", "regions"] as const).flatMap((name): WrongWorld[] => {
    const expected = pinned[name];
    return expected === undefined ? [] : compare(PINS[name], expected, marks);
  });
  return [...found, ...compareWorkspace(pinned.workspace, workspace)];
}

function pinnedOf(policy: Policy, environment: string | undefined): Policy["environments"][string]["pinned"] {
  const known = environment !== undefined && Object.hasOwn(policy.environments, environment);
  return known ? policy.environments[environment]?.pinned : undefined;
}

function compare(what: WorldMark["what"], expected: readonly string[], marks: readonly WorldMark[]): WrongWorld[] {
  const seen = marks.filter((mark) => mark.what === what);
  if (seen.length === 0) return [{ ruleId: "unverified-world", what, expected }];
  const other = seen.find(({ value }) => !expected.includes(value));
  return other === undefined ? [] : [{ ruleId: "wrong-world", what, expected, seenAt: other.address }];
}

function compareWorkspace(expected: string | undefined, workspace: string | undefined): WrongWorld[] {
  if (expected === undefined || workspace === expected) return [];
  if (workspace === undefined) return [{ ruleId: "unverified-world", what: "workspace", expected: [expected] }];
  return [{ ruleId: "wrong-world", what: "workspace", expected: [expected], seenAt: "the plan" }];
}

/** A plan that creates this much is no small addition. */
const MANY = 10;
/** Existing objects beside created ones below which a state is as good as empty. */
const NEARLY_NOTHING = 0.1;

/** Whether the plan creates everything although its environment is said to exist; `undefined` when it does not. */
export function emptyState(plan: ChangePlan, environment: string | undefined, policy: Policy): WrongState | undefined {
  // A change set has no state that could be missing: its stack is in the service.
  if (plan.kind !== "terraform-plan") return undefined;
  const { create } = plan.summary;
  if (create < MANY || plan.existing > create * NEARLY_NOTHING) return undefined;
  const known = environment !== undefined && Object.hasOwn(policy.environments, environment);
  const exists = known && policy.environments[environment]?.exists === true;
  return { ruleId: exists ? "lost-state" : "empty-state", created: create, existing: plan.existing };
}
