/** Pull requests in Azure Repos. Accounts go by their unique name there, mostly an address. */

import type { Account, Commit, Review } from "../../model/evidence.ts";
import type { PullRequestPlace } from "../../model/host.ts";
import type { Verdict } from "../../model/judgement.ts";
import { listAt, numberAt, textAt, valueAt } from "../answer.ts";
import { type Client, createClient } from "../client.ts";
import type { CodeHost, HostComment, StatusRequest } from "../code-host.ts";
import type { Credential } from "../credential.ts";
import { HostFailure } from "../failure.ts";
import { once } from "../once.ts";
import { commitAt, type Push } from "../reviewed-commit.ts";

const VERSION = "api-version=7.1";

export function azureHost(place: PullRequestPlace, credential: Credential): CodeHost {
  const client = createClient({ host: "Azure DevOps", api: place.api, credential });
  const [project = "", repository = ""] = place.repository.split("/").map(encodeURIComponent);
  const request = `${project}/_apis/git/repositories/${repository}/pullRequests/${place.number}`;
  const own = once(async () =>
    textAt((await client.get("_apis/connectionData")).body, "authenticatedUser", "id")?.toLowerCase(),
  );
  const readThreads = async () => listAt((await client.get(`${request}/threads?${VERSION}`)).body, "value");
  return {
    title: "Azure DevOps",
    readPullRequest: async () => {
      const { body } = await client.get(`${request}?${VERSION}`);
      return {
        pullRequest: {
          author: toAccount(valueAt(body, "createdBy")),
          branch: textAt(body, "sourceRefName")?.replace(/^refs\/heads\//, ""),
          title: textAt(body, "title"),
          body: textAt(body, "description"),
          labels: listAt(body, "labels").flatMap((label) => textAt(label, "name") ?? []),
        },
        head: textAt(body, "lastMergeSourceCommit", "commitId"),
      };
    },
    readCommits: async () => {
      const found = await pages(client, `${request}/commits?${VERSION}`);
      // A message that was cut may have lost what its end says.
      return { commits: found.map(toCommit), isComplete: !found.some((commit) => valueAt(commit, "commentTruncated")) };
    },
    readReviews: async () => {
      const [{ body }, threads, iterations] = await Promise.all([
        client.get(`${request}?${VERSION}`),
        readThreads(),
        readIterations(client, request),
      ]);
      const pushes = iterations.map(
        (iteration): Push => ({
          commit: textAt(iteration, "sourceRefCommit", "commitId") ?? "",
          at: textAt(iteration, "createdDate") ?? "",
        }),
      );
      return listAt(body, "reviewers").flatMap((reviewer): Review[] => {
        const account = toAccount(reviewer);
        const state = stateOf(numberAt(reviewer, "vote") ?? 0);
        if (account === undefined || state === undefined) return [];
        const submittedAt = voteIn(threads, textAt(reviewer, "id"));
        return [{ ...account, state, submittedAt, commitId: commitAt(submittedAt, pushes) }];
      });
    },
    findComments: async (marker) => {
      const id = await own();
      return (await readThreads()).flatMap((thread): HostComment[] => {
        const comment = valueAt(thread, "comments", 0);
        const body = textAt(comment, "content");
        if (!body?.startsWith(marker) || valueAt(thread, "isDeleted") === true) return [];
        if (valueAt(comment, "isDeleted") === true) return [];
        return [
          {
            id: String(numberAt(comment, "id")),
            thread: String(numberAt(thread, "id")),
            body,
            isOwn: id !== undefined && textAt(comment, "author", "id")?.toLowerCase() === id,
          },
        ];
      });
    },
    createComment: async (content, verdict) => {
      const comments = [{ parentCommentId: 0, content, commentType: "text" }];
      await client.send("POST", `${request}/threads?${VERSION}`, { comments, status: statusOf(verdict) });
      return undefined;
    },
    editComment: async ({ id, thread }, content, verdict) => {
      await client.send("PATCH", `${request}/threads/${thread}/comments/${id}?${VERSION}`, { content });
      await client.send("PATCH", `${request}/threads/${thread}?${VERSION}`, { status: statusOf(verdict) });
    },
    removeComment: async ({ id, thread }) =>
      void (await client.send("DELETE", `${request}/threads/${thread}/comments/${id}?${VERSION}`)),
    setStatus: (status) => setStatus(client, request, status),
    hide: (text) => `<!-- ${text} -->`,
  };
}

/** Pushes to the pull request, as Azure DevOps counts them. */
async function readIterations(client: Client, request: string): Promise<readonly unknown[]> {
  return listAt((await client.get(`${request}/iterations?${VERSION}`)).body, "value");
}

const MOST_PAGES = 100;

/** All pages of a list, by the mark that each page hands on to the next one. */
async function pages(client: Client, path: string): Promise<unknown[]> {
  const found: unknown[] = [];
  let mark: string | null = "";
  for (let count = 0; count < MOST_PAGES && mark !== null; count++) {
    const more: string = mark === "" ? "" : `&continuationToken=${encodeURIComponent(mark)}`;
    const { body, headers } = await client.get(`${path}&$top=100${more}`);
    found.push(...listAt(body, "value"));
    mark = headers.get("x-ms-continuationtoken");
  }
  return found;
}

/** People go by an address or a name of their domain; groups vote for their members, and services for nobody. */
function toAccount(identity: unknown): Account | undefined {
  const login = textAt(identity, "uniqueName");
  if (login === undefined) return undefined;
  const isNamed = /^[^@\s]+@[^@\s]+$|^(?!Build\\)[\w.-]+\\[^\\\s]+$/i.test(login);
  const isService = /^(svc|aadsp|s2s)\./.test(textAt(identity, "descriptor") ?? "");
  const isPerson = isNamed && !isService && valueAt(identity, "isContainer") !== true;
  return { login, type: isPerson ? "User" : "Bot" };
}

function toCommit(commit: unknown): Commit {
  return {
    sha: textAt(commit, "commitId") ?? "",
    parents: listAt(commit, "parents").filter((parent) => typeof parent === "string"),
    author: { name: textAt(commit, "author", "name") ?? "", email: textAt(commit, "author", "email") ?? "" },
    committer: { name: textAt(commit, "committer", "name") ?? "", email: textAt(commit, "committer", "email") ?? "" },
    message: textAt(commit, "comment") ?? "",
  };
}

/** 10 approves, 5 approves with suggestions, 0 is no vote, -5 waits for the author, -10 rejects. */
function stateOf(vote: number): string | undefined {
  if (vote >= 5) return "APPROVED";
  return vote < 0 ? "CHANGES_REQUESTED" : undefined;
}

/** When a reviewer last voted, as Azure DevOps itself notes it in a thread. */
function voteIn(threads: readonly unknown[], voter: string | undefined): string | undefined {
  const times = threads.flatMap((thread): string[] => {
    const property = (name: string) => textAt(thread, "properties", name, "$value");
    if (property("CodeReviewThreadType") !== "VoteUpdate") return [];
    const key = property("CodeReviewVotedByIdentity");
    const by = key === undefined ? property("CodeReviewVotedByTfId") : textAt(thread, "identities", key, "id");
    const time = textAt(thread, "publishedDate");
    return by !== undefined && by === voter && time !== undefined ? [time] : [];
  });
  return times.sort((left, right) => Date.parse(right) - Date.parse(left))[0];
}

/** What stops the change is to be looked at; a policy may ask that all such threads are closed. */
function statusOf(verdict: Verdict): string {
  return verdict === "pass" ? "closed" : "active";
}

const STATES: Readonly<Record<Verdict, string>> = {
  pass: "succeeded",
  review: "pending",
  fail: "failed",
  undecided: "error",
};

async function setStatus(
  client: Client,
  request: string,
  { name, commit, verdict, title, url }: StatusRequest,
): Promise<string | undefined> {
  const context = { name, genre: "firebreak" };
  const [{ body }, iterations] = await Promise.all([
    client.get(`${request}/statuses?${VERSION}`),
    readIterations(client, request),
  ]);
  // One without a push would still stand there after the next one.
  const iterationId = numberAt(
    iterations.find((iteration) => textAt(iteration, "sourceRefCommit", "commitId") === commit),
    "id",
  );
  if (iterationId === undefined) throw new HostFailure(`Azure DevOps knows no push of ${commit.slice(0, 9)}`);
  const own = listAt(body, "value").filter(
    (status) => textAt(status, "context", "name") === name && textAt(status, "context", "genre") === context.genre,
  );
  // Numbers count up.
  const latest = [...own].sort((left, right) => (numberAt(right, "id") ?? 0) - (numberAt(left, "id") ?? 0))[0];
  const isThere =
    numberAt(latest, "iterationId") === iterationId &&
    textAt(latest, "state") === STATES[verdict] &&
    textAt(latest, "description") === title &&
    textAt(latest, "targetUrl") === url;
  if (isThere) return undefined;
  await client.send("POST", `${request}/statuses?${VERSION}`, {
    iterationId,
    state: STATES[verdict],
    description: title,
    ...(url !== undefined && { targetUrl: url }),
    context,
  });
  return "pull request status";
}
