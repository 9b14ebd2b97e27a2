/** Stacks that go as a whole: CloudFormation lists nothing of that, so the rows are made from what the stack has. */

import type { Answers, StackFacts } from "./answers.ts";
import { stackNameIn } from "./answers.ts";
import type { ChangeSetDocument } from "./document.ts";
import { type Head, NO_HEAD } from "./head.ts";
import { addressIn, NESTED_STACK, type Stack, type StackTree } from "./join.ts";
import { removalOf } from "./row.ts";

/** Whether it is the deletion of a stack that was asked for, not a change set. */
export function isDeletion({ stacks: [root] }: StackTree): boolean {
  return root?.documents[0]?.shape === "deletion";
}

/** The tree with the resources of every stack that goes with it and has no description of its own. */
export function withRemovedStacks(tree: StackTree, answers: Answers): StackTree {
  const [root, ...rest] = tree.stacks as readonly [Stack, ...Stack[]];
  const stacks = [isDeletion(tree) ? deleted(root, answers) : root, ...rest];
  const described = new Set(stacks.map(({ path }) => path));
  // Grows while it is walked: what goes with a stack may have stacks in it.
  for (const stack of stacks) {
    for (const { type, action, policyAction, logicalId, physicalId = "" } of stack.rows.values()) {
      const path = addressIn(stack.path, logicalId);
      const goes = type === NESTED_STACK && action === "Remove" && policyAction !== "Retain";
      const facts = answers.stacks.get(stackNameIn(physicalId) ?? "");
      if (!goes || described.has(path) || facts?.resources === undefined) continue;
      described.add(path);
      stacks.push(removed(path, facts, tree.input, physicalId));
    }
  }
  return { ...tree, stacks };
}

function deleted(root: Stack, { stacks }: Answers): Stack {
  const { stackId, stackName } = root.head;
  const facts = stacks.get(stackName ?? "") ?? stacks.get("");
  if (facts === undefined) return root;
  const stack = removed("", facts, "", stackId ?? facts.id ?? "");
  return { ...stack, documents: [...root.documents, ...stack.documents], head: { ...stack.head, stackName } };
}

/** All of a stack, as rows of a change set that removes it. */
function removed(path: string, facts: StackFacts, input: string, stackId: string): Stack {
  const head: Head = {
    ...NO_HEAD,
    stackId,
    stackName: stackNameIn(stackId),
    parameters: facts.parameters,
    tags: facts.tags,
  };
  const rows = new Map((facts.resources ?? []).map((resource) => [resource.logicalId, removalOf(resource)]));
  const document: ChangeSetDocument = {
    input,
    sha256: facts.listSha256,
    shape: "deletion",
    head,
    rows: [...rows.values()],
    isCut: false,
    hasNoList: facts.resources === undefined,
  };
  return { path, head, rows, documents: [document], hasPlain: true, hasValues: true };
}
