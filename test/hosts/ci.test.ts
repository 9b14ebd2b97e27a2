/** Which CI this is, and what its variables say: held against two libraries that know many, which read nothing but names. */

import { createRequire } from "node:module";
import { detectProvider } from "std-env";
import { afterEach, describe, expect, test } from "vitest";
import { placeOf, readRun } from "../../src/hosts/index.ts";
import { azureEnvironment } from "../support/azure-server.ts";
import { bitbucketEnvironment } from "../support/bitbucket-server.ts";
import { githubEnvironment, githubRun } from "../support/ci-run.ts";
import { gitlabEnvironment } from "../support/gitlab-server.ts";
import type { HostState } from "../support/rest-server.ts";
import { folderWith } from "../support/world.ts";

const HEAD = "a".repeat(40);
const STATE = { head: HEAD } as HostState;
const PAGE = "https://github.com/octo-org/infra/pull/7";

interface System {
  /** What std-env and ci-info call it. */
  readonly names: readonly [std: string, info: string];
  /** Variables as the system's documentation lists them, for a run of a pull request. */
  readonly env: () => Record<string, string>;
  readonly told: object;
}

const SYSTEMS: Readonly<Record<string, System>> = {
  "GitHub Actions": {
    names: ["github_actions", "GITHUB_ACTIONS"],
    env: () => githubRun({ api: "https://api.github.com", head: HEAD }),
    told: { base: "main", head: HEAD, number: 7, repository: { host: "github", repository: "octo-org/infra" } },
  },
  "GitLab CI": {
    names: ["gitlab", "GITLAB"],
    env: () => ({ ...gitlabEnvironment("https://gitlab.example/api/v4", STATE), CI_MERGE_REQUEST_ID: "1" }),
    told: { base: "main", head: HEAD, number: 7, repository: { host: "gitlab", repository: "42" } },
  },
  "Bitbucket Pipelines": {
    names: ["bitbucket", "BITBUCKET"],
    env: () => bitbucketEnvironment("https://api.bitbucket.org/2.0", STATE),
    told: { base: "main", head: HEAD, number: 7, repository: { host: "bitbucket", repository: "octo-org/infra" } },
  },
  "Azure Pipelines": {
    names: ["azure_pipelines", "AZURE_PIPELINES"],
    env: () => ({ ...azureEnvironment("https://dev.azure.com/octo-org", STATE), BUILD_REASON: "PullRequest" }),
    told: { base: "main", head: HEAD, number: 7, repository: { host: "azure", repository: "Shop/infra-id" } },
  },
  CircleCI: {
    names: ["circle", "CIRCLE"],
    env: () => ({ CIRCLECI: "true", CIRCLE_PULL_REQUEST: PAGE, CIRCLE_SHA1: HEAD, CIRCLE_BRANCH: "remove-orders" }),
    told: { base: undefined, head: HEAD, page: PAGE, pullRequest: { branch: "remove-orders" } },
  },
  Jenkins: {
    names: ["jenkins", "JENKINS"],
    env: () => ({
      JENKINS_URL: "https://ci.example/",
      BUILD_ID: "31",
      CHANGE_ID: "7",
      CHANGE_URL: PAGE,
      CHANGE_TARGET: "main",
      CHANGE_BRANCH: "remove-orders",
      GIT_COMMIT: "c".repeat(40),
    }),
    told: { base: "main", page: PAGE, pullRequest: { branch: "remove-orders" } },
  },
  Buildkite: {
    names: ["buildkite", "BUILDKITE"],
    env: () => ({
      BUILDKITE: "true",
      BUILDKITE_PULL_REQUEST: "7",
      BUILDKITE_PULL_REQUEST_BASE_BRANCH: "main",
      BUILDKITE_COMMIT: HEAD,
    }),
    told: { base: "main", head: HEAD },
  },
  Drone: {
    names: ["drone", "DRONE"],
    env: () => ({
      DRONE: "true",
      DRONE_BUILD_EVENT: "pull_request",
      DRONE_TARGET_BRANCH: "main",
      DRONE_COMMIT_SHA: HEAD,
    }),
    told: { base: "main", head: HEAD },
  },
};

describe.each(Object.entries(SYSTEMS))("%s", (name, { names, env, told }) => {
  const before = { ...process.env };
  afterEach(() => {
    for (const variable of Object.keys(process.env)) delete process.env[variable];
    Object.assign(process.env, before);
  });

  test("is told by the variables by which other libraries tell it", async () => {
    const variables = env();
    for (const variable of Object.keys(process.env)) delete process.env[variable];
    Object.assign(process.env, variables);
    const require = createRequire(import.meta.url);
    delete require.cache[require.resolve("ci-info")];
    const info: { id: string; isPR: boolean } = require("ci-info");
    expect([detectProvider().name, info.id, info.isPR]).toEqual([...names, true]);
    expect((await readRun(variables))?.name).toBe(name);
  });

  test("says where the change goes, and what it is", async () => {
    expect(await readRun(env())).toMatchObject(told);
  });
});

