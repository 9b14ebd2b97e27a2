/** What is said of a plan that does not belong where it goes. */

import type { WorldArguments } from "../../model/hazard.ts";
import { counted, listed } from "./numbers.ts";

export function worldMessage(finding: WorldArguments): string {
  switch (finding.ruleId) {
    case "wrong-world":
      return `the plan was made in another ${finding.what} than ${listed(finding.expected)}, as ${finding.seenAt ?? "it"} shows`;
    case "unverified-world":
      return `nothing in the plan shows its ${finding.what}, which is pinned to ${listed(finding.expected)}`;
    case "empty-state":
    case "lost-state": {
      const known = finding.existing === 0 ? "no object" : `only ${counted(finding.existing, "object")}`;
      const exists = finding.ruleId === "lost-state" ? ", although the environment exists" : "";
      return `the plan creates ${counted(finding.created, "object")}, and its state knows ${known}${exists}`;
    }
  }
}

export function worldRemedy(finding: WorldArguments): string {
  switch (finding.ruleId) {
    case "wrong-world":
      return `Plan with the credentials and settings of this environment, or pin the other ${finding.what} too.`;
    case "unverified-world":
      return finding.what === "workspace"
        ? "Say it with --workspace."
        : "Read it in the configuration, for example with the data source aws_caller_identity.";
    case "empty-state":
      return "Look at the backend and the workspace, unless all of this is new.";
    case "lost-state":
      return "Look at the backend and the workspace: this state is not the one that the environment was made with.";
  }
}
