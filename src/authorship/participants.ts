/** Who took part in a change: authors, committers, co-authors, whoever asked for it. None of them is somebody else. */

import type { Evidence, Person } from "../model/evidence.ts";
import type { Participants } from "../model/sign-off.ts";
import { marksOfCommit } from "./commit.ts";
import { noreplyAccount, rulesOfAccount } from "./person.ts";
import { marksOfPullRequest } from "./pull-request.ts";
import { headOf, latest } from "./reviews.ts";
import { loadTable } from "./table.ts";

/** Everybody in the commits and the pull request who is neither an agent nor a bot, and the reviews with what they stand on. */
export async function findParticipants(evidence: Evidence): Promise<Participants> {
  const table = await loadTable();
  const { commits, pullRequest, reviews = [] } = evidence;
  const authors = (commits ?? []).flatMap((commit) => marksOfCommit(commit, table).people.map(namesOf));
  const requesters = pullRequest === undefined ? [] : marksOfPullRequest(pullRequest, table).operators;
  return {
    people: distinct([...authors, ...requesters.map((login) => [login.toLowerCase()])]),
    ...unknown(evidence),
    ...(pullRequest?.author === undefined && {
      openerUnknown: "the evidence does not say who opened the pull request",
    }),
    head: headOf(evidence),
    approvals: latest(reviews).map(({ login, id, type, state, commitId, submittedAt }) => ({
      login,
      id,
      state,
      commitId,
      submittedAt,
      isProgram: type !== "User" || rulesOfAccount({ login, id, type }, table).length > 0,
    })),
  };
}

function unknown({ commits, commitsMissing }: Evidence): { readonly unknown?: string } {
  if (commits === undefined || commits.length === 0) return { unknown: "no commit of this change was looked at" };
  return commitsMissing ? { unknown: "commits of this change may be missing" } : {};
}

/** All that one person is known by. An address that the host made up tells the account and nothing else. */
export function namesOf({ email, login }: Person): string[] {
  const hidden = noreplyAccount(email)?.login;
  const account = login ?? hidden;
  return [
    ...(account === undefined ? [] : [`@${account.toLowerCase()}`]),
    ...(hidden === undefined ? [email.trim().toLowerCase()] : []),
  ];
}

/** Names that stand together once belong together everywhere. */
function distinct(people: readonly (readonly string[])[]): (readonly string[])[] {
  let found: (readonly string[])[] = [];
  for (const names of people) {
    const same = found.filter((known) => known.some((name) => names.includes(name)));
    found = [...found.filter((known) => !same.includes(known)), [...new Set([...same.flat(), ...names])]];
  }
  return found;
}
