/** Positive evidence of people: signatures by keys that a policy lists, and approvals by somebody else. Silence is none. */

import type { Signal } from "../model/authorship.ts";
import type { Commit, Evidence } from "../model/evidence.ts";
import { noreplyAccount, rulesOfAccount } from "./person.ts";
import { headOf, latest } from "./reviews.ts";
import type { Table } from "./table.ts";

/** Every commit that is no merge is signed by a listed key, as a host verified it. */
export function signedByPeople(commits: readonly Commit[], keys: readonly string[]): Signal[] {
  const own = commits.filter(({ parents }) => (parents?.length ?? 0) < 2);
  if (own.length === 0 || !own.every(({ verified }) => typeof verified === "string" && isListed(verified, keys)))
    return [];
  const evidence = `${own.length === 1 ? "the commit is" : `all ${own.length} commits are`} signed by a listed key`;
  return [{ source: "signature", pointsTo: "human", evidence, weight: 0.9 }];
}

/** Fingerprints are written with and without blanks and colons, in both cases; a short key id is none. */
function isListed(key: string, keys: readonly string[]): boolean {
  const plain = normalKey(key);
  return plain.length >= 32 && keys.some((listed) => normalKey(listed) === plain);
}

function normalKey(key: string): string {
  // SHA256:... of SSH is base64, where case matters.
  return /^sha256:/i.test(key)
    ? key.replace(/^sha256:/i, "SHA256:").replace(/=+$/, "")
    : key.replace(/[\s:]/g, "").replace(/^0x/i, "").toUpperCase();
}

/** Approvals of exactly the last commit, by people who neither wrote any of it nor opened the pull request. */
export function approvedByPeople(evidence: Evidence, table: Table): Signal[] {
  const { reviews = [], commits = [], commitsMissing, pullRequest } = evidence;
  const head = headOf(evidence);
  // Who is somebody else can be told only where it is known who opened it, and who wrote all of it.
  if (head === undefined || commitsMissing || pullRequest?.author === undefined) return [];
  const involved = new Set([...commits.flatMap(accountsIn), pullRequest.author.login.toLowerCase()]);
  return latest(reviews)
    .filter(
      ({ state, commitId, type, login }) =>
        state === "APPROVED" && commitId === head && type === "User" && !involved.has(login.toLowerCase()),
    )
    .filter((review) => rulesOfAccount(review, table).length === 0)
    .map(({ login }) => ({ source: "review", pointsTo: "human", evidence: `approved by @${login}`, weight: 0.9 }));
}

/** Logins that the host knows, and those in the commits' addresses. */
function accountsIn({ author, committer, message }: Commit): string[] {
  const known = [author.login, committer?.login].flatMap((login) => login?.toLowerCase() ?? []);
  const inMessage = [...message.matchAll(/<([^<>\s]+@users\.noreply\.github\.com)>/gi)].map(([, email = ""]) => email);
  const written = [author.email, committer?.email ?? "", ...inMessage].flatMap((email) => {
    const account = noreplyAccount(email);
    return account === undefined ? [] : [account.login.toLowerCase()];
  });
  return [...known, ...written];
}
