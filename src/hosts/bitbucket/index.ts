/** Pull requests on Bitbucket Cloud. Accounts go by their account id there: nicknames are neither unique nor lasting. */

import type { Account, Commit, Person, Review } from "../../model/evidence.ts";
import type { PullRequestPlace } from "../../model/host.ts";
import type { Verdict } from "../../model/judgement.ts";
import { listAt, numberAt, textAt, valueAt } from "../answer.ts";
import { type Client, createClient } from "../client.ts";
import { type CodeHost, type HostComment, type StatusRequest, shortTitle } from "../code-host.ts";
import type { Credential } from "../credential.ts";
import { attempt, HostFailure } from "../failure.ts";
import { once } from "../once.ts";
import { commitAt, type Push } from "../reviewed-commit.ts";

export function bitbucketHost(place: PullRequestPlace, credential: Credential): CodeHost {
  const client = createClient({ host: "Bitbucket", api: place.api, credential });
  const repository = `repositories/${place.repository.split("/").map(encodeURIComponent).join("/")}`;
  const request = `${repository}/pullrequests/${place.number}`;
  const own = once(() => ownAccount(client));
  return {
    title: "Bitbucket",
    readPullRequest: async () => {
      const { body } = await client.get(request);
      // The answer shortens the hash of the commit.
      const short = textAt(body, "source", "commit", "hash");
      return {
        pullRequest: {
          author: toAccount(valueAt(body, "author")),
          branch: textAt(body, "source", "branch", "name"),
          title: textAt(body, "title"),
          body: textAt(body, "summary", "raw") ?? textAt(body, "description"),
          labels: [],
        },
        head: short === undefined ? undefined : await wholeHash(client, `${repository}/commit/${short}`),
      };
    },
    readCommits: async () => {
      const found = await pages(client, `${request}/commits?pagelen=100`);
      return { commits: found.map(toCommit), isComplete: true };
    },
    readReviews: async ({ head }) => {
      const [{ body }, activity] = await Promise.all([
        client.get(request),
        pages(client, `${request}/activity?pagelen=50`),
      ]);
      const pushes = activity.flatMap((entry): Push[] => {
        const [commit, at] = [textAt(entry, "update", "source", "commit", "hash"), textAt(entry, "update", "date")];
        return commit === undefined || at === undefined ? [] : [{ commit, at }];
      });
      return listAt(body, "participants").flatMap((participant): Review[] => {
        const account = toAccount(valueAt(participant, "user"));
        const state = STATES_OF_REVIEWS.get(textAt(participant, "state") ?? "");
        if (account === undefined || state === undefined) return [];
        const submittedAt =
          state === "APPROVED" ? approvalIn(activity, account) : textAt(participant, "participated_on");
        const short = commitAt(submittedAt, pushes);
        const isHead = short !== undefined && short.length >= 12 && head?.startsWith(short) === true;
        return [{ ...account, state, submittedAt, commitId: isHead ? head : short }];
      });
    },
    findComments: async (marker) => {
      const account = await own();
      const found = await pages(client, `${request}/comments?pagelen=100&sort=created_on`);
      return found
        .filter((comment) => textAt(comment, "content", "raw")?.startsWith(marker) && !valueAt(comment, "deleted"))
        .map(
          (comment): HostComment => ({
            id: String(numberAt(comment, "id")),
            body: textAt(comment, "content", "raw") ?? "",
            isOwn: account === undefined ? undefined : textAt(comment, "user", "uuid") === account,
            url: textAt(comment, "links", "html", "href"),
          }),
        );
    },
    createComment: async (raw) =>
      textAt((await client.send("POST", `${request}/comments`, { content: { raw } })).body, "links", "html", "href"),
    editComment: async ({ id }, raw) =>
      void (await client.send("PUT", `${request}/comments/${id}`, { content: { raw } })),
    removeComment: async ({ id }) => void (await client.send("DELETE", `${request}/comments/${id}`)),
    setStatus: (status) => setStatus(client, repository, place, status),
    // HTML would be shown as text; a link that nothing refers to is shown nowhere.
    hide: (text) => `[//]: # (${text})`,
  };
}

