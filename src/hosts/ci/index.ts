/** The run as CI describes it: of all systems whose variables are set, the one that knows most. */

import { readFileSync } from "node:fs";
import type { Environment } from "../../model/evidence.ts";
import { type CiName, ciSystemsIn } from "../marks.ts";
import { readAzurePipelines } from "./azure-pipelines.ts";
import { readBitbucketPipelines } from "./bitbucket-pipelines.ts";
import { readCircleci } from "./circleci.ts";
import { readGithubActions } from "./github-actions.ts";
import { readGitlabCi } from "./gitlab-ci.ts";
import { readJenkins } from "./jenkins.ts";
import { readAtlantis, readBuildkite, readDrone } from "./others.ts";
import type { CiReader, CiRun } from "./run.ts";

const READERS: Readonly<Record<CiName, CiReader>> = {
  atlantis: readAtlantis,
  github: readGithubActions,
  gitlab: readGitlabCi,
  bitbucket: readBitbucketPipelines,
  azure: readAzurePipelines,
  circleci: readCircleci,
  jenkins: readJenkins,
  buildkite: readBuildkite,
  drone: readDrone,
};

/** `undefined` outside of CI. */
export function readRun(environment: Environment): CiRun | undefined {
  const runs = ciSystemsIn(environment).map((name) => READERS[name](environment, readJson));
  const best = runs.find(({ number, page }) => number !== undefined || page !== undefined) ?? runs[0];
  // A base that any of them names is taken: judging without one would believe the change itself.
  return best && { ...best, base: best.base || runs.find(({ base }) => base)?.base };
}

/** Events are a few hundred kilobytes; whatever is wrong with the file, the variables still tell something. */
function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
