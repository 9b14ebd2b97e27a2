/** The marks on one commit. */

import type { Signal } from "../model/authorship.ts";
import type { Commit, Person } from "../model/evidence.ts";
import { namesAgent, signalOf } from "./marks.ts";
import { marksInMessage } from "./message.ts";
import { readNote } from "./notes.ts";
import { isTransport, rulesOfPerson } from "./person.ts";
import { pattern, type Rule, type Table } from "./table.ts";
import { plainText } from "./text.ts";

export interface CommitMarks {
  readonly isMerge: boolean;
  readonly signals: readonly Signal[];
  /** Authors, committers and co-authors who are neither agents nor bots. */
  readonly people: readonly Person[];
  /** The author is ordinary automation. */
  readonly byBot: boolean;
  /** A host verified the signature. */
  readonly isVerified: boolean;
}

export function marksOfCommit(commit: Commit, table: Table): CommitMarks {
  const source = `commit ${commit.sha.slice(0, 7)}`;
  const isMerge = (commit.parents?.length ?? 0) > 1;
  const author = rulesOfPerson(commit.author, table);
  const committer = commit.committer === undefined ? [] : rulesOfPerson(commit.committer, table);
  const message = marksInMessage(commit.message, source, table);
  const byPerson = [
    ...author.slice(0, 1).map((rule) => signalOf(rule, source, `author ${written(commit.author)}`)),
    // A program that only puts a commit where it belongs did not write it.
    ...committer
      .filter(({ strength }) => strength !== "bot" && strength !== "reviewer")
      .slice(0, 1)
      .map((rule) => signalOf(rule, source, `committer ${written(commit.committer as Person)}`)),
  ];
  const signals = [
    ...byPerson,
    ...message.signals,
    ...(commit.notes ?? []).flatMap((note) => marksOfNote(note, source)),
    ...(isMerge ? marksOfMerge(commit.message, source, table) : []),
  ];
  return {
    isMerge,
    // Text that a bot's change is known by says nothing about a commit that a person made.
    signals: signals.filter((signal) => signal.pointsTo !== "bot" || signal === byPerson[0]),
    people: [...peopleOf(commit, author, committer), ...message.people],
    // A host that verifies what its programs commit, and did not verify this, says that somebody borrowed the name.
    byBot: author[0]?.strength === "bot" && commit.verified !== false && !signals.some(namesAgent),
    isVerified: commit.verified !== undefined && commit.verified !== false && commit.verified !== "",
  };
}

function written({ name, email }: Person): string {
  return `${name} <${email}>`;
}

function peopleOf(commit: Commit, author: readonly Rule[], committer: readonly Rule[]): Person[] {
  const people = author.length === 0 ? [commit.author] : [];
  // Some agents work under their operator's address and mark only the name.
  if (author.some(({ strength, key }) => strength !== "bot" && !key.includes("@")) && !isProgram(commit.author))
    people.push(commit.author);
  if (commit.committer !== undefined && committer.length === 0 && !isTransport(commit.committer))
    people.push(commit.committer);
  return people.filter(({ email }) => email !== "");
}

function isProgram({ email, name }: Person): boolean {
  return /\[bot\]|noreply@|no-reply@/i.test(`${name} ${email}`);
}

function marksOfNote(note: string, source: string): Signal[] {
  const record = readNote(note);
  if (record === undefined) return [];
  const { agentLines, humanLines, tool } = record;
  if (agentLines > 0) {
    const agent = tool === undefined ? {} : { agent: tool };
    const evidence = `git note: ${agentLines} of ${agentLines + humanLines} recorded lines by an AI session`;
    return [{ source, pointsTo: "agent", ...agent, evidence, strength: "strong", weight: 0.9, basis: "documented" }];
  }
  // Unsigned, and whoever may push notes may write it: told, and counted for nothing.
  return humanLines > 0
    ? [
        {
          source,
          pointsTo: "human",
          evidence: `git note: ${humanLines} lines typed by a person; it is not signed`,
          weight: 0,
        },
      ]
    : [];
}

/** A merged pull request of an agent's branch. What is merged into a branch says nothing about the merge. */
function marksOfMerge(message: string, source: string, table: Table): Signal[] {
  const [line = ""] = plainText(message.slice(0, 1000)).split("\n");
  const branch = /^Merge pull request #\d+ from [^/\s]+\/(\S+)$/.exec(line)?.[1];
  return branch === undefined ? [] : marksOfBranch(branch, source, table);
}

export function marksOfBranch(branch: string, source: string, table: Table): Signal[] {
  const plain = plainText(branch)
    .trim()
    .replace(/^refs\/heads\//, "")
    .slice(0, 300);
  const rule = table.branch.find(({ key }) => pattern(key).test(plain));
  return rule === undefined ? [] : [signalOf(rule, source, `branch ${plain}`)];
}
