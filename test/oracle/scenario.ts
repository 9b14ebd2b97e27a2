/** One edit of one applied configuration, with all that Terraform said about it. */

import { Workspace } from "../support/terraform.ts";
import type { Attributes } from "./literals.ts";
import type { Module } from "./model.ts";
import { attributesIn, planFacts } from "./plan-facts.ts";
import { randomConfiguration } from "./random-configuration.ts";
import { type Edit, randomEdit } from "./random-edit.ts";
import { type Files, renderFiles } from "./render.ts";
import { type Truth, truthOf } from "./truth.ts";

export interface Scenario {
  readonly seed: number;
  readonly before: Files;
  readonly after: Files;
  /** Arguments of `terraform plan`. */
  readonly args: readonly string[];
  /** What the edit did, in words. */
  readonly steps: readonly string[];
  /** `terraform show -json` of the plan. */
  readonly plan: string;
  /** `terraform show -json` of the state from before the plan. */
  readonly state: string;
  /** Each object that ends, by its address before the edit, to all that Terraform would destroy with it, itself included. */
  readonly oracle: Readonly<Record<string, readonly string[]>>;
  /** What really depends on what in the applied configuration, and in the edited one. */
  readonly truth: { readonly applied: Truth; readonly edited: Truth };
}

/** A scenario just played, with what Terraform keeps in formats of its own. */
export interface Played extends Scenario {
  readonly savedPlan: Uint8Array;
  /** The state file from before the plan. */
  readonly rawState: Uint8Array;
}

/** A state of somebody else, which data sources read. */
const REMOTE_STATE = JSON.stringify({
  version: 4,
  terraform_version: "1.0.0",
  serial: 1,
  lineage: "firebreak",
  outputs: { foo: { value: "bar", type: "string" } },
  resources: [],
});

/** Makes the scenario of a seed with the real Terraform. When that fails its folders stay, and the error names them. */
export async function playScenario(seed: number): Promise<Played> {
  const root = randomConfiguration(seed);
  const before = renderFiles(root);
  const applied = Workspace.create();
  applied.write({ ...before, "remote.tfstate": REMOTE_STATE });
  await applied.init();
  await applied.apply();
  const state = await applied.show();
  const rawState = applied.read("terraform.tfstate");

  const edited = Workspace.create();
  edited.write({ "remote.tfstate": REMOTE_STATE, "terraform.tfstate": rawState });
  const { edit, after } = await planEdit(seed, root, attributesIn(state), edited);
  const plan = await edited.show("plan.bin");
  const savedPlan = edited.read("plan.bin");

  const oracle: Record<string, readonly string[]> = {};
  for (const { previous } of planFacts(plan, state).ending) oracle[previous] = await applied.destroyedWith(previous);
  applied.remove();
  edited.remove();
  const truth = { applied: truthOf(root), edited: truthOf(edit.after) };
  const { args, steps } = edit;
  return { seed, before, after, args, steps, plan, savedPlan, state, rawState, oracle, truth };
}

/** Saves the plan of an edit. Terraform refuses some with create_before_destroy as circular; then another edit is made. */
async function planEdit(
  seed: number,
  root: Module,
  attributes: Attributes,
  workspace: Workspace,
): Promise<{ readonly edit: Edit; readonly after: Files }> {
  for (let attempt = 0; ; attempt++) {
    const edit = randomEdit(seed + attempt * 1_000_000, root, attributes);
    const after = renderFiles(edit.after);
    workspace.write(after);
    try {
      await workspace.init();
      await workspace.plan("plan.bin", edit.args);
      return { edit, after };
    } catch (error) {
      if (attempt === 3 || !(error instanceof Error && error.message.includes("Error: Cycle"))) throw error;
    }
  }
}
