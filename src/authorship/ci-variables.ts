/** Names of variables in which CI systems say who started the run, and which branch is judged. */

import type { Environment } from "../model/evidence.ts";

/** Variables with a login, and those with its number: GitHub Actions, Atlantis, GitLab, Jenkins, CircleCI. */
export const ACCOUNTS: readonly (readonly [login: string, id?: string])[] = [
  ["GITHUB_ACTOR", "GITHUB_ACTOR_ID"],
  ["GITHUB_TRIGGERING_ACTOR"],
  ["PULL_AUTHOR"],
  ["GITLAB_USER_LOGIN"],
  ["CHANGE_AUTHOR"],
  ["CIRCLE_USERNAME"],
];

/** Variables with a name and an address; GitLab has both in one. */
export const PEOPLE: readonly (readonly [name: string, email: string])[] = [
  ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"],
  ["GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"],
  ["GITLAB_USER_NAME", "GITLAB_USER_EMAIL"],
  ["BUILDKITE_BUILD_AUTHOR", "BUILDKITE_BUILD_AUTHOR_EMAIL"],
  ["CHANGE_AUTHOR_DISPLAY_NAME", "CHANGE_AUTHOR_EMAIL"],
  ["BUILD_REQUESTEDFOR", "BUILD_REQUESTEDFOREMAIL"],
];

/** The branch of a pull or merge request: GitHub, GitLab, Atlantis, Jenkins, Azure, Bitbucket, Buildkite, CircleCI, Drone. */
export const BRANCHES = [
  "GITHUB_HEAD_REF",
  "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
  "HEAD_BRANCH_NAME",
  "CHANGE_BRANCH",
  "SYSTEM_PULLREQUEST_SOURCEBRANCH",
  "BITBUCKET_BRANCH",
  "BUILDKITE_BRANCH",
  "CIRCLE_BRANCH",
  "DRONE_SOURCE_BRANCH",
];

const ALL = [...ACCOUNTS.flat(), ...PEOPLE.flat(), ...BRANCHES];

/** Whether there is anything to look up. */
export function speaksOfCi(environment: Environment): boolean {
  return ALL.some((name) => name !== undefined && environment[name]);
}
