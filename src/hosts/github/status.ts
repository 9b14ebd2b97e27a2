/** The verdict on a commit: a check run with annotations where the token is an app's, else a commit status. */

import { createHash } from "node:crypto";
import type { Annotation } from "../../model/host.ts";
import type { Verdict } from "../../model/judgement.ts";
import { textAt } from "../answer.ts";
import { type StatusRequest, shortTitle } from "../code-host.ts";
import { HostFailure } from "../failure.ts";
import type { GithubClient } from "./octokit.ts";
import type { Viewer } from "./viewer.ts";

interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** Says as what it was set; nothing where it stands there already. @throws HostFailure */
export async function setStatus(
  client: GithubClient,
  repository: Repository,
  viewer: Viewer,
  status: StatusRequest,
): Promise<string | undefined> {
  // Only apps may write check runs, and the token of a workflow is an app's.
  if (viewer.login.endsWith("[bot]")) {
    try {
      return await setCheckRun(client, repository, viewer, status);
    } catch (error) {
      if (!(error instanceof HostFailure) || (error.status !== 403 && error.status !== 404)) throw error;
      // Without `checks: write` the token may still have `statuses: write`.
    }
  }
  return setCommitStatus(client, repository, viewer, status);
}

/** `neutral` and `skipped` would count as passed; what waits for signatures and what is undecided does not. */
const CONCLUSIONS: Readonly<Record<Verdict, string>> = {
  pass: "success",
  review: "action_required",
  fail: "failure",
  undecided: "failure",
};
const LEVELS: Readonly<Record<Annotation["level"], string>> = { error: "failure", warning: "warning", note: "notice" };

/** GitHub takes so many in one request, and shows those of all. */
const ANNOTATIONS_IN_A_REQUEST = 50;
const MOST_ANNOTATIONS = 500;
const MOST_SIGNS = 65_535;

async function setCheckRun(
  client: GithubClient,
  repository: Repository,
  viewer: Viewer,
  { name, commit, verdict, title, summary, annotations, url }: StatusRequest,
): Promise<string | undefined> {
  const conclusion = CONCLUSIONS[verdict];
  const said = annotations.slice(0, MOST_ANNOTATIONS).map(toAnnotation);
  const output = { title: shortTitle(title, 255), summary: summary.length > MOST_SIGNS ? title : summary };
  const external_id = createHash("sha256")
    .update(JSON.stringify([conclusion, output, said, url]))
    .digest("hex");
  const present = await client.list(
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
    { ...repository, ref: commit, check_name: name, filter: "latest" },
    "check_runs",
  );
  const own = present.filter((run) => `${textAt(run, "app", "slug")}[bot]` === viewer.login);
  if (own.some((run) => textAt(run, "external_id") === external_id && textAt(run, "conclusion") === conclusion))
    return undefined;
  // Not finished before its last page is there: half of it blocks, and never passes.
  const pages = pagesOf(said);
  const finished = { external_id, conclusion };
  const created = await client.request("POST /repos/{owner}/{repo}/check-runs", {
    ...repository,
    name,
    head_sha: commit,
    ...(url !== undefined && { details_url: url }),
    ...(pages.length > 1 ? { status: "in_progress" } : { status: "completed", ...finished }),
    output: { ...output, annotations: pages[0] ?? [] },
  });
  const check_run_id = (created as { readonly id?: unknown } | null)?.id;
  for (const [place, page] of pages.entries()) {
    if (place === 0) continue;
    await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      ...repository,
      check_run_id,
      ...(place === pages.length - 1 ? { status: "completed", ...finished } : { status: "in_progress" }),
      output: { ...output, annotations: page },
    });
  }
  return "check run";
}

function toAnnotation({ file, line, level, title, message }: Annotation) {
  return {
    path: file,
    start_line: line,
    end_line: line,
    annotation_level: LEVELS[level],
    title: shortTitle(title, 255),
    message: shortTitle(message, 10_000),
  };
}

function pagesOf<Value>(values: readonly Value[]): (readonly Value[])[] {
  const pages: (readonly Value[])[] = [];
  for (let at = 0; at < values.length; at += ANNOTATIONS_IN_A_REQUEST)
    pages.push(values.slice(at, at + ANNOTATIONS_IN_A_REQUEST));
  return pages;
}

const STATES: Readonly<Record<Verdict, string>> = {
  pass: "success",
  review: "pending",
  fail: "failure",
  undecided: "error",
};
const MOST_OF_DESCRIPTION = 140;

async function setCommitStatus(
  client: GithubClient,
  repository: Repository,
  viewer: Viewer,
  { name, commit, verdict, title, url }: StatusRequest,
): Promise<string | undefined> {
  const wanted = {
    state: STATES[verdict],
    description: shortTitle(title, MOST_OF_DESCRIPTION),
    ...(url !== undefined && { target_url: url }),
  };
  const present = await client.list("GET /repos/{owner}/{repo}/commits/{ref}/statuses", { ...repository, ref: commit });
  // The newest one comes first, and is the one that holds.
  const latest = present.find((status) => textAt(status, "context") === name);
  const isOwn = textAt(latest, "creator", "login") === viewer.login;
  if (isOwn && Object.entries(wanted).every(([key, value]) => textAt(latest, key) === value)) return undefined;
  await client.request("POST /repos/{owner}/{repo}/statuses/{sha}", {
    ...repository,
    sha: commit,
    context: name,
    ...wanted,
  });
  return "commit status";
}
