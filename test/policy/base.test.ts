/** The policy is the base's: what a change does to it neither helps the change nor goes unsaid. */

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/index.ts";
import { type Repository, repository } from "../support/repository.ts";
import { many, smallPlan } from "../support/small-plan.ts";
import { firebreak, folderWith, reportOf } from "../support/world.ts";

const CROWD = many(100, "aws_iam_policy", "keep");
const ends = (count: number): string =>
  smallPlan({ objects: { ...CROWD, ...many(count, "aws_security_group", "replace") } });
const TWO = "limits: {agent: {ended: 2}}\n";
const HUNDRED = "limits: {agent: {ended: 100}}\n";
const GATE = ".github/workflows/gate.yml";
const RUNS = "jobs: {gate: {steps: [{run: npx firebreak check tfplan}]}}\n";

/** A commit on `work` with these files; `undefined` takes one away. */
function changed(made: Repository, files: Readonly<Record<string, string | undefined>>): Repository {
  for (const [name, text] of Object.entries(files)) {
    const path = join(made.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
  }
  made.git("add", "-A");
  made.commit("change");
  return made;
}

interface Options {
  readonly count?: number;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function judged(
  { folder }: Repository,
  argv: readonly string[] = ["--base", "main"],
  options: Options = {},
): Promise<Report> {
  const { count = 3, cwd = folder, env = {} } = options;
  return reportOf([...argv, "--actor", "agent", "-"], { cwd, env, stdin: ends(count) });
}

async function refused({ folder }: Repository, argv: readonly string[], env = {}, count = 3): Promise<string> {
  const { code, stdout, stderr } = await firebreak(["check", ...argv, "-"], { cwd: folder, env, stdin: ends(count) });
  expect([code, stdout]).toEqual([2, ""]);
  return stderr;
}

const short = ({ verdict, findings }: Report) => [verdict, ...findings.map(({ ruleId }) => ruleId)];
const saying = ({ findings }: Report, rule: string) => findings.find(({ ruleId }) => ruleId === rule)?.message;

describe("a change that raises its own limit", () => {
  test("is judged by the old one, and says so", async () => {
    const made = changed(repository({ "firebreak.yaml": TWO }), { "firebreak.yaml": HUNDRED });
    const report = await judged(made);
    expect(short(report)).toEqual(["review", "limit-ended", "policy-changed"]);
    expect(report.findings[0]).toMatchObject({ limit: 2, actual: 3 });
    expect(saying(report, "policy-changed")).toBe(
      "the change edits what it is judged by: firebreak.yaml; main holds until it is merged",
    );
    expect(report.policy.base).toEqual({ ref: "main", commit: made.git("rev-parse", "main") });
    const { stdout } = await firebreak(["check", "--base", "main", "-"], { cwd: made.folder, stdin: ends(3) });
    expect(stdout).toMatch(/policy from main@[0-9a-f]{7}\n$/);
    expect(report.policy.sources.at(-1)?.name).toMatch(/^firebreak\.yaml@[0-9a-f]{12}$/);
  });

  test("waits for somebody else even where nothing ends", async () => {
    const made = changed(repository({ "firebreak.yaml": TWO }), { "firebreak.yaml": HUNDRED });
    const report = await judged(made, ["--base", "main"], { count: 0 });
    expect([...short(report), report.findings[0]?.signatures]).toEqual(["review", "policy-changed", 1]);
  });

  test("gains nothing by leaving it uncommitted", async () => {
    const made = repository({ "firebreak.yaml": TWO });
    writeFileSync(join(made.folder, "firebreak.yaml"), HUNDRED);
    expect(short(await judged(made))).toEqual(["review", "limit-ended"]);
  });

  test("does not bring a repository with a milder policy along, as a submodule", async () => {
    const milder = repository({ "firebreak.yaml": "mode: observe\n" });
    const made = repository({ "firebreak.yaml": TWO });
    made.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", milder.folder, "infra");
    made.commit("change");
    const { code, stderr } = await firebreak(["check", "--base", "main", "-"], {
      cwd: join(made.folder, "infra"),
      stdin: ends(3),
    });
    expect(code).toBe(2);
    expect(stderr).toContain("this is a submodule, and the change around it chooses what is in it");
  });

  test("is found out in CI without being told", async () => {
    const made = changed(repository({ "firebreak.yaml": TWO }), { "firebreak.yaml": HUNDRED });
    made.git("update-ref", "refs/remotes/origin/main", "main");
    expect(short(await judged(made, [], { env: { GITHUB_BASE_REF: "main" } }))).toEqual([
      "review",
      "limit-ended",
      "policy-changed",
    ]);
  });
});

describe("an edit of the policy", () => {
  const TEAM = `${TWO}signOff: {team: [{login: alice, names: [alice@company.example]}, {login: operator, names: [operator@company.example]}]}\n`;
  const review = (made: Repository, more: object = {}) => ({
    login: "alice",
    type: "User",
    state: "APPROVED",
    commitId: made.git("rev-parse", "HEAD"),
    ...more,
  });

  async function withReview(made: Repository, one: object): Promise<Report> {
    const sha = made.git("rev-parse", "HEAD");
    const operator = { name: "Operator", email: "operator@company.example" };
    const commits = [{ sha, parents: [], author: operator, committer: operator, message: "change" }];
    const evidence = { commits, reviews: [one], pullRequest: { author: { login: "operator", type: "User" } } };
    const file = join(folderWith({ "evidence.json": JSON.stringify(evidence) }), "evidence.json");
    return judged(made, ["--base", "main", "--evidence", file], { count: 0 });
  }

  test("passes when somebody of the team approves the last commit, and only then", async () => {
    const made = changed(repository({ "firebreak.yaml": TEAM }), { "firebreak.yaml": TEAM.replace("2", "100") });
    expect((await withReview(made, review(made))).verdict).toBe("pass");
    expect((await withReview(made, review(made, { login: "mallory" }))).verdict).toBe("review");
    expect((await withReview(made, review(made, { login: "operator" }))).verdict).toBe("review");
    expect((await withReview(made, review(made, { commitId: "a".repeat(40) }))).verdict).toBe("review");
  });

  test("cannot name its own approvers", async () => {
    const made = changed(repository({ "firebreak.yaml": TWO }), { "firebreak.yaml": TEAM });
    expect((await withReview(made, review(made))).verdict).toBe("review");
  });
});

describe("what counts as the policy", () => {
  test.each<[string, Record<string, string>, Record<string, string | undefined>, string[]]>([
    ["a file that it extends", { "policy/base.yaml": TWO }, { "policy/base.yaml": HUNDRED }, ["policy/base.yaml"]],
    ["its removal", {}, { "firebreak.yaml": undefined }, ["firebreak.yaml"]],
    ["another config beside it", {}, { "firebreak.json": "{}" }, ["firebreak.json"]],
    [
      "a config that a run deeper down would find",
      {},
      { "envs/prod/firebreak.yml": HUNDRED },
      ["envs/prod/firebreak.yml"],
    ],
    [
      "who may sign",
      { ".firebreak/allowed_signers": "" },
      { ".firebreak/allowed_signers": "x" },
      [".firebreak/allowed_signers"],
    ],
    ["the workflow that runs the gate", { [GATE]: RUNS }, { [GATE]: "jobs: {}\n" }, [GATE]],
    ["who owns the policy", { CODEOWNERS: "* @platform\n" }, { CODEOWNERS: "* @anybody\n" }, ["CODEOWNERS"]],
    [
      "who no longer owns it",
      { ".github/CODEOWNERS": "/*.yaml @platform\n" },
      { ".github/CODEOWNERS": "" },
      [".github/CODEOWNERS"],
    ],
  ])("%s", async (_, base, change, paths) => {
    const config = "policy/base.yaml" in base ? "extends: [recommended, ./policy/base.yaml]\n" : TWO;
    const report = await judged(changed(repository({ "firebreak.yaml": config, ...base }), change));
    expect(short(report)).toEqual(["review", "limit-ended", "policy-changed"]);
    expect(saying(report, "policy-changed")).toContain(`judged by: ${paths.join(", ")};`);
  });

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ["code", {}, { "main.tf": "# other\n" }],
    [
      "another workflow",
      { ".github/workflows/test.yml": "on: push\n" },
      { ".github/workflows/test.yml": "on: pull_request\n" },
    ],
    ["who owns something else", { CODEOWNERS: "* @a\n/docs/ @b\n" }, { CODEOWNERS: "* @a\n/docs/ @c @d\n" }],
    ["a page that speaks of the gate", {}, { "docs/firebreak.md": "firebreak check tfplan\n" }],
  ])("and not: %s", async (_, base, change) => {
    const made = changed(repository({ "firebreak.yaml": TWO, ...base }), change);
    expect(short(await judged(made))).toEqual(["review", "limit-ended"]);
  });

  test("the workflow that runs, whatever it says", async () => {
    const made = changed(repository({ "firebreak.yaml": TWO, [GATE]: "run: make gate\n" }), { [GATE]: "run: true\n" });
    const env = { GITHUB_WORKFLOW_REF: `company/repository/${GATE}@refs/pull/7/merge` };
    expect(short(await judged(made, ["--base", "main"], { env }))).toEqual(["review", "limit-ended", "policy-changed"]);
  });

  test("what main has changed since is no part of the change", async () => {
    const made = changed(repository({ "firebreak.yaml": TWO }), { "main.tf": "# other\n" });
    made.git("checkout", "--quiet", "main");
    changed(made, { "firebreak.yaml": "limits: {agent: {ended: 1}}\n" });
    made.git("checkout", "--quiet", "work");
    const report = await judged(made);
    expect([...short(report), report.findings[0]?.limit]).toEqual(["review", "limit-ended", 1]);
  });
});

