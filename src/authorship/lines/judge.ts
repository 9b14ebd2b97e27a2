/** The author of what counts: commits are left out only where everything about those that stay is beyond doubt. */

import type { Authorship, LineJudgement } from "../../model/authorship.ts";
import type { Commit, Evidence } from "../../model/evidence.ts";
import { collect } from "../collect.ts";
import type { CommitMarks } from "../commit.ts";
import { judge } from "../judge.ts";
import { decides } from "../marks.ts";
import { namesOf } from "../participants.ts";
import type { AuthorshipRequest } from "../request.ts";

/** Commits that had a hand in what the plans do, of all that git has; or why nobody can tell. */
export type Involved =
  | {
      readonly commits: ReadonlySet<string>;
      readonly all: readonly { readonly sha: string; readonly isMerge: boolean }[];
    }
  | { readonly because: string };

/** @param whole the judgement on the whole change */
export async function judgeLines(
  request: AuthorshipRequest,
  whole: Authorship,
  involved: Involved,
): Promise<Authorship> {
  const all = (because: string): Authorship => withLines(whole, { leftOut: [], whole: whole.kind, because });
  if ("because" in involved) return all(involved.because);
  const { evidence = {}, claim, own, humanKeys = [] } = request;
  const { commits = [] } = evidence;
  const missing = whyNotAll(evidence, involved.all);
  if (missing !== undefined) return all(missing);
  const seen = await collect(evidence, own, humanKeys);
  if (claim?.kind === "agent") return all("--actor says that an agent wrote it");
  if (seen.others.some(decides)) return all("an agent shows elsewhere than on commits, which belongs to no line");
  const known = commits.map((commit, place) => ({ commit, marks: seen.commits[place] as CommitMarks }));
  const stays = known.filter(({ commit }) => involved.commits.has(commit.sha));
  const left = known.filter(({ commit, marks }) => !involved.commits.has(commit.sha) && marks.signals.some(decides));
  if (left.length === 0) return withLines(whole, { leftOut: [], whole: whole.kind });
  const rest: Evidence = { ...evidence, commits: stays.map(({ commit }) => commit) };
  const collected = await collect(rest, own, humanKeys);
  const isAttested = collected.attestations.signatures.length > 0;
  const shared = isAttested ? undefined : sharedPerson(stays, left);
  if (shared !== undefined)
    return all(
      `${shared} committed both with an agent's marks and without, and nothing tells whose lines the latter are`,
    );
  const leftOut = left.map(({ commit, marks }) => {
    const agent = marks.signals.find((signal) => decides(signal) && signal.agent !== undefined)?.agent;
    return { commit: commit.sha, ...(agent !== undefined && { agent }) };
  });
  return withLines(judge(collected, claim), { leftOut, whole: whole.kind });
}

function withLines(authorship: Authorship, lines: LineJudgement): Authorship {
  return { ...authorship, lines };
}

/** Git and the evidence must speak of the very same commits. */
function whyNotAll(
  { commits, commitsMissing, gaps = [] }: Evidence,
  all: readonly { readonly sha: string; readonly isMerge: boolean }[],
): string | undefined {
  if (commits === undefined || commits.length === 0) return "there are no commits to tell apart";
  if (commitsMissing || gaps.length > 0) return gaps[0] ?? "commits may be missing";
  const handedIn = new Set(commits.map(({ sha }) => sha));
  const inGit = new Set(all.map(({ sha }) => sha));
  const same =
    all.every(({ sha, isMerge }) => isMerge || handedIn.has(sha)) && commits.every(({ sha }) => inGit.has(sha));
  return same ? undefined : "the commits of the evidence are not those that git has since the base";
}

interface Known {
  readonly commit: Commit;
  readonly marks: CommitMarks;
}

/** An agent that leaves its mark out looks like the person it works for. */
function sharedPerson(stays: readonly Known[], left: readonly Known[]): string | undefined {
  const forAgents = new Set(left.flatMap(({ marks }) => marks.people.flatMap(namesOf)));
  const unmarked = stays.filter(({ marks }) => !marks.signals.some(decides) && !marks.byBot);
  const names = unmarked.flatMap(({ marks }) => marks.people.flatMap(namesOf));
  return names.find((name) => forAgents.has(name));
}
