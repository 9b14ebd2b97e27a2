/** The page on which the log of this run can be read, where the variables of CI tell. */

import type { Environment } from "../model/evidence.ts";

export function runAddress(env: Environment): string | undefined {
  if (env["GITHUB_ACTIONS"])
    return joined(env, ["GITHUB_SERVER_URL"], ["GITHUB_REPOSITORY"], "actions/runs", ["GITHUB_RUN_ID"]);
  if (env["GITLAB_CI"]) return env["CI_JOB_URL"];
  if (env["BITBUCKET_BUILD_NUMBER"])
    return joined(env, ["BITBUCKET_GIT_HTTP_ORIGIN"], "pipelines/results", ["BITBUCKET_BUILD_NUMBER"]);
  if (env["TF_BUILD"]) return azureAddress(env);
  if (env["CIRCLECI"]) return env["CIRCLE_BUILD_URL"];
  return env["JENKINS_URL"] ? (env["RUN_DISPLAY_URL"] ?? env["BUILD_URL"]) : undefined;
}

function azureAddress(env: Environment): string | undefined {
  const collection = env["SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"] ?? env["SYSTEM_COLLECTIONURI"];
  const [project, build] = [env["SYSTEM_TEAMPROJECT"], env["BUILD_BUILDID"]];
  if (!collection || !project || !build) return undefined;
  return `${collection}${encodeURIComponent(project)}/_build/results?buildId=${build}`;
}

/** Steps of an address: texts, and variables in brackets. Absent when one of these is not set. */
function joined(env: Environment, ...steps: readonly (string | readonly [string])[]): string | undefined {
  const values = steps.map((step) => (typeof step === "string" ? step : env[step[0]]));
  return values.every((value) => value) ? values.join("/") : undefined;
}
