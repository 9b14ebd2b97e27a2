/** CI systems and code hosts: who opened a change, who approved it, and where to speak of it. The door of this folder. */

import type { Environment, Evidence } from "../model/evidence.ts";
import type { PullRequestPlace } from "../model/host.ts";
import type { CiRun } from "./ci/run.ts";
import { ciSystemsIn } from "./marks.ts";
import type { Publication, PublishRequest } from "./publish.ts";

export type { CiRun } from "./ci/run.ts";
export { hostOfCi } from "./marks.ts";
export type { PublishRequest } from "./publish.ts";
export { runAddress } from "./run-address.ts";

/** The run of CI that this is; `undefined` outside of CI. */
export async function readRun(env: Environment): Promise<CiRun | undefined> {
  return ciSystemsIn(env).length === 0 ? undefined : (await import("./ci/index.ts")).readRun(env);
}

/** The evidence of git, and what the run and its host add to it. Never fails: what could not be had is said among the gaps. */
export async function withHostEvidence(fromGit: Evidence, run: CiRun, env: Environment): Promise<Evidence> {
  return (await import("./evidence.ts")).withHostEvidence(fromGit, run, env);
}

/** Where a pull request is: of a run, or of a page that somebody names. A sentence when nobody can tell. */
export async function placeOf(
  run: Pick<CiRun, "repository" | "number" | "page">,
  env: Environment,
): Promise<PullRequestPlace | string | undefined> {
  return (await import("./open.ts")).placeOfRun(run, env);
}

/** Writes the comment and the status. Never fails: what was not done is said. */
export async function publish(request: PublishRequest, env: Environment): Promise<Publication> {
  return (await import("./publish.ts")).publish(request, env);
}