describe("a base without a policy", () => {
  test("recommended holds, and the change that brings one gets a note", async () => {
    const made = changed(repository(), { "firebreak.yaml": HUNDRED, [GATE]: RUNS, CODEOWNERS: "* @platform\n" });
    const report = await judged(made, ["--base", "main"], { count: 6 });
    expect(short(report)).toEqual(["review", "limit-ended", "policy-added"]);
    expect(report.findings[0]).toMatchObject({ limit: 5 });
    expect(saying(report, "policy-added")).toBe(
      `main has no policy yet, so recommended holds; the change brings ${GATE} and firebreak.yaml`,
    );
    expect(short(await judged(made))).toEqual(["pass", "policy-added"]);
  });

  test("the same for a config that the run names", async () => {
    const made = changed(repository(), { "policy/gate.yaml": HUNDRED });
    expect(short(await judged(made, ["--base", "main", "--config", "policy/gate.yaml"], { count: 6 }))).toEqual([
      "review",
      "limit-ended",
    ]);
  });

  test("a workflow that already ran the gate is not brought", async () => {
    const made = changed(repository({ [GATE]: RUNS }), { [GATE]: "jobs: {}\n", "firebreak.yaml": HUNDRED });
    expect(short(await judged(made))).toEqual(["review", "policy-changed", "policy-added"]);
  });
});

