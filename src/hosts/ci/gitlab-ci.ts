/**
 * GitLab CI.
 *
 * Set-up: run the job in merge request pipelines (`rules: [{if: $CI_PIPELINE_SOURCE == "merge_request_event"}]`) with
 * `GIT_DEPTH: 0`, and add a project access token with the scope `api` (role Reporter; Developer for the commit status) as the
 * masked variable GITLAB_TOKEN. The job's own CI_JOB_TOKEN may neither read approvals nor write notes. Without a token the
 * variables tell branch, title, description and labels, and neither who opened it nor who approved it.
 *
 * Sources: docs.gitlab.com, "Predefined CI/CD variables reference" and "Merge request pipelines".
 */

import type { Environment } from "../../model/evidence.ts";
import { type CiRun, commitIn, numberIn } from "./run.ts";

export function readGitlabCi(env: Environment): CiRun {
  const number = numberIn(env["CI_MERGE_REQUEST_IID"]);
  const project = env["CI_MERGE_REQUEST_PROJECT_ID"] || env["CI_PROJECT_ID"];
  const api = env["CI_API_V4_URL"]?.replace(/\/+$/, "");
  return {
    name: "GitLab CI",
    base: env["CI_MERGE_REQUEST_DIFF_BASE_SHA"] || env["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"],
    // In pipelines of merged results CI_COMMIT_SHA is a merge that GitLab made for them.
    head:
      number === undefined
        ? undefined
        : (commitIn(env["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"]) ?? commitIn(env["CI_COMMIT_SHA"])),
    repository: project && api ? { host: "gitlab", api, repository: project } : undefined,
    number,
    pullRequest:
      number === undefined
        ? undefined
        : {
            branch: env["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"],
            title: env["CI_MERGE_REQUEST_TITLE"],
            body: env["CI_MERGE_REQUEST_DESCRIPTION"],
            labels: (env["CI_MERGE_REQUEST_LABELS"] ?? "").split(",").filter((label) => label !== ""),
          },
  };
}
