/** A change set or a stack in AWS to the documents that the AWS CLI would have saved of it: the door of this folder. */

import type { BlindSpot } from "../../model/blind-spot.ts";
import { assertUnmoved, type DescribedChangeSet, describeTree, isOpen, readHooks } from "./change-sets.ts";
import { type ClientOptions, connect } from "./client.ts";
import { readDeletion } from "./deletion.ts";
import { openSession, type Session } from "./session.ts";
import { readStacks, type SavedAnswer, type StackToRead } from "./stacks.ts";
import { type LiveTarget, parseTarget } from "./target.ts";

export interface LiveOptions extends Omit<ClientOptions, "region"> {
  /** Told what is being read. */
  readonly progress?: ((text: string) => void) | undefined;
}

/** What was read: the change sets as documents in a row, and all that the AWS CLI would save beside them. */
export interface LiveReading {
  readonly bytes: Buffer;
  readonly beside: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly blindSpots: readonly BlindSpot[];
}

/** @throws FirebreakError in one sentence, without anything secret in it */
export async function readLive(input: string, options: LiveOptions = {}): Promise<LiveReading> {
  const target = parseTarget(input);
  const api = await connect({ ...options, region: target.region });
  const where = target.region === undefined ? "in the default region" : `in ${target.region}`;
  const session = openSession(api, input, where);
  const progress = options.progress ?? (() => undefined);
  const { documents, answers } =
    target.kind === "change-set"
      ? await readChangeSet(session, target, progress)
      : await readDeletion(session, target, progress);
  return {
    bytes: Buffer.from(documents.map(toText).join("\n")),
    beside: answers.map(({ path, answer }) => ({ path, bytes: Buffer.from(toText(answer)) })),
    blindSpots: session.blindSpots(),
  };
}

function toText(answer: unknown): string {
  return JSON.stringify(answer);
}

/** Documents to judge, and the answers that belong to them. */
interface Readings {
  readonly documents: readonly unknown[];
  readonly answers: readonly SavedAnswer[];
}

async function readChangeSet(
  session: Session,
  { input, stack, changeSet }: Extract<LiveTarget, { readonly kind: "change-set" }>,
  progress: (text: string) => void,
): Promise<Readings> {
  progress(`reading the change set ${changeSet}`);
  const tree = await describeTree(session, { StackName: stack, ChangeSetName: changeSet });
  const documents = tree.flatMap(({ plain, rich }) => [plain, rich]);
  const [root] = tree;
  // What cannot be executed is undecided, whatever surrounds it.
  if (root === undefined || !isOpen(root)) return { documents, answers: [] };
  const answers = await readStacks(session, tree.flatMap(stackOf), progress);
  for (const described of tree) answers.push(...(await readHooks(session, described)));
  await assertUnmoved(session, root, input);
  return { documents, answers };
}

function stackOf({ plain: { StackId, ChangeSetId } }: DescribedChangeSet): StackToRead[] {
  return StackId === undefined ? [] : [{ id: StackId, changeSetId: ChangeSetId }];
}