describe("where the policy is looked for", () => {
  test("in the folder's parents, as on disk", async () => {
    const made = repository({ "firebreak.yaml": TWO, "envs/prod/main.tf": "", "envs/firebreak.yaml": HUNDRED });
    expect(short(await judged(made, ["--base", "main"], { cwd: join(made.folder, "envs/prod") }))).toEqual(["pass"]);
    expect(short(await judged(made))).toEqual(["review", "limit-ended"]);
  });

  test("outside of the repository as it is: that is no part of the change", async () => {
    const other = folderWith({ "policy.yaml": TWO });
    const report = await judged(repository(), ["--base", "main", "--config", join(other, "policy.yaml")]);
    expect(short(report)).toEqual(["review", "limit-ended"]);
  });

  test("a link is no way out of the repository", async () => {
    const made = repository({
      "policy/base.yaml": TWO,
      "firebreak.yaml": "extends: [recommended, ./policy/base.yaml]\n",
    });
    const evil = folderWith({ "base.yaml": HUNDRED });
    rmSync(join(made.folder, "policy"), { recursive: true });
    symlinkSync(evil, join(made.folder, "policy"));
    expect(short(await judged(made))).toEqual(["review", "limit-ended"]);
    const asked = await judged(made, ["--base", "main", "--config", "policy/base.yaml"]);
    expect(asked.findings[0]).toMatchObject({ ruleId: "limit-ended", limit: 2 });
  });

  test.each<[string, (made: Repository) => void, string[], RegExp]>([
    [
      "no such base",
      () => {},
      ["--base", "release/9"],
      /release\/9, and that is not in this clone.*\n.*fetch-depth: 0/,
    ],
    [
      "a broken config on the base",
      () => {},
      ["--base", "broken"],
      /firebreak\.yaml@[0-9a-f]{12}:1:1: unknown key "limit"/,
    ],
    [
      "a config that nobody has",
      () => {},
      ["--base", "main", "--config", "gone.yaml"],
      /gone\.yaml: main has no such file/,
    ],
    [
      "a ruleset that only the change has",
      (made) => changed(made, { "own.yaml": HUNDRED }),
      ["--base", "main", "--ruleset", "./own.yaml"],
      /own\.yaml: main has no such file/,
    ],
  ])("%s: nothing is decided", async (_, change, argv, sentence) => {
    const made = repository({ "firebreak.yaml": TWO });
    made.git("checkout", "--quiet", "-b", "broken");
    changed(made, { "firebreak.yaml": "limit: 3\n" });
    made.git("checkout", "--quiet", "work");
    change(made);
    expect(await refused(made, argv)).toMatch(sentence);
  });

  test("outside of every repository a named base cannot be read", async () => {
    const folder = folderWith({});
    const { code, stderr } = await firebreak(["check", "-", "--base", "main"], { cwd: folder, stdin: ends(0) });
    expect([code, stderr]).toEqual([2, expect.stringContaining("this is no git repository")]);
  });
});
