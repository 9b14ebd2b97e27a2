/**
 * Jenkins, in jobs of a multibranch pipeline.
 *
 * Set-up: let the branch source discover pull requests, check out with the whole history and the target branch, and bind the
 * host's token with `withCredentials` to GITHUB_TOKEN, GITLAB_TOKEN or BITBUCKET_TOKEN. The pull request is the one of
 * CHANGE_URL; of a server of your own firebreak has to be told the API too (GITHUB_API_URL, CI_API_V4_URL), since a token is
 * sent to no address that a page names.
 *
 * Source: "Branch API" plugin, environment variables of change requests.
 */

import type { Environment } from "../../model/evidence.ts";
import { branchIn, type CiRun } from "./run.ts";

export function readJenkins(env: Environment): CiRun {
  const page = env["CHANGE_URL"] || undefined;
  return {
    name: "Jenkins",
    base: branchIn(env["CHANGE_TARGET"]),
    // GIT_COMMIT may be a merge that Jenkins made: the clone tells.
    page,
    pullRequest:
      page === undefined ? undefined : { branch: env["CHANGE_BRANCH"], title: env["CHANGE_TITLE"], labels: [] },
  };
}
