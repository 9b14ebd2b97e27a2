/** What bytes are that are no plan, in one sentence with the command that would have worked. */

import { FirebreakError } from "../model/error.ts";
import { SHOW } from "./broken.ts";
import { DESCRIBE } from "./cloudformation/recognise.ts";
import type { DocumentIndex } from "./terraform/plan-index.ts";

/** The AWS CLI may be set to another format. */
const DESCRIBE_JSON = DESCRIBE.replace(" > ", " --output json > ");

const PLAN_AND_SHOW = `terraform plan -out=tfplan && ${SHOW}`;

/** The error for a document that is not a plan. */
export function notAPlan({ sections }: DocumentIndex, input: string): FirebreakError {
  const has = (...names: string[]): boolean => names.every((name) => sections.has(name));
  if (has("@level") || has("@message")) {
    return refusal(
      input,
      "this is the event stream of `terraform plan -json`, which leaves out dependencies and attributes",
      PLAN_AND_SHOW,
    );
  }
  if (has("values") || has("serial", "lineage") || has("version", "terraform_version", "resources")) {
    return other(input, "this is a state, not a plan: it says what exists, not what will happen", PLAN_AND_SHOW);
  }
  if (has("provider_schemas")) return other(input, "these are provider schemas, not a plan", PLAN_AND_SHOW);
  const isPiece =
    has("ResourceChange") || has("resourceChange") || has("Changes") || has("LogicalResourceId", "Action");
  if (isPiece) {
    return refusal(input, "this is a piece of a CloudFormation change set, not the whole of it", DESCRIBE);
  }
  if (has("Resources")) return other(input, "this is a CloudFormation template, not a change set", DESCRIBE);
  if (sections.size <= 2 && has("format_version")) {
    return other(input, "this is what `terraform show -json` prints of an empty state, not a plan", PLAN_AND_SHOW);
  }
  return other(
    input,
    "this is JSON, but not a Terraform plan (it has neither resource_changes nor format_version)",
    PLAN_AND_SHOW,
  );
}

/** The error for text without any JSON document in it. */
export function notJson(bytes: Buffer, input: string): FirebreakError {
  const head = bytes.toString("utf8", 0, 100_000);
  if (head.trim() === "") return refusal(input, "this is empty", PLAN_AND_SHOW);
  if (bytes.subarray(0, 8000).includes(0)) {
    return refusal(input, "this is a binary file that is no saved plan", PLAN_AND_SHOW);
  }
  if (
    /Terraform will perform|OpenTofu will perform|No changes\. Your infrastructure|Plan: \d+ to (add|import)/.test(head)
  ) {
    return refusal(input, "this is the plan as text for people, which no program can read safely", PLAN_AND_SHOW);
  }
  if (/^\s*(resource|module|provider|terraform|variable|locals|data)\b.*\{/m.test(head)) {
    return refusal(input, "this is Terraform source, not a plan", PLAN_AND_SHOW);
  }
  // YAML, tables and lines of the AWS CLI.
  if (/ResourceChange|RESOURCECHANGE|LogicalResourceId/.test(head)) {
    return refusal(
      input,
      "this is a CloudFormation change set as text, which is not read; save it as JSON",
      DESCRIBE_JSON,
    );
  }
  if (/^\s*\{\s*\}\s*$/.test(head)) return other(input, "this is JSON, but not a Terraform plan", PLAN_AND_SHOW);
  if (/^\s*[[{]/.test(head))
    return refusal(
      input,
      "there is no JSON document in this that could be a plan; perhaps it was cut off",
      PLAN_AND_SHOW,
    );
  return refusal(input, "there is no JSON in this", PLAN_AND_SHOW);
}

/** JSON that is certainly something else: in a folder of plans it may lie beside them. */
function other(input: string, what: string, command: string): FirebreakError {
  return new FirebreakError("other-json", `${input}: ${what}`, { hint: `Run: ${command}` });
}

function refusal(input: string, what: string, command: string): FirebreakError {
  return new FirebreakError("not-a-plan", `${input}: ${what}`, { hint: `Run: ${command}` });
}
