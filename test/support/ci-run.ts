/** Runs of CI for pull request 7: the variables and the event file that each system sets. */

import { folderWith } from "./world.ts";

/** A token as it is planted into the environment of every run: it must never show. */
export const TOKEN = "ghs_plantedTOKEN0123456789plantedTOKEN01";

export interface GithubRun {
  readonly api: string;
  readonly head: string;
  readonly event?: string;
  readonly base?: string;
  readonly author?: { readonly login: string; readonly id: number; readonly type: string };
  readonly token?: string | undefined;
}

export function githubRun({ api, head, event = "pull_request", base = "main", author, token = TOKEN }: GithubRun) {
  const user = author ?? { login: "alice", id: 1, type: "User" };
  const request = {
    number: 7,
    user,
    head: { sha: head, ref: "remove-orders" },
    base: { ref: base, sha: "b".repeat(40) },
    title: "Remove the orders",
    body: null,
    labels: [{ name: "infrastructure" }],
  };
  return githubEnvironment(api, event, { pull_request: request }, token);
}

export function githubEnvironment(api: string, name: string, event: unknown, token?: string): Record<string, string> {
  const folder = folderWith({ "event.json": JSON.stringify(event) });
  return {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: api,
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "octo-org/infra",
    GITHUB_RUN_ID: "99",
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: `${folder}/event.json`,
    GITHUB_ACTOR: "alice",
    ...(token !== undefined && token !== "" && { GITHUB_TOKEN: token }),
  };
}
