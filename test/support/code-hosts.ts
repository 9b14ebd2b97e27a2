/** GitLab, Bitbucket Cloud and Azure DevOps as tests need them: each a small server, and how it says what all of them say. */

import { azureEnvironment, serveAzure } from "./azure-server.ts";
import { bitbucketEnvironment, serveBitbucket } from "./bitbucket-server.ts";
import { gitlabEnvironment, serveGitlab } from "./gitlab-server.ts";
import type { HostState, RestServer } from "./rest-server.ts";

const HEAD = "a".repeat(40);
/** Planted into the environment of every run: it must never show. */
export const HOST_TOKEN = "plantedTOKEN0123456789plantedTOKEN01";

export interface Host {
  readonly serve: (state: HostState) => Promise<RestServer>;
  readonly environment: (api: string, state: HostState) => Record<string, string>;
  readonly token: string;
  readonly authorization: string;
  readonly marker: string;
  /** How an account of the state goes in the config's team. */
  readonly login: (account: string) => string;
  readonly mostBytes: number;
  /** Of a status: where it says what, for a failure and for a pass. */
  readonly status: readonly [key: string, fail: string, pass: string];
}

const HTML = "<!-- firebreak:comment firebreak -->";
export const HOSTS: Readonly<Record<string, Host>> = {
  GitLab: {
    serve: serveGitlab,
    environment: gitlabEnvironment,
    token: "GITLAB_TOKEN",
    authorization: `Bearer ${HOST_TOKEN}`,
    marker: HTML,
    login: (account) => account,
    mostBytes: 1_000_000,
    status: ["status", "failed", "success"],
  },
  Bitbucket: {
    serve: serveBitbucket,
    environment: bitbucketEnvironment,
    token: "BITBUCKET_TOKEN",
    authorization: `Bearer ${HOST_TOKEN}`,
    marker: "[//]: # (firebreak:comment firebreak)",
    login: (account) => account,
    mostBytes: 32_768,
    status: ["state", "FAILED", "SUCCESSFUL"],
  },
  "Azure DevOps": {
    serve: serveAzure,
    environment: azureEnvironment,
    token: "AZURE_DEVOPS_EXT_PAT",
    authorization: `Basic ${Buffer.from(`:${HOST_TOKEN}`).toString("base64")}`,
    marker: HTML,
    login: (account) => `${account}@company.example`,
    mostBytes: 150_000,
    status: ["state", "failed", "succeeded"],
  },
};

/** A pull request of one commit by the operator; `robot` is the account of the token. */
export function stateOf(changes: Partial<HostState> = {}): HostState {
  return {
    head: HEAD,
    own: "robot",
    comments: [],
    approvals: [],
    pushes: [{ commit: HEAD, at: 10 }],
    author: "operator",
    commits: [{ sha: HEAD, email: "operator@company.example", message: "Remove the orders" }],
    statuses: [],
    faults: [],
    ...changes,
  };
}