/** `undefined` where the token may not read commits. */
async function wholeHash(client: Client, commit: string): Promise<string | undefined> {
  const answer = await attempt(() => client.get(commit));
  return answer instanceof HostFailure ? undefined : textAt(answer.value.body, "hash");
}

/** Tokens of a repository may not ask whose they are. */
async function ownAccount(client: Client): Promise<string | undefined> {
  const answer = await attempt(() => client.get("user"));
  if (!(answer instanceof HostFailure)) return textAt(answer.value.body, "uuid");
  if (answer.status === 401 || answer.status === 403 || answer.status === 404) return undefined;
  throw answer;
}

const MOST_PAGES = 200;

/** All pages of a list, by the address of the next one that each page names. */
async function pages(client: Client, path: string): Promise<unknown[]> {
  const found: unknown[] = [];
  let next: string | undefined = path;
  for (let count = 0; count < MOST_PAGES && next !== undefined; count++) {
    const { body }: { readonly body: unknown } = await client.get(next);
    found.push(...listAt(body, "values"));
    next = textAt(body, "next");
  }
  return found;
}

/** `user` is a person; what stands for an access token, an app or a workspace is none. */
function toAccount(user: unknown): Account | undefined {
  const login = textAt(user, "account_id") ?? textAt(user, "uuid");
  if (login === undefined) return undefined;
  return { login, type: textAt(user, "type") === "user" ? "User" : "Bot" };
}

function toCommit(commit: unknown): Commit {
  return {
    sha: textAt(commit, "hash") ?? "",
    parents: listAt(commit, "parents").map((parent) => textAt(parent, "hash") ?? ""),
    author: toPerson(valueAt(commit, "author")),
    message: textAt(commit, "message") ?? "",
  };
}

/** `Name <address>` as git has it, and the account where Bitbucket knows it. */
function toPerson(author: unknown): Person {
  const raw = textAt(author, "raw") ?? "";
  const [, name = raw, email = ""] = /^([^<]*)<([^>]*)>\s*$/.exec(raw) ?? [];
  return { name: name.trim(), email: email.trim(), login: textAt(author, "user", "account_id") };
}

const STATES_OF_REVIEWS: ReadonlyMap<string, string> = new Map([
  ["approved", "APPROVED"],
  ["changes_requested", "CHANGES_REQUESTED"],
]);

/** When an account last approved. */
function approvalIn(activity: readonly unknown[], { login }: Account): string | undefined {
  const dates = activity.flatMap((entry): string[] => {
    const by = toAccount(valueAt(entry, "approval", "user"));
    const date = textAt(entry, "approval", "date");
    return by?.login === login && date !== undefined ? [date] : [];
  });
  return dates.sort((left, right) => Date.parse(right) - Date.parse(left))[0];
}

const STATES: Readonly<Record<Verdict, string>> = {
  pass: "SUCCESSFUL",
  review: "FAILED",
  fail: "FAILED",
  undecided: "FAILED",
};
const MOST_OF_KEY = 40;

/** A status with a key is there once: it is written anew under the same one. */
async function setStatus(
  client: Client,
  repository: string,
  place: PullRequestPlace,
  { name, commit, verdict, title, url }: StatusRequest,
): Promise<string | undefined> {
  const key = shortTitle(name, MOST_OF_KEY);
  const wanted = {
    key,
    name,
    state: STATES[verdict],
    description: shortTitle(title, 255),
    // Bitbucket takes no status without an address.
    url: url ?? `https://bitbucket.org/${place.repository}/pull-requests/${place.number}`,
  };
  const statuses = `${repository}/commit/${commit}/statuses/build`;
  const present = await attempt(() => client.get(`${statuses}/${encodeURIComponent(key)}`));
  if (present instanceof HostFailure) {
    if (present.status !== 404) throw present;
  } else if (Object.entries(wanted).every(([word, value]) => textAt(present.value.body, word) === value)) {
    return undefined;
  }
  await client.send("POST", statuses, wanted);
  return "build status";
}
