/**
 * Bitbucket Pipelines (Bitbucket Cloud).
 *
 * Set-up: run the step under `pull-requests:` with `clone: {depth: full}`, and add a repository access token with the scopes
 * `pullrequest:write` and `repository` as the secured variable BITBUCKET_TOKEN; or an API token of an account, with
 * BITBUCKET_EMAIL beside it. Without a token the variables tell the branch and the commits, and neither who opened it nor who
 * approved it. BITBUCKET_API_URL names another address than https://api.bitbucket.org/2.0, such as a proxy.
 *
 * Source: support.atlassian.com, "Variables and secrets".
 */

import type { Environment } from "../../model/evidence.ts";
import { type CiRun, commitIn, numberIn } from "./run.ts";

export const BITBUCKET_API = "https://api.bitbucket.org/2.0";

export function readBitbucketPipelines(env: Environment): CiRun {
  const number = numberIn(env["BITBUCKET_PR_ID"]);
  const [workspace, slug] = [env["BITBUCKET_WORKSPACE"], env["BITBUCKET_REPO_SLUG"]];
  const api = (env["BITBUCKET_API_URL"] || BITBUCKET_API).replace(/\/+$/, "");
  return {
    name: "Bitbucket Pipelines",
    base: env["BITBUCKET_PR_DESTINATION_COMMIT"] || env["BITBUCKET_PR_DESTINATION_BRANCH"],
    head: number === undefined ? undefined : commitIn(env["BITBUCKET_COMMIT"]),
    repository: workspace && slug ? { host: "bitbucket", api, repository: `${workspace}/${slug}` } : undefined,
    number,
    pullRequest: number === undefined ? undefined : { branch: env["BITBUCKET_BRANCH"], labels: [] },
  };
}
