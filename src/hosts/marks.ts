/** CI systems by the variables that each sets in every job, and the code host that comes along with it. Small: every run asks. */

import type { Environment } from "../model/evidence.ts";
import type { HostName } from "../model/host.ts";

interface Marks {
  /** Any of these tells. All that name a base are listed too: a container may have been handed one of these alone. */
  readonly variables: readonly string[];
  /** Absent where the CI goes with any host. */
  readonly host?: HostName;
}

/**
 * In the order in which they are asked: what runs inside of another CI comes before it. Sources: each system's page on
 * predefined variables; the test holds the table to what `std-env` and `ci-info` know.
 */
export const CI_SYSTEMS = {
  atlantis: { variables: ["ATLANTIS_TERRAFORM_VERSION", "BASE_BRANCH_NAME"] },
  github: { variables: ["GITHUB_ACTIONS", "GITHUB_BASE_REF"], host: "github" },
  gitlab: {
    variables: ["GITLAB_CI", "CI_MERGE_REQUEST_DIFF_BASE_SHA", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"],
    host: "gitlab",
  },
  bitbucket: {
    variables: [
      "BITBUCKET_BUILD_NUMBER",
      "BITBUCKET_COMMIT",
      "BITBUCKET_PR_DESTINATION_COMMIT",
      "BITBUCKET_PR_DESTINATION_BRANCH",
    ],
    host: "bitbucket",
  },
  azure: { variables: ["TF_BUILD", "SYSTEM_PULLREQUEST_TARGETBRANCH"], host: "azure" },
  circleci: { variables: ["CIRCLECI"] },
  jenkins: { variables: ["JENKINS_URL", "CHANGE_TARGET"] },
  buildkite: { variables: ["BUILDKITE", "BUILDKITE_PULL_REQUEST_BASE_BRANCH"] },
  drone: { variables: ["DRONE", "DRONE_TARGET_BRANCH"] },
} as const satisfies Readonly<Record<string, Marks>>;

export type CiName = keyof typeof CI_SYSTEMS;

/** All systems whose variables are set, the most telling first. */
export function ciSystemsIn(environment: Environment): CiName[] {
  const names = Object.keys(CI_SYSTEMS) as CiName[];
  return names.filter((name) => CI_SYSTEMS[name].variables.some((variable) => environment[variable]));
}

/** The code host whose own CI this is. */
export function hostOfCi(environment: Environment): HostName | undefined {
  return ciSystemsIn(environment).flatMap((name): HostName[] => {
    const marks: Marks = CI_SYSTEMS[name];
    return marks.host === undefined ? [] : [marks.host];
  })[0];
}
