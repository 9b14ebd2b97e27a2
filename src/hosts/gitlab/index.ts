/** Merge requests on GitLab, of gitlab.com and of servers of one's own. */

import type { Account, Commit, Review } from "../../model/evidence.ts";
import type { PullRequestPlace } from "../../model/host.ts";
import type { Verdict } from "../../model/judgement.ts";
import { listAt, numberAt, textAt, valueAt } from "../answer.ts";
import { type Client, createClient } from "../client.ts";
import { type CodeHost, type HostComment, type StatusRequest, shortTitle } from "../code-host.ts";
import type { Credential } from "../credential.ts";
import { HostFailure } from "../failure.ts";
import { once } from "../once.ts";
import { commitAt, type Push } from "../reviewed-commit.ts";

/** `pipeline`: the number of the pipeline that this run is part of, to which the status then belongs. */
export function gitlabHost(place: PullRequestPlace, credential: Credential, pipeline: string | undefined): CodeHost {
  const client = createClient({ host: "GitLab", api: place.api, credential });
  const project = `projects/${encodeURIComponent(place.repository)}`;
  const request = `${project}/merge_requests/${place.number}`;
  const own = once(async () => numberAt((await client.get("user")).body, "id"));
  const notes = once(() => pages(client, `${request}/notes?sort=asc&order_by=created_at`));
  return {
    title: "GitLab",
    readPullRequest: async () => {
      const { body } = await client.get(request);
      return {
        pullRequest: {
          author: toAccount(valueAt(body, "author")),
          branch: textAt(body, "source_branch"),
          title: textAt(body, "title"),
          body: textAt(body, "description"),
          labels: listAt(body, "labels").filter((label) => typeof label === "string"),
        },
        head: textAt(body, "sha"),
      };
    },
    readCommits: async () => {
      const found = await pages(client, `${request}/commits`);
      return { commits: found.map(toCommit), isComplete: true };
    },
    readReviews: async () => {
      const [{ body }, versions] = await Promise.all([
        client.get(`${request}/approvals`),
        pages(client, `${request}/versions`),
      ]);
      const pushes = versions.map(
        (version): Push => ({
          commit: textAt(version, "head_commit_sha") ?? "",
          at: textAt(version, "created_at") ?? "",
        }),
      );
      const approvals = listAt(body, "approved_by");
      // Older servers do not say when; their notes do.
      const told = approvals.some((approval) => textAt(approval, "approved_at") === undefined) ? await notes() : [];
      return approvals.flatMap((approval): Review[] => {
        const account = toAccount(valueAt(approval, "user"));
        if (account === undefined) return [];
        const submittedAt = textAt(approval, "approved_at") ?? approvalIn(told, account);
        return [{ ...account, state: "APPROVED", submittedAt, commitId: commitAt(submittedAt, pushes) }];
      });
    },
    findComments: async (marker) => {
      const id = await own();
      const found = (await pages(client, `${request}/notes?sort=asc&order_by=created_at`)).filter(
        (note) => textAt(note, "body")?.startsWith(marker) && valueAt(note, "system") === false,
      );
      return found.map(
        (note): HostComment => ({
          id: String(numberAt(note, "id")),
          body: textAt(note, "body") ?? "",
          isOwn: id !== undefined && numberAt(note, "author", "id") === id,
        }),
      );
    },
    createComment: async (body) => {
      await client.send("POST", `${request}/notes`, { body });
      return undefined;
    },
    editComment: async ({ id }, body) => void (await client.send("PUT", `${request}/notes/${id}`, { body })),
    removeComment: async ({ id }) => void (await client.send("DELETE", `${request}/notes/${id}`)),
    setStatus: (status) => setStatus(client, project, pipeline, status),
    hide: (text) => `<!-- ${text} -->`,
  };
}

const MOST_PAGES = 100;

/** All pages of a list, by the number of the next one that each page names. */
async function pages(client: Client, path: string): Promise<unknown[]> {
  const found: unknown[] = [];
  let page = "1";
  for (let count = 0; count < MOST_PAGES && page !== ""; count++) {
    const { body, headers } = await client.get(`${path}${path.includes("?") ? "&" : "?"}per_page=100&page=${page}`);
    if (!Array.isArray(body)) throw new HostFailure(`GitLab answered no list to GET ${path.split("?")[0]}`);
    found.push(...body);
    const next = headers.get("x-next-page") ?? "";
    page = /^\d+$/.test(next) ? next : "";
  }
  return found;
}

/** Programs have accounts as people do; those that tokens of projects and groups stand for are told by their names. */
const OF_A_TOKEN = /^((project|group)_\d+_bot|service_account)(_|$)/;

function toAccount(user: unknown): Account | undefined {
  const login = textAt(user, "username");
  if (login === undefined) return undefined;
  const isBot = valueAt(user, "bot") === true || OF_A_TOKEN.test(login);
  return { login, id: numberAt(user, "id"), type: isBot ? "Bot" : "User" };
}

function toCommit(commit: unknown): Commit {
  return {
    sha: textAt(commit, "id") ?? "",
    parents: listAt(commit, "parent_ids").filter((parent) => typeof parent === "string"),
    author: { name: textAt(commit, "author_name") ?? "", email: textAt(commit, "author_email") ?? "" },
    committer: { name: textAt(commit, "committer_name") ?? "", email: textAt(commit, "committer_email") ?? "" },
    message: textAt(commit, "message") ?? "",
  };
}

/** When an account last approved, as GitLab itself notes it: nobody can write a note of the system. */
function approvalIn(notes: readonly unknown[], { id }: Account): string | undefined {
  const own = notes.filter(
    (note) =>
      valueAt(note, "system") === true &&
      numberAt(note, "author", "id") === id &&
      textAt(note, "body") === "approved this merge request",
  );
  return textAt(own.at(-1), "created_at");
}

/** A status that waits would keep the pipeline running for ever. */
const STATES: Readonly<Record<Verdict, string>> = {
  pass: "success",
  review: "failed",
  fail: "failed",
  undecided: "failed",
};

async function setStatus(
  client: Client,
  project: string,
  pipeline: string | undefined,
  { name, commit, verdict, title, url }: StatusRequest,
): Promise<string | undefined> {
  const wanted = { state: STATES[verdict], description: shortTitle(title, 255), target_url: url };
  const present = await pages(
    client,
    `${project}/repository/commits/${commit}/statuses?name=${encodeURIComponent(name)}`,
  );
  const isThere = present.some(
    (status) =>
      textAt(status, "status") === wanted.state &&
      textAt(status, "description") === wanted.description &&
      (textAt(status, "target_url") ?? undefined) === url,
  );
  if (isThere) return undefined;
  await client.send("POST", `${project}/statuses/${commit}`, {
    ...wanted,
    name,
    ...(pipeline !== undefined && { pipeline_id: Number(pipeline) }),
  });
  return "commit status";
}
