/** `firebreak check` as data, apart from the other commands: nearly every run needs to know this one alone. */

import type { Command } from "./command.ts";
import { JUDGING, WATCH } from "./options.ts";

export const CHECK = {
  summary: "Judge one or more plans together.",
  usage: "firebreak check [options] <input...>",
  operands: "files",
  about: [
    ["plan.json", "a plan as JSON; .gz is read as it is, - is standard input"],
    ["tfplan", "a saved plan, the best input: it brings the state from before, the source and the workspace along"],
    ["change-set.json", "a CloudFormation change set, as the AWS CLI, the console or the deploy action wrote it"],
    ["plans/", "all plans of a folder, judged together"],
    ["cfn://[REGION/]STACK/CHANGE-SET", "a change set in AWS; cfn-delete://[REGION/]STACK for the end of a stack"],
  ],
  options: { watch: WATCH, ...JUDGING },
  examples: [
    ["firebreak check plan.json", "what `terraform show -json tfplan` printed"],
    ["firebreak check tfplan --actor agent:claude-code", "a saved plan, written by an agent"],
    ["terraform show -json tfplan | firebreak check -", "from standard input"],
    ["firebreak check change-set.json --source cdk.out", "a CloudFormation change set, with its templates"],
    ["firebreak check cfn://shop/release-42", "a change set in AWS, with all that surrounds it"],
    ["firebreak check cfn-delete://shop", "the deletion of a whole stack"],
    ["firebreak check plan.json --watch", "again whenever the plan, its state or the policy changes"],
    ["firebreak check plans/ --format json=report.json", "all plans of a folder together, and a report to keep"],
    ["firebreak check tfplan --format markdown=comment.md", "a comment for the pull request"],
    ["firebreak check tfplan --format html=report.html", "a page to search, sort and click through"],
  ],
} as const satisfies Command;
