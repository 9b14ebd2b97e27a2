/** Reviews of a pull request: which of them decide, and which commit they are to be held against. */

import type { Evidence, Review } from "../model/evidence.ts";

/** As the host tells, else the commit that no other one has as its parent; without parents nobody can tell. */
export function headOf({ head, commits = [] }: Evidence): string | undefined {
  if (head !== undefined) return head;
  if (commits.length === 1) return commits[0]?.sha;
  const parents = new Set(commits.flatMap((commit) => commit.parents ?? []));
  const heads = commits.filter(({ sha }) => !parents.has(sha));
  return heads.length === 1 ? heads[0]?.sha : undefined;
}

/** Of each person the last review that decides: comments take nothing back. */
export function latest(reviews: readonly Review[]): readonly Review[] {
  const deciding = reviews.filter(({ state }) => /^(APPROVED|CHANGES_REQUESTED|DISMISSED)$/.test(state));
  const inOrder = [...deciding].sort((left, right) => compare(left.submittedAt ?? "", right.submittedAt ?? ""));
  return [...new Map(inOrder.map((review) => [review.id ?? review.login.toLowerCase(), review])).values()];
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
