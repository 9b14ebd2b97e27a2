/** What CloudFormation will refuse, and what would help, in one sentence each. */

import type { Refusal } from "../../model/refusal.ts";
import { listed } from "./numbers.ts";

const MOST_STACKS = 4;

export function refusalMessage(refusal: Refusal): string {
  const { address } = refusal;
  switch (refusal.by) {
    case "stack-policy":
      return `the stack policy denies ${refusal.action} of ${address}, so CloudFormation will refuse that and roll the update back`;
    case "import":
      return `the export ${refusal.export} of ${address} goes or changes, and ${listed(refusal.stacks, MOST_STACKS)} ${refusal.stacks.length === 1 ? "imports" : "import"} it: CloudFormation will refuse that until nobody does`;
    case "termination-protection":
      return `termination protection of ${address} is on, so CloudFormation will refuse its deletion until somebody switches that off`;
  }
}

export function refusalRemedy(refusal: Refusal): string {
  switch (refusal.by) {
    case "stack-policy":
      return "Keep it, or have whoever owns the stack policy allow this update.";
    case "import":
      return "Have the importing stacks use something else first.";
    case "termination-protection":
      return "Leave it on, unless the stack is really meant to go.";
  }
}
