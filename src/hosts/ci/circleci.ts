/**
 * CircleCI, with a repository on GitHub, GitLab or Bitbucket.
 *
 * Set-up: add the host's token (GITHUB_TOKEN, GITLAB_TOKEN or BITBUCKET_TOKEN) to a context, and name the base yourself
 * (`--base origin/main`), which CircleCI does not. The pull request is the one of CIRCLE_PULL_REQUEST; a pipeline that was
 * started before it was opened has none, so run on pull requests alone, or name it with `--pull-request`.
 *
 * Source: circleci.com/docs, "Project values and variables".
 */

import type { Environment } from "../../model/evidence.ts";
import { type CiRun, commitIn } from "./run.ts";

export function readCircleci(env: Environment): CiRun {
  const page = env["CIRCLE_PULL_REQUEST"] || undefined;
  return {
    name: "CircleCI",
    head: page === undefined ? undefined : commitIn(env["CIRCLE_SHA1"]),
    page,
    pullRequest: page === undefined ? undefined : { branch: env["CIRCLE_BRANCH"], labels: [] },
  };
}
