/** The ways in which firebreak is given one and the same plan, and how much it can know each time. */

import { check, type PlanBytes, type PlanReport } from "../../src/index.ts";
import type { Lists, PlanFacts } from "./plan-facts.ts";

export interface Reading {
  readonly name: string;
  readonly input: string | PlanBytes;
  /** Path of the state from before the plan. */
  readonly state?: string;
  readonly knows: Knowledge;
}

/**
 * `all`: what depended on what when the plan was made. `plan`: all but what the edit cut, since planning writes dependency
 * lists anew. `references`: what the configuration proves. `nothing`: neither lists nor configuration.
 */
export type Knowledge = "all" | "plan" | "references" | "nothing";

/** Files of a scenario, for what firebreak reads from paths alone. */
export interface ScenarioFiles {
  /** The state from before the plan, in either form that Terraform gives it. */
  readonly state: string;
  /** The saved plan itself. Only Terraform can show it, so recorded scenarios have none. */
  readonly savedPlan?: string | undefined;
}

export function readingsOf(
  plan: string,
  { state, savedPlan }: ScenarioFiles,
  { lists }: PlanFacts,
  before: Lists,
): Reading[] {
  const bare = without(plan, "configuration");
  // Nobody can tell a plan without dependencies from one whose dependencies were taken out.
  const [noLists, noneBefore] = [isEmpty(lists), isEmpty(lists) && isEmpty(before)];
  const readings: Reading[] = [
    { name: "plan", input: bytes(plan), knows: "plan" },
    { name: "plan without configuration", input: bytes(bare), knows: noLists ? "nothing" : "plan" },
    { name: "plan without prior_state", input: bytes(without(plan, "prior_state")), knows: "references" },
    { name: "plan and state", input: bytes(plan), state, knows: "all" },
    { name: "plan without configuration, and state", input: bytes(bare), state, knows: noneBefore ? "nothing" : "all" },
  ];
  return savedPlan === undefined ? readings : [...readings, { name: "saved plan", input: savedPlan, knows: "all" }];
}

function without(plan: string, section: string): string {
  return JSON.stringify({ ...(JSON.parse(plan) as object), [section]: undefined });
}

function bytes(plan: string): PlanBytes {
  return { input: "plan.json", bytes: Buffer.from(plan) };
}

function isEmpty(lists: Lists): boolean {
  return [...lists.values()].every((list) => list.length === 0);
}

/** What firebreak says, with every dependent listed. */
export async function reportOn({ name, input, state }: Reading): Promise<PlanReport> {
  const { plans, errors } = await check([input], { maxAffected: 1e6, ...(state !== undefined && { state }) });
  const [report] = plans;
  if (!report) throw new Error(`${name}: ${errors.map(({ message }) => message).join(", ")}`);
  return report;
}
