/** `firebreak check` in GitHub Actions: who opened, wrote and approved a change, as GitHub itself says, and what it could not see. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/index.ts";
import { githubEnvironment, githubRun, TOKEN } from "../support/ci-run.ts";
import { type GithubServer, type GithubState, serveGithub } from "../support/github-server.ts";
import { repository } from "../support/repository.ts";
import { smallPlan } from "../support/small-plan.ts";
import { firebreak, type Outcome } from "../support/world.ts";

const CONFIG = `signOff:
  team:
    - {login: bob, names: [bob@company.example]}
    - {login: carol, id: 3, names: [carol@company.example]}
    - {login: operator, names: [operator@company.example]}
`;
const PLAN = smallPlan({ objects: { "aws_db_instance.orders": { fate: "delete", values: { id: "db-1" } } } });
const BY_AGENT = "Remove the orders\n\nCo-authored-by: Claude <noreply@anthropic.com>";

interface Change {
  readonly server: GithubServer;
  readonly folder: string;
  readonly head: string;
  readonly git: (...args: readonly string[]) => string;
}

/** A repository whose base names the team, with one commit of an agent, and the pull request for it. */
async function change(changes: (head: string) => Partial<GithubState>, message = BY_AGENT): Promise<Change> {
  const made = repository({ "firebreak.yaml": CONFIG });
  const head = made.commit(message);
  writeFileSync(join(made.folder, "plan.json"), PLAN);
  const server = await serveGithub({
    head,
    author: { login: "operator", id: 9, type: "User" },
    commits: [{ sha: head, login: "operator", email: "operator@company.example", message }],
    ...changes(head),
  });
  return { server, folder: made.folder, head, git: made.git };
}

async function check(
  { server, folder, head }: Change,
  env: object = {},
  args: readonly string[] = [],
): Promise<Outcome & { report: Report }> {
  const author = { login: "operator", id: 9, type: "User" };
  const run = { ...githubRun({ api: server.api, head, author }), ...env };
  const outcome = await firebreak(["check", `${folder}/plan.json`, "--format", "json", ...args], {
    env: run,
    cwd: folder,
  });
  expect(outcome.stdout + outcome.stderr).not.toContain(TOKEN);
  return { ...outcome, report: outcome.stdout === "" ? ({} as Report) : JSON.parse(outcome.stdout) };
}

type Review = GithubState["reviews"][number];
const review = (login: string, head: string, more: Partial<Review> = {}): Review => ({
  login,
  id: { bob: 2, carol: 3, operator: 9 }[login] ?? 77,
  type: "User",
  state: "APPROVED",
  commitId: head,
  submittedAt: "2026-01-31T10:00:00Z",
  ...more,
});

const gapsOf = ({ authorship }: Report): string =>
  authorship.signals.flatMap(({ source, evidence }) => (source === "repository" ? (evidence ?? []) : [])).join("; ");

