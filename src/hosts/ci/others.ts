/**
 * Systems of which only the base and the commit are read: Atlantis, Buildkite, Drone. Set-up: name the pull request with
 * `--pull-request`, and set the token of its host.
 */

import type { Environment } from "../../model/evidence.ts";
import { branchIn, type CiRun, commitIn } from "./run.ts";

/** Source: runatlantis.io, "Custom run command", environment variables. */
export function readAtlantis(env: Environment): CiRun {
  return {
    name: "Atlantis",
    base: branchIn(env["BASE_BRANCH_NAME"]),
    head: commitIn(env["HEAD_COMMIT"]),
    page: env["PULL_URL"] || undefined,
  };
}

/** Source: buildkite.com/docs, "Environment variables". */
export function readBuildkite(env: Environment): CiRun {
  return {
    name: "Buildkite",
    base: branchIn(env["BUILDKITE_PULL_REQUEST_BASE_BRANCH"]),
    head: commitIn(env["BUILDKITE_COMMIT"]),
  };
}

/** Source: docs.drone.io, "Reference for pipeline environment variables". */
export function readDrone(env: Environment): CiRun {
  return { name: "Drone", base: branchIn(env["DRONE_TARGET_BRANCH"]), head: commitIn(env["DRONE_COMMIT_SHA"]) };
}
