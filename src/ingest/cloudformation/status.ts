/** Whether a change set is whole and can still be executed. What is not is undecided, in one sentence each. */

import type { BlindSpot } from "../../model/blind-spot.ts";
import type { Completeness, Problem } from "../../model/plan.ts";
import { printable } from "../../model/printable.ts";
import type { Answers } from "./answers.ts";
import type { ChangeSetDocument } from "./document.ts";
import { type Head, isNested, nameOf } from "./head.ts";
import { NESTED_STACK, type Stack, type StackTree } from "./join.ts";
import type { Row } from "./row.ts";

/** Why no verdict can be given; empty for nearly all. */
export function problemsOf({ stacks }: StackTree): Problem[] {
  return stacks.flatMap((stack) => problemOf(stack) ?? []);
}

function problemOf(stack: Stack): Problem | undefined {
  const { head, documents } = stack;
  const name = printable(nameOf(head));
  if (isEmpty(stack)) return undefined;
  if (documents.some(({ shape }) => shape === "deletion")) return unlistedDeletion(stack, name);
  const problem = (code: Problem["code"], what: string, hint: string): Problem => ({
    code,
    message: `${name} ${what}`,
    hint,
  });
  const unfinished = unfinishedWords(head, documents);
  if (unfinished) return problem("failed-change-set", unfinished.what, unfinished.hint);
  const spent = spentWords(head);
  if (spent)
    return problem(
      "stale-change-set",
      spent,
      `Create a new change set, and give its description: ${describeCommand(head)}`,
    );
  const cut = cutWords(documents);
  if (cut)
    return problem("incomplete-change-set", cut.what, `Save it again with: ${describeCommand(head, cut.values)}`);
  return undefined;
}

/** A deletion is judged by what the stack has: without that there is nothing to judge. */
function unlistedDeletion({ head, documents }: Stack, name: string): Problem | undefined {
  if (documents.some(({ hasNoList }) => !hasNoList)) return undefined;
  const folder = safe(head.stackName, "STACK");
  return {
    code: "incomplete-change-set",
    message: `the deletion of ${name} was given without the list of what the stack holds`,
    hint: `Run: aws cloudformation list-stack-resources --stack-name ${folder} > ${folder}/list-stack-resources.json, and give it with --source ${folder}. Or let firebreak read it: firebreak check cfn-delete://${folder}`,
  };
}

/** CloudFormation's words for a change set that changes nothing; it counts as failed. */
const NO_CHANGES = /didn't contain changes|no updates are to be performed/i;

/** A change set that changes nothing is a pass. */
export function isEmpty({ head, rows }: Pick<Stack, "head" | "rows">): boolean {
  return rows.size === 0 && head.status === "FAILED" && NO_CHANGES.test(head.statusReason ?? "");
}

function unfinishedWords(
  head: Head,
  documents: readonly ChangeSetDocument[],
): { readonly what: string; readonly hint: string } | undefined {
  if (documents.every(({ shape }) => shape !== "description")) return undefined;
  const { status } = head;
  if (status === "CREATE_COMPLETE") return undefined;
  const again = `Then save it with: ${describeCommand(head)}`;
  if (status === undefined) {
    return {
      what: "does not say whether it is complete (no Status)",
      hint: `Save it again with: ${describeCommand(head)}`,
    };
  }
  if (status === "FAILED") {
    return {
      what: "could not be created (Status FAILED), so it lists nothing to judge",
      hint: `Mend what its StatusReason names and create it again. ${again}`,
    };
  }
  if (status.startsWith("CREATE_")) {
    return {
      what: `is not created yet (Status ${printable(status)}), so its list of changes may have holes`,
      hint: `Wait with: aws cloudformation wait change-set-create-complete ${namesFor(head)}. ${again}`,
    };
  }
  return {
    what: `is no change set that could be executed (Status ${printable(status)})`,
    hint: `Create it again. ${again}`,
  };
}

function spentWords(head: Head): string | undefined {
  const { executionStatus } = head;
  if (executionStatus === undefined || executionStatus === "AVAILABLE") return undefined;
  // Nested change sets are executed with their root, so they are never available themselves.
  if (executionStatus === "UNAVAILABLE") {
    return isNested(head) ? undefined : "cannot be executed (ExecutionStatus UNAVAILABLE)";
  }
  if (executionStatus === "OBSOLETE") return "is obsolete: its stack has been updated since";
  if (executionStatus.startsWith("EXECUTE_")) {
    return `has been executed already (ExecutionStatus ${printable(executionStatus)}), so judging it comes too late`;
  }
  return `has an ExecutionStatus that is not known: ${printable(executionStatus)}`;
}