describe("reviews", () => {
  test("of two people on the last commit lift what asks for two", async () => {
    const made = await change((head) => ({ reviews: [review("bob", head), review("carol", head)] }));
    const { code, report } = await check(made);
    expect([code, report.authorship.kind, gapsOf(report)]).toEqual([0, "agent", ""]);
    expect(report.signatures.map(({ signer, counts }) => [signer, counts])).toEqual([
      ["@bob", true],
      ["@carol", true],
    ]);
  });

  test.each<[string, (head: string) => Review[], string]>([
    [
      "one person twice",
      (head) => [review("bob", head), review("bob", head, { submittedAt: "2026-01-31T11:00:00Z" })],
      "",
    ],
    ["dismissed", (head) => [review("bob", head), review("carol", head, { state: "DISMISSED" })], "it was dismissed"],
    ["of a commit before", (head) => [review("bob", head), review("carol", "b".repeat(40))], "before the last push"],
    [
      "of a bot",
      (head) => [review("bob", head), review("renovate[bot]", head, { type: "Bot" })],
      "@renovate[bot] is a program",
    ],
    [
      "of who opened it",
      (head) => [review("bob", head), review("operator", head)],
      "@operator took part in this change",
    ],
    ["of a stranger", (head) => [review("bob", head), review("dave", head)], "@dave is not in the team"],
    [
      "of another account of that name",
      (head) => [review("bob", head), review("carol", head, { id: 4 })],
      "is another account than the one of this name",
    ],
    [
      "of who asks for changes since",
      (head) => [
        review("bob", head),
        review("carol", head),
        review("carol", head, { state: "CHANGES_REQUESTED", submittedAt: "2026-01-31T11:00:00Z" }),
      ],
      "@carol asks for changes",
    ],
  ])("%s do not", async (_, reviews, why) => {
    const made = await change((head) => ({ reviews: reviews(head) }));
    const { code, report } = await check(made);
    expect(code).toBe(3);
    expect(report.signatures.map(({ reason = "" }) => reason).join()).toContain(why);
  });

  test("a comment takes no approval back, and those on later pages are read", async () => {
    const made = await change((head) => ({
      reviews: [
        review("bob", head),
        ...Array.from({ length: 120 }, (_, index) => review("eve", head, { id: 1000 + index, state: "COMMENTED" })),
        review("bob", head, { state: "COMMENTED", submittedAt: "2026-01-31T12:00:00Z" }),
        review("carol", head),
      ],
    }));
    expect((await check(made)).code).toBe(0);
  });

  test("of who committed under another address count for nothing: GitHub knows the account", async () => {
    const made = await change((head) => ({ reviews: [review("bob", head), review("carol", head)] }));
    made.server.state.commits = [
      { sha: made.head, login: "Carol", email: "operator@company.example", message: BY_AGENT },
    ];
    const { code, report } = await check(made);
    expect(code).toBe(3);
    expect(report.signatures.map(({ reason = "" }) => reason).join()).toContain("@carol took part in this change");
  });

  test("of the group of a merge queue are those of its pull request", async () => {
    const made = await change((head) => ({ reviews: [review("bob", head), review("carol", head)] }));
    const base = made.git("rev-parse", "main");
    const event = { merge_group: { base_sha: base, head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${base}` } };
    made.git("checkout", "--quiet", "--detach", "main");
    made.git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #7", made.head);
    const { code } = await check(made, githubEnvironment(made.server.api, "merge_group", event, TOKEN));
    expect(code).toBe(0);
  });

  test("stand where GitHub's own merge of the pull request is checked out", async () => {
    const made = await change((head) => ({ reviews: [review("bob", head), review("carol", head)] }));
    made.git("checkout", "--quiet", "--detach", "main");
    made.git("merge", "--quiet", "--no-ff", "-m", `Merge ${made.head} into main`, made.head);
    expect((await check(made)).code).toBe(0);
  });
});

describe("who wrote it", () => {
  test("an agent whose mark only GitHub's commits have: the clone is shallow", async () => {
    const made = await change(() => ({}), "Remove the orders");
    made.server.state.commits = [
      { sha: "e".repeat(40), login: null, email: "noreply@anthropic.com", message: BY_AGENT },
      { sha: made.head, login: "operator", email: "operator@company.example", message: "Remove the orders" },
    ];
    const { report } = await check(made);
    expect([report.authorship.kind, report.authorship.agent]).toEqual(["mixed", "claude-code"]);
  });

  test("an agent's account opened it: the event says so without any token", async () => {
    const made = await change(() => ({}), "Remove the orders");
    const author = { login: "Copilot", id: 198_982_749, type: "Bot" };
    const env = githubRun({ api: made.server.api, head: made.head, author, token: "" });
    const { report } = await check(made, { ...env, GITHUB_TOKEN: "" });
    expect(report.authorship).toMatchObject({ kind: "agent", agent: "copilot-coding-agent" });
    expect(made.server.calls).toEqual([]);
    expect(gapsOf(report)).toBe(
      "there is no token in the environment (GITHUB_TOKEN or GH_TOKEN), so GitHub was not asked for reviews",
    );
  });

  test("a bot opened it, and nobody can see what was added since: no bot's limits", async () => {
    const made = await change(() => ({}), "Bump the provider");
    const author = { login: "dependabot[bot]", id: 49_699_333, type: "Bot" };
    made.git("checkout", "--quiet", "--orphan", "elsewhere");
    made.git("commit", "--quiet", "--allow-empty", "-m", "no history in common");
    const env = githubRun({ api: made.server.api, head: made.head, author, token: "" });
    const { report } = await check(made, { ...env, GITHUB_TOKEN: "" });
    expect(report.authorship.kind).toBe("unknown");
  });

  test("is asked of nobody where evidence is handed in", async () => {
    const made = await change(() => ({}));
    writeFileSync(join(made.folder, "evidence.json"), "{}");
    await check(made, {}, ["--evidence", `${made.folder}/evidence.json`]);
    expect(made.server.calls).toEqual([]);
  });

  test("firebreak author says the same", async () => {
    const made = await change(() => ({}));
    const env = githubRun({ api: made.server.api, head: made.head });
    const { code, stdout } = await firebreak(["author", "--format", "json"], { env, cwd: made.folder });
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ kind: "agent", agent: "claude-code" })]);
    expect(JSON.parse(stdout).operators).toContain("@operator");
  });
});

describe("what cannot be seen is said", () => {
  const REVIEWS = "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews";

  test("reviews that the token may not read", async () => {
    const made = await change((head) => ({
      reviews: [review("bob", head), review("carol", head)],
      faults: [{ operation: REVIEWS, status: 403, message: "Resource not accessible by integration" }],
    }));
    const { code, report } = await check(made);
    expect(code).toBe(3);
    expect(gapsOf(report)).toMatch(
      /^GitHub answered 403 to GET .*reviews: Resource not accessible.*, so reviews were not looked at$/,
    );
  });

  test("more commits than GitHub lists: nobody can tell who is somebody else", async () => {
    const made = await change((head) => ({ reviews: [review("bob", head), review("carol", head)] }));
    made.git("checkout", "--quiet", "--orphan", "elsewhere");
    made.git("commit", "--quiet", "--allow-empty", "-m", "no history in common");
    made.server.state.commits = Array.from({ length: 250 }, (_, index) => ({
      sha: index.toString(16).padStart(40, "0"),
      login: "operator",
      email: "operator@company.example",
      message: "step",
    }));
    const { code, report } = await check(made);
    expect(code).toBe(3);
    expect(gapsOf(report)).toContain("GitHub does not list all commits of this pull request");
    expect(report.signatures.every(({ counts }) => !counts)).toBe(true);
  });

  test("an approval of what was pushed since this run was started does not count for it", async () => {
    const later = "d".repeat(40);
    const made = await change(() => ({ head: later, reviews: [review("bob", later), review("carol", later)] }));
    const { code, report } = await check(made);
    expect(code).toBe(3);
    expect(gapsOf(report)).toContain("the pull request has moved on since this run was started");
  });
});

describe("the base of a review", () => {
  test("is the one of the event: a policy of the change's own does not hold", async () => {
    const made = await change(() => ({}));
    writeFileSync(join(made.folder, "firebreak.yaml"), "mode: observe\n");
    made.git("commit", "--quiet", "-am", "Observe only");
    const head = made.git("rev-parse", "HEAD");
    const env = githubRun({ api: made.server.api, head, event: "pull_request_review", token: "" });
    const { code, report } = await check({ ...made, head }, { ...env, GITHUB_TOKEN: "" });
    expect([code, report.policy.mode, report.policy.base?.ref]).toEqual([3, "enforce", "main"]);
  });

  test("that cannot be read leaves no verdict", async () => {
    const made = await change(() => ({}));
    const env = { GITHUB_EVENT_NAME: "pull_request_review", GITHUB_EVENT_PATH: "/nowhere/event.json" };
    const { code, stdout, stderr } = await check(made, env);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("the event file (GITHUB_EVENT_PATH)");
  });
});
