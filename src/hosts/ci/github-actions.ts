/**
 * GitHub Actions.
 *
 * Set-up: let the workflow run on `pull_request` and on `pull_request_review` (submitted, dismissed), check out with
 * `fetch-depth: 0`, and hand the token to the step: `env: {GITHUB_TOKEN: "${{ github.token }}"}` with the permissions
 * `contents: read`, `pull-requests: write`, `checks: write`. Without the token the event file still tells who opened the
 * pull request; reviews and the commits as GitHub verified them need it. On GitHub Enterprise Server nothing else is needed:
 * the runner sets GITHUB_API_URL.
 *
 * Sources: docs.github.com, "Variables reference" and "Webhook events and payloads".
 */

import type { Environment, PullRequest } from "../../model/evidence.ts";
import { listAt, numberAt, textAt, valueAt } from "../answer.ts";
import { branchIn, type CiRun, commitIn, numberIn, type ReadJson } from "./run.ts";

const PUBLIC_API = "https://api.github.com";

export function readGithubActions(env: Environment, readJson: ReadJson): CiRun {
  const path = env["GITHUB_EVENT_PATH"];
  const event = path ? readJson(path) : undefined;
  const api = (env["GITHUB_API_URL"] || PUBLIC_API).replace(/\/+$/, "");
  const repository = env["GITHUB_REPOSITORY"];
  const told = { ...ofMergeGroup(event), ...ofWorkflowRun(event), ...ofPullRequest(event) };
  // Set for `pull_request` and `pull_request_target` alone; for reviews and merge queues the event tells.
  const base = env["GITHUB_BASE_REF"] || told.base;
  return {
    name: "GitHub Actions",
    base,
    baseMissing: base === undefined && FOR_A_CHANGE.test(env["GITHUB_EVENT_NAME"] ?? "") ? NO_EVENT : undefined,
    head: told.head,
    judged: told.judged,
    repository: repository ? { host: "github", api, repository } : undefined,
    number: told.number,
    pullRequest: told.pullRequest,
  };
}

const FOR_A_CHANGE = /^(pull_request_review|pull_request_review_comment|merge_group)$/;
const NO_EVENT = "the event file (GITHUB_EVENT_PATH), which names the base of this pull request, cannot be read";

type Told = Pick<CiRun, "base" | "head" | "judged" | "number" | "pullRequest">;

function ofPullRequest(event: unknown): Told {
  const request = valueAt(event, "pull_request");
  const number = numberAt(request, "number");
  if (number === undefined) return {};
  return {
    number,
    base: branchIn(textAt(request, "base", "ref")),
    head: commitIn(textAt(request, "head", "sha")),
    pullRequest: pullRequestOf(request),
  };
}

/** A pull request as GitHub writes it, in events and answers alike. */
export function pullRequestOf(request: unknown): PullRequest {
  const login = textAt(request, "user", "login");
  return {
    author:
      login === undefined
        ? undefined
        : { login, id: numberAt(request, "user", "id"), type: textAt(request, "user", "type") },
    branch: textAt(request, "head", "ref"),
    title: textAt(request, "title"),
    body: textAt(request, "body"),
    labels: listAt(request, "labels").flatMap((label) => textAt(label, "name") ?? []),
  };
}

/** `refs/heads/gh-readonly-queue/main/pr-12-<sha>`: the group of a merge queue. Its commits are not those of the pull request. */
function ofMergeGroup(event: unknown): Told {
  const group = valueAt(event, "merge_group");
  const base = commitIn(textAt(group, "base_sha"));
  if (base === undefined) return {};
  const judged = commitIn(textAt(group, "head_sha"));
  return { base, judged, number: numberIn(/\/pr-(\d+)-[0-9a-f]+$/.exec(textAt(group, "head_ref") ?? "")?.[1]) };
}

/** A second workflow, which has the rights that one for a fork has not. Of a fork's pull request it is told the commit alone. */
function ofWorkflowRun(event: unknown): Told {
  const run = valueAt(event, "workflow_run");
  const head = commitIn(textAt(run, "head_sha"));
  if (head === undefined) return {};
  const requests = listAt(run, "pull_requests");
  return { head, number: requests.length === 1 ? numberAt(requests, 0, "number") : undefined };
}
