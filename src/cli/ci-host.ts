/** Whose CI this is, and where the log of this run can be read. Decides how a comment looks, never a verdict. */

import { FirebreakError } from "../model/error.ts";
import { HOST_NAMES, type HostName } from "../report/index.ts";
import type { World } from "./world.ts";

/** The host that is named, else the one whose CI runs this. @throws FirebreakError `bad-usage` */
export function hostOf(named: string | undefined, { env }: World): HostName | undefined {
  const host = HOST_NAMES.find((name) => name === named);
  if (named !== undefined && host === undefined) {
    throw new FirebreakError("bad-usage", `unknown host ${JSON.stringify(named)}`, {
      hint: `Known: ${HOST_NAMES.join(", ")}.`,
    });
  }
  return host ?? HOST_NAMES.find((name) => env[MARKS[name]]);
}

/** Variables that are set in every job. Source: each host's page on predefined variables. */
const MARKS: Readonly<Record<HostName, string>> = {
  github: "GITHUB_ACTIONS",
  gitlab: "GITLAB_CI",
  bitbucket: "BITBUCKET_BUILD_NUMBER",
  azure: "TF_BUILD",
};

/** The page of this run, where the host's variables tell. */
export function runAddress(env: World["env"]): string | undefined {
  if (env["GITHUB_ACTIONS"])
    return joined(env, ["GITHUB_SERVER_URL"], ["GITHUB_REPOSITORY"], "actions/runs", ["GITHUB_RUN_ID"]);
  if (env["GITLAB_CI"]) return env["CI_JOB_URL"];
  if (env["BITBUCKET_BUILD_NUMBER"]) {
    return joined(env, ["BITBUCKET_GIT_HTTP_ORIGIN"], "pipelines/results", ["BITBUCKET_BUILD_NUMBER"]);
  }
  const [collection, project, build] = [
    env["SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"],
    env["SYSTEM_TEAMPROJECT"],
    env["BUILD_BUILDID"],
  ];
  if (!env["TF_BUILD"] || !collection || !project || !build) return undefined;
  return `${collection}${encodeURIComponent(project)}/_build/results?buildId=${build}`;
}

/** Steps of an address: texts, and variables in brackets. Absent when one of these is not set. */
function joined(env: World["env"], ...steps: readonly (string | readonly [string])[]): string | undefined {
  const values = steps.map((step) => (typeof step === "string" ? step : env[step[0]]));
  return values.every((value) => value) ? values.join("/") : undefined;
}