describe("GitHub's events", () => {
  const run = (name: string, event: unknown) => readRun(githubEnvironment("https://api.github.com", name, event));

  test("of a review name the base, which no variable does", async () => {
    const env = githubRun({ api: "https://api.github.com", head: HEAD, event: "pull_request_review", base: "release" });
    expect(await readRun(env)).toMatchObject({ base: "release", number: 7, head: HEAD });
  });

  test("of a merge queue name the commit before it, and the pull request", async () => {
    const event = {
      merge_group: { base_sha: "b".repeat(40), head_ref: `refs/heads/gh-readonly-queue/main/pr-12-${"c".repeat(40)}` },
    };
    expect(await run("merge_group", event)).toMatchObject({ base: "b".repeat(40), number: 12, head: undefined });
  });

  test("of a push are no pull request", async () => {
    const told = await run("push", { after: HEAD, commits: [] });
    expect([told?.base, told?.number, told?.baseMissing]).toEqual([undefined, undefined, undefined]);
  });

  test("of the wrong shape are believed in nothing", async () => {
    for (const event of [
      null,
      [],
      "text",
      { pull_request: [] },
      { pull_request: { number: "7", head: 1, labels: {} } },
    ]) {
      const told = await run("pull_request", event);
      expect([told?.number, told?.head, told?.pullRequest]).toEqual([undefined, undefined, undefined]);
    }
    const file = folderWith({ "event.json": "{" });
    const env = { GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: "merge_group", GITHUB_EVENT_PATH: `${file}/event.json` };
    expect((await readRun(env))?.baseMissing).toContain("GITHUB_EVENT_PATH");
  });
});

test("a run inside of another one takes the base that any of them names", async () => {
  const env = { GITHUB_ACTIONS: "true", JENKINS_URL: "https://ci.example/", CHANGE_TARGET: "main" };
  expect(await readRun(env)).toMatchObject({ name: "GitHub Actions", base: "main" });
});

test.each([
  "GITHUB_BASE_REF",
  "CI_MERGE_REQUEST_DIFF_BASE_SHA",
  "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
  "BITBUCKET_PR_DESTINATION_COMMIT",
  "BITBUCKET_PR_DESTINATION_BRANCH",
  "SYSTEM_PULLREQUEST_TARGETBRANCH",
  "CHANGE_TARGET",
  "BASE_BRANCH_NAME",
  "BUILDKITE_PULL_REQUEST_BASE_BRANCH",
  "DRONE_TARGET_BRANCH",
])("%s alone names the base: without it the change's own policy would hold", async (variable) => {
  expect((await readRun({ [variable]: "main" }))?.base).toBe("main");
});

describe("pages of pull requests", () => {
  test.each([
    [PAGE, {}, { host: "github", api: "https://api.github.com", repository: "octo-org/infra", number: 7 }],
    [
      "https://git.example/octo-org/infra/pull/7/files",
      { GITHUB_SERVER_URL: "https://git.example", GITHUB_API_URL: "https://git.example/api/v3" },
      { host: "github", api: "https://git.example/api/v3", repository: "octo-org/infra", number: 7 },
    ],
    [
      "https://gitlab.com/octo-org/shop/infra/-/merge_requests/7",
      {},
      { host: "gitlab", api: "https://gitlab.com/api/v4", repository: "octo-org/shop/infra", number: 7 },
    ],
    [
      "https://gitlab.example/octo-org/infra/-/merge_requests/7#note_1",
      { CI_API_V4_URL: "https://gitlab.example/api/v4" },
      { host: "gitlab", api: "https://gitlab.example/api/v4", repository: "octo-org/infra", number: 7 },
    ],
    [
      "https://bitbucket.org/octo-org/infra/pull-requests/7",
      {},
      { host: "bitbucket", api: "https://api.bitbucket.org/2.0", repository: "octo-org/infra", number: 7 },
    ],
    [
      "https://dev.azure.com/octo-org/The%20Shop/_git/infra/pullrequest/7",
      {},
      { host: "azure", api: "https://dev.azure.com/octo-org", repository: "The Shop/infra", number: 7 },
    ],
    [
      "https://octo-org.visualstudio.com/Shop/_git/infra/pullrequest/7",
      {},
      { host: "azure", api: "https://octo-org.visualstudio.com", repository: "Shop/infra", number: 7 },
    ],
  ])("%s", async (page, env, place) => {
    expect(await placeOf({ page }, env)).toEqual(place);
  });

  test.each([
    "https://github.com.evil.example/octo-org/infra/pull/7",
    "https://evil.example/octo-org/infra/-/merge_requests/7",
    "https://evil.example/octo-org/Shop/_git/infra/pullrequest/7",
    "http://github.com/octo-org/infra/pull/7",
    "https://bitbucket.org.evil.example/octo-org/infra/pull-requests/7",
    "https://github.com@evil.example/octo-org/infra/pull/7",
    "https://github.com/octo-org/infra/pull/7e3",
    "https://github.com/octo-org/%ZZ/-/merge_requests/7",
    "https://github.com/octo-org%2F..%2F..%2Fuser/infra/pull/7",
    "file:///octo-org/infra/pull/7",
    "not an address",
  ])("%s is not known, and gets no token", async (page) => {
    const env = { GITHUB_SERVER_URL: "https://github.com", GITHUB_API_URL: "https://api.github.com" };
    expect(await placeOf({ page }, env)).toMatch(/^the pull request's page is not known: /);
  });
});
