/** A change set and those of its nested stacks, each described in both ways, with all pages. */

import { FirebreakError } from "../../model/error.ts";
import type { DescriptionPage } from "./client.ts";
import type { Session } from "./session.ts";

/** What DescribeChangeSet answers, its pages in one. */
export type Description = Omit<DescriptionPage, "$metadata" | "NextToken">;

/** Names of a change set as DescribeChangeSet takes them. */
export interface ChangeSetNames {
  readonly StackName: string | undefined;
  readonly ChangeSetName: string;
}

/** One change set: without property values it names every resource, with them it says what changes. */
export interface DescribedChangeSet {
  readonly plain: Description;
  readonly rich: Description;
}

/** The root first. @throws FirebreakError */
export async function describeTree(session: Session, root: ChangeSetNames): Promise<readonly DescribedChangeSet[]> {
  const operation = "DescribeChangeSet";
  const described = await session.needed({ operation }, (api) =>
    describeBoth((request) => api.describeChangeSet(request), root),
  );
  const found = [described];
  const queue = childrenOf(described);
  const known = new Set(queue);
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const names = { StackName: undefined, ChangeSetName: id };
    const unseen = "what happens inside of that nested stack is not known.";
    const child = await session.optional({ operation, about: nameIn(id), unseen }, (api) =>
      describeBoth((request) => api.describeChangeSet(request), names),
    );
    if (child === undefined) continue;
    found.push(child);
    queue.push(...childrenOf(child).filter((inner) => !known.has(inner) && known.add(inner)));
  }
  return found;
}

/** `arn:PARTITION:cloudformation:REGION:ACCOUNT:changeSet/NAME/ID` */
function nameIn(arn: string): string {
  return arn.split("/")[1] ?? arn;
}

/** Whether the change set can be executed as it was described; else there is nothing more to read. */
export function isOpen({ plain }: DescribedChangeSet): boolean {
  return plain.Status === "CREATE_COMPLETE" && plain.ExecutionStatus === "AVAILABLE";
}

/**
 * Asks once more: templates and resources that were read after an execution began are not those from before it.
 * @throws FirebreakError `stale-change-set` when something has happened to the change set meanwhile
 */
export async function assertUnmoved(session: Session, root: DescribedChangeSet, input: string): Promise<void> {
  const { ChangeSetId, StackName } = root.plain;
  if (ChangeSetId === undefined) return;
  const names = { StackName: undefined, ChangeSetName: ChangeSetId };
  const now = await session.needed({ operation: "DescribeChangeSet" }, (api) => api.describeChangeSet(names));
  if (now.Status === root.plain.Status && now.ExecutionStatus === root.plain.ExecutionStatus) return;
  throw new FirebreakError(
    "stale-change-set",
    `${input}: the change set has been executed, deleted or outdated while it was read`,
    { hint: `See what became of it: aws cloudformation describe-stack-events --stack-name ${StackName ?? "STACK"}` },
  );
}

/** The hooks that a change set will run, under the name by which the AWS CLI saves the answer; none when it runs none. */
export async function readHooks(
  session: Session,
  { plain, rich }: DescribedChangeSet,
): Promise<{ readonly path: string; readonly answer: unknown }[]> {
  const { ChangeSetId, StackName } = plain;
  const counts = [...(plain.Changes ?? []), ...(rich.Changes ?? [])].map(
    ({ HookInvocationCount }) => HookInvocationCount,
  );
  if (ChangeSetId === undefined || StackName === undefined || !counts.some(Boolean)) return [];
  const unseen = "which hooks will run, and whether they can stop the change, is not known.";
  const answer = await session.optional(
    { operation: "DescribeChangeSetHooks", about: StackName, unseen },
    async (api) => {
      const hooks: unknown[] = [];
      for (let token: string | undefined; ; ) {
        const page = await api.describeChangeSetHooks({
          ChangeSetName: ChangeSetId,
          ...(token && { NextToken: token }),
        });
        hooks.push(...(page.Hooks ?? []));
        if (!page.NextToken) return { Status: page.Status, Hooks: hooks };
        token = page.NextToken;
      }
    },
  );
  return answer === undefined ? [] : [{ path: `${StackName}/describe-change-set-hooks.json`, answer }];
}

/** Pages of one description. */
type Ask = (request: DescriptionRequest) => Promise<DescriptionPage>;

interface DescriptionRequest extends ChangeSetNames {
  readonly IncludePropertyValues?: boolean;
  readonly NextToken?: string;
}

async function describeBoth(ask: Ask, names: ChangeSetNames): Promise<DescribedChangeSet> {
  const plain = await describe(ask, names, false);
  // From here on by its id: a name may be given to another change set meanwhile.
  const exact = plain.ChangeSetId === undefined ? names : { StackName: undefined, ChangeSetName: plain.ChangeSetId };
  return { plain, rich: await describe(ask, exact, true) };
}

async function describe(ask: Ask, names: ChangeSetNames, values: boolean): Promise<Description> {
  const changes: NonNullable<Description["Changes"]> = [];
  for (let token: string | undefined; ; ) {
    const page = await ask({
      ...names,
      ...(values && { IncludePropertyValues: true }),
      ...(token && { NextToken: token }),
    });
    const { $metadata: _, NextToken, Changes, ...head } = page;
    changes.push(...(Changes ?? []));
    if (!NextToken) return { ...head, Changes: changes };
    token = NextToken;
  }
}

function childrenOf({ plain, rich }: DescribedChangeSet): string[] {
  const ids = [...(plain.Changes ?? []), ...(rich.Changes ?? [])].flatMap(({ ResourceChange }) =>
    ResourceChange?.ResourceType === "AWS::CloudFormation::Stack" ? (ResourceChange.ChangeSetId ?? []) : [],
  );
  return [...new Set(ids)];
}
