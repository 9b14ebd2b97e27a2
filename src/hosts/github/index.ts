/** Pull requests on GitHub and GitHub Enterprise Server. */

import type { Commit, Person, Review } from "../../model/evidence.ts";
import type { PullRequestPlace } from "../../model/host.ts";
import { listAt, numberAt, textAt, valueAt } from "../answer.ts";
import { pullRequestOf } from "../ci/github-actions.ts";
import type { CodeHost, HostComment } from "../code-host.ts";
import type { Credential } from "../credential.ts";
import { once } from "../once.ts";
import { openGithub } from "./octokit.ts";
import { setStatus } from "./status.ts";
import { viewerOf } from "./viewer.ts";

/** GitHub lists no more commits of a pull request than these. */
const MOST_COMMITS = 250;

export async function githubHost(place: PullRequestPlace, credential: Credential): Promise<CodeHost> {
  const client = await openGithub(place.api, credential);
  const [owner = "", repo = ""] = place.repository.split("/");
  const repository = { owner, repo };
  const pull = { ...repository, pull_number: place.number };
  const issue = { ...repository, issue_number: place.number };
  const viewer = once(() => viewerOf(client));
  return {
    title: "GitHub",
    readPullRequest: async () => {
      const request = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", pull);
      return { pullRequest: pullRequestOf(request), head: textAt(request, "head", "sha") };
    },
    readCommits: async () => {
      const found = await client.list("GET /repos/{owner}/{repo}/pulls/{pull_number}/commits", pull);
      return { commits: found.map(toCommit), isComplete: found.length < MOST_COMMITS };
    },
    readReviews: async () => {
      const found = await client.list("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", pull);
      return found.map(toReview);
    },
    findComments: async (marker) => {
      const { login, id } = await viewer();
      const found = await client.list("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", issue);
      return found
        .filter((comment) => textAt(comment, "body")?.startsWith(marker))
        .map((comment): HostComment => {
          const ownId = numberAt(comment, "user", "id");
          const isOwn = id === undefined ? textAt(comment, "user", "login") === login : ownId === id;
          return {
            id: String(numberAt(comment, "id")),
            body: textAt(comment, "body") ?? "",
            isOwn,
            url: textAt(comment, "html_url"),
          };
        });
    },
    createComment: async (body) =>
      textAt(
        await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", { ...issue, body }),
        "html_url",
      ),
    editComment: async ({ id }, body) => {
      await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
        ...repository,
        comment_id: Number(id),
        body,
      });
    },
    removeComment: async ({ id }) => {
      await client.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", {
        ...repository,
        comment_id: Number(id),
      });
    },
    setStatus: async (status) => setStatus(client, repository, await viewer(), status),
    hide: (text) => `<!-- ${text} -->`,
  };
}

function toCommit(commit: unknown): Commit {
  return {
    sha: textAt(commit, "sha") ?? "",
    parents: listAt(commit, "parents").map((parent) => textAt(parent, "sha") ?? ""),
    author: toPerson(commit, "author") ?? { name: "", email: "" },
    committer: toPerson(commit, "committer"),
    message: textAt(commit, "commit", "message") ?? "",
    verified: valueAt(commit, "commit", "verification", "verified") === true,
  };
}

/** What git says beside the account that GitHub knows it by. */
function toPerson(commit: unknown, role: "author" | "committer"): Person | undefined {
  const [name, email] = [textAt(commit, "commit", role, "name"), textAt(commit, "commit", role, "email")];
  if (name === undefined && email === undefined) return undefined;
  return { name: name ?? "", email: email ?? "", login: textAt(commit, role, "login") };
}

/** An account that is gone has no type, so it is nobody's approval. */
function toReview(review: unknown): Review {
  return {
    login: textAt(review, "user", "login") ?? "ghost",
    id: numberAt(review, "user", "id"),
    type: textAt(review, "user", "type"),
    state: textAt(review, "state")?.toUpperCase() ?? "",
    commitId: textAt(review, "commit_id"),
    submittedAt: textAt(review, "submitted_at"),
  };
}
