/** What CI and the host tell of a change, brought together with what git tells. Nothing is judged here. */

import type { Commit, Environment, Evidence } from "../model/evidence.ts";
import type { CiRun } from "./ci/run.ts";
import type { CodeHost, HostPullRequest } from "./code-host.ts";
import { attempt, HostFailure } from "./failure.ts";
import { HOST_TITLES, openHost, placeOfRun } from "./open.ts";

/** Evidence of the host; `isComplete` says that its commits are all there are. */
type Told = Evidence & { readonly isComplete: boolean };

/** The evidence of git, and all that the run's variables and, with a token, its host add to it. */
export async function withHostEvidence(fromGit: Evidence, run: CiRun, env: Environment): Promise<Evidence> {
  const told = await evidenceOfHost(run, env);
  if (told === undefined) return fromGit;
  const commits = joined(fromGit.commits, told.commits);
  const isKnown =
    commits !== undefined && (told.isComplete || (fromGit.commits !== undefined && !fromGit.commitsMissing));
  return {
    ...fromGit,
    commits,
    // Whatever the clone lacks, the host has listed.
    commitsMissing: !isKnown,
    head: told.head,
    pullRequest: told.pullRequest,
    reviews: told.reviews,
    gaps: [...(told.isComplete ? [] : (fromGit.gaps ?? [])), ...(told.gaps ?? [])],
  };
}

async function evidenceOfHost(run: CiRun, env: Environment): Promise<Told | undefined> {
  const place = placeOfRun(run, env);
  const { pullRequest, head } = run;
  if (place === undefined) return pullRequest && { pullRequest, head, isComplete: false };
  if (typeof place === "string") return { pullRequest, head, isComplete: false, gaps: [place] };
  const host = await openHost(place, env);
  const title = HOST_TITLES[place.host];
  const blind = (why: string): Told => ({
    pullRequest,
    head,
    isComplete: false,
    gaps: [
      `${why}, so ${title} was not asked for reviews${pullRequest?.author ? "" : ", nor for who opened the pull request"}`,
    ],
  });
  if (typeof host === "string") return blind(host);
  const request = await attempt(host.readPullRequest);
  return request instanceof HostFailure ? blind(request.message) : readFrom(host, request.value, head);
}

/** What can be had, and a sentence for what cannot. `head` is the commit that the run was started for. */
async function readFrom(host: CodeHost, request: HostPullRequest, head: string | undefined): Promise<Told> {
  const [commits, reviews] = await Promise.all([attempt(host.readCommits), attempt(() => host.readReviews(request))]);
  const hasMoved = head !== undefined && request.head !== undefined && head !== request.head;
  const listed = commits instanceof HostFailure || hasMoved ? undefined : commits.value;
  return {
    pullRequest: request.pullRequest,
    head: head ?? request.head,
    commits: listed?.commits,
    isComplete: listed?.isComplete === true && listed.commits.length > 0,
    reviews: reviews instanceof HostFailure ? undefined : reviews.value,
    gaps: [
      ...(commits instanceof HostFailure ? [`${commits.message}, so its commits were not looked at there`] : []),
      ...(reviews instanceof HostFailure ? [`${reviews.message}, so reviews were not looked at`] : []),
      ...(hasMoved ? [`the pull request has moved on since this run was started for ${head.slice(0, 9)}`] : []),
      ...(listed?.isComplete === false ? [`${host.title} does not list all commits of this pull request`] : []),
    ],
  };
}

/** Each commit once: what it says as git has it, whose accounts they are and whether it is verified as the host knows. */
function joined(fromGit: readonly Commit[] | undefined, fromHost: readonly Commit[] | undefined) {
  if (fromGit === undefined || fromHost === undefined) return fromGit ?? fromHost;
  const known = new Map(fromHost.map((commit) => [commit.sha, commit]));
  const both = fromGit.map((commit): Commit => {
    const other = known.get(commit.sha);
    if (other === undefined) return commit;
    return {
      ...commit,
      author: { ...commit.author, login: other.author.login },
      committer: commit.committer && { ...commit.committer, login: other.committer?.login },
      verified: other.verified,
    };
  });
  const listed = new Set(fromGit.map(({ sha }) => sha));
  return [...both, ...fromHost.filter(({ sha }) => !listed.has(sha))];
}
