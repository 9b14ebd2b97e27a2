/** The deletion of a whole stack: CloudFormation previews none, so what it would take is what the stack has. */

import { FirebreakError } from "../../model/error.ts";
import type { Session } from "./session.ts";
import { readStacks, type SavedAnswer } from "./stacks.ts";
import type { LiveTarget } from "./target.ts";

/** @throws FirebreakError also when the stack is gone, or something is happening to it */
export async function readDeletion(
  session: Session,
  { input, stack }: Extract<LiveTarget, { readonly kind: "deletion" }>,
  progress: (text: string) => void,
): Promise<{ readonly documents: readonly unknown[]; readonly answers: readonly SavedAnswer[] }> {
  const { Stacks = [] } = await session.needed({ operation: "DescribeStacks" }, (api) =>
    api.describeStacks({ StackName: stack }),
  );
  const [{ StackId: id, StackStatus: status = "" } = {}] = Stacks;
  if (id === undefined) throw new FirebreakError("unreadable-input", `${input}: AWS describes no such stack`);
  refuseUnsettled(input, status);
  const answers = await readStacks(session, [{ id, changeSetId: undefined, needsResources: true }], progress);
  return { documents: [{ DeleteStack: { StackName: id } }], answers };
}

function refuseUnsettled(input: string, status: string): void {
  if (status === "DELETE_COMPLETE" || status === "DELETE_IN_PROGRESS") {
    const what = status === "DELETE_COMPLETE" ? "is deleted already" : "is being deleted at this moment";
    throw new FirebreakError("stale-change-set", `${input}: the stack ${what}, so judging that comes too late`);
  }
  if (status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS") {
    throw new FirebreakError("stale-change-set", `${input}: the stack is changing at this moment (${status})`, {
      hint: "Wait until it has settled, and try again.",
    });
  }
}
