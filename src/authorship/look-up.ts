/** All evidence to signals by the whole table, each place by its own rules; nothing is weighed here. */

import type { Signal } from "../model/authorship.ts";
import type { Evidence, Person } from "../model/evidence.ts";
import { approvedByPeople, signedByPeople } from "./attestation.ts";
import { marksOfChangeSet } from "./change-set.ts";
import { marksOfCi } from "./ci.ts";
import type { Collected, OwnProcess } from "./collected.ts";
import { marksOfBranch, marksOfCommit } from "./commit.ts";
import { marksOfEnvironment } from "./environment.ts";
import { namesAgent } from "./marks.ts";
import { noreplyAccount } from "./person.ts";
import { marksOfPullRequest } from "./pull-request.ts";
import { loadTable, type Table } from "./table.ts";

/** Of the process's own variables only what makes a judgement stricter is taken. */
export async function lookUp(
  evidence: Evidence,
  own: OwnProcess | undefined,
  keys: readonly string[],
): Promise<Collected> {
  const table = await loadTable();
  const { commits = [], pullRequest, branch } = evidence;
  const marks = commits.map((commit) => marksOfCommit(commit, table));
  const request = pullRequest === undefined ? { signals: [], operators: [] } : marksOfPullRequest(pullRequest, table);
  return {
    commits: marks,
    commitsMissing: evidence.commitsMissing === true,
    others: [
      ...request.signals,
      ...(branch === undefined ? [] : marksOfBranch(branch, "branch", table)),
      ...marksOfHandedIn(evidence, table),
      ...marksOfOwn(own, table).filter(namesAgent),
    ],
    attestations: { signatures: signedByPeople(commits, keys), approvals: approvedByPeople(evidence, table) },
    openedByProgram: pullRequest?.author?.id !== undefined && pullRequest.author.type === "Bot",
    operators: distinct([...request.operators, ...marks.flatMap(({ people }) => people.map(nameOf))]),
  };
}

function marksOfOwn(own: OwnProcess | undefined, table: Table): Signal[] {
  if (own === undefined) return [];
  const { environment, isTerminal } = own;
  return [...marksOfEnvironment(environment, table, isTerminal), ...marksOfCi(environment, table)];
}

function marksOfHandedIn({ environment, changeSet }: Evidence, table: Table): Signal[] {
  return [
    ...(environment === undefined ? [] : [...marksOfEnvironment(environment, table), ...marksOfCi(environment, table)]),
    ...(changeSet === undefined ? [] : marksOfChangeSet(changeSet, table)),
  ];
}

/** The account where the address is one of a host, else name and address as git writes them. */
function nameOf({ name, email }: Person): string {
  const account = noreplyAccount(email);
  return account === undefined ? `${name} <${email}>` : `@${account.login}`;
}

/** Each once, whatever the case and the name that stands before the address. */
function distinct(operators: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const operator of operators) {
    const key = (/<([^>]*)>$/.exec(operator)?.[1] ?? operator).toLowerCase();
    if (!seen.has(key)) seen.set(key, operator);
  }
  return [...seen.values()];
}
