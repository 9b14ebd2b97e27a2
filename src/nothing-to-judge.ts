/** Why a run comes to no report: nothing that could be judged, or a state that goes with none of it. */

import { FirebreakError } from "./model/error.ts";

/** Inputs that no plan came of. */
export interface LeftOut {
  readonly unreadable: readonly { readonly input: string; readonly error: FirebreakError }[];
  /** Files of a folder that are something else. */
  readonly skipped: readonly { readonly input: string; readonly message: string }[];
}

export function stateForMany(state: string): FirebreakError {
  return new FirebreakError("bad-usage", `--state ${state} goes with one plan, and there are several`, {
    hint: "Give saved plans (terraform plan -out=tfplan): each brings its own state along.",
  });
}

export function stateForChangeSet(state: string): FirebreakError {
  return new FirebreakError("bad-usage", `--state ${state} goes with a Terraform plan, and this is a change set`, {
    hint: "What a change set leaves out stands in its template: --source template.yaml, or --source cdk.out.",
  });
}

export function nothingToJudge({ unreadable, skipped }: LeftOut): FirebreakError {
  const [first, ...others] = unreadable;
  if (first && others.length === 0) return first.error;
  if (first) {
    const messages = unreadable.map(({ error }) => error.message).join("\n");
    return new FirebreakError(first.error.code, messages, { hint: first.error.hint, cause: first.error });
  }
  const files = skipped.map(({ message }) => message).join("\n");
  return new FirebreakError(
    "no-input",
    files === "" ? "there is nothing to judge" : `there is no plan to judge:\n${files}`,
    {
      hint: "Save a plan with: terraform plan -out=tfplan && terraform show -json tfplan > plan.json",
    },
  );
}