/** Begins AWS's note that a description with property values leaves resources out. */
const INCOMPLETE_DATA = /\[WARN\][^\n]*incomplete ChangeSet data/i;

interface Cut {
  readonly what: string;
  /** Whether a description with property values would be whole. */
  readonly values: boolean;
}

/** A description without its own reason for being incomplete is enough: it names every resource. */
function cutWords(documents: readonly ChangeSetDocument[]): Cut | undefined {
  const reasons = documents.map(cutReason);
  return reasons.includes(undefined) ? undefined : reasons[0];
}

function cutReason({ head, isCut, hasNoList }: ChangeSetDocument): Cut | undefined {
  if (hasNoList) return { what: "has no list of changes", values: true };
  if (isCut) return { what: "was saved as a summary that leaves changes out (truncated)", values: true };
  if (head.hasNextToken) return { what: "goes on after what was saved (NextToken): pages are missing", values: true };
  if (INCOMPLETE_DATA.test(head.statusReason ?? "")) {
    const what = "was described with property values, and AWS warns in StatusReason that resources are left out of it";
    return { what, values: false };
  }
  return undefined;
}

/** The command that saves a description; `values`: with the property values. */
function describeCommand(head: Head, values = true): string {
  const option = values ? "--include-property-values " : "";
  return `aws cloudformation describe-change-set ${option}${namesFor(head)} > change-set.json`;
}

/** A name as it is only where a shell takes it as it is. */
function safe(name: string | undefined, otherwise: string): string {
  return name !== undefined && /^[\w-]+$/.test(name) ? name : otherwise;
}

function namesFor({ stackName, changeSetName }: Head): string {
  return `--stack-name ${safe(stackName, "STACK")} --change-set-name ${safe(changeSetName, "CHANGE_SET")}`;
}

/** Parts of the tree that were not given. */
export function completenessOf({ stacks: [root] }: StackTree): Completeness {
  if (root === undefined || !isNested(root.head)) return { complete: true, reasons: [] };
  return {
    complete: false,
    reasons: [`${printable(nameOf(root.head))} is the change set of a nested stack, and the root's was not given`],
  };
}

/** What the shape of the input cannot say. */
export function blindSpotsOf(tree: StackTree, { instances }: Answers): BlindSpot[] {
  const spots: BlindSpot[] = [];
  const isDeleted = ({ documents }: Stack): boolean => documents.every(({ shape }) => shape === "deletion");
  const described = tree.stacks.filter((stack) => stack.rows.size > 0 && !isDeleted(stack));
  if (described.some(({ documents }) => documents.every(({ shape }) => shape !== "description"))) {
    spots.push({
      code: "no-change-set-head",
      message:
        "The input is the bare list of changes: whether the change set is complete and still valid is not in it.",
    });
  }
  if (described.some(({ hasValues }) => !hasValues)) {
    spots.push({
      code: "no-property-values",
      message:
        "The change set was described without property values, so a reference that now leads elsewhere looks like one that only passes a change on; --include-property-values tells them apart.",
    });
  }
  if (described.some(({ hasPlain }) => !hasPlain)) {
    spots.push({
      code: "only-property-values",
      message:
        "A description with property values can leave out resources that are updated; one without them beside it (in the same folder) shows them.",
    });
  }
  const sets = tree.stacks.flatMap(({ rows }) =>
    [...rows.values()].filter(({ type }) => type === `${NESTED_STACK}Set`).map((row) => stackSetWords(row, instances)),
  );
  if (sets.length > 0) {
    const message = `What a stack set does in other accounts and regions is not in a change set: ${sets.join(", ")}.`;
    spots.push({ code: "stack-sets", message });
  }
  return spots;
}

/** The physical id of a stack set is its name and an id behind a colon. */
function stackSetWords({ logicalId, physicalId = "" }: Row, instances: Answers["instances"]): string {
  const count = instances.get(physicalId.split(":")[0] ?? "");
  return count === undefined ? logicalId : `${logicalId} (${count} ${count === 1 ? "instance" : "instances"})`;
}
