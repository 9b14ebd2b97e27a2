/** `firebreak report`: every format from a saved report, one verdict of many, and nothing believed that does not hold. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FORMATS, type Report } from "../../src/index.ts";
import { expectValidReport } from "../support/report-schema.ts";
import { SCENARIOS } from "../support/scenarios.ts";
import { smallPlan } from "../support/small-plan.ts";
import { firebreak, fixture, folderWith } from "../support/world.ts";

const STORY = fixture("story/plan.json");

/** Reports of plans with so many deleted buckets, each checked with its own arguments. */
async function saved(jobs: Readonly<Record<string, { deletes: number; args: readonly string[] }>>): Promise<string[]> {
  const files: Record<string, string> = {};
  for (const [name, { deletes, args }] of Object.entries(jobs)) {
    const objects = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `aws_iam_role.${name.replace(".json", "")}${index}`,
        index < deletes ? ("delete" as const) : ("keep" as const),
      ]),
    );
    const { stdout } = await firebreak(["check", "-", "--format", "json", ...args], { stdin: smallPlan({ objects }) });
    files[name] = stdout;
  }
  const folder = folderWith(files);
  return Object.keys(jobs).map((name) => `${folder}/${name}`);
}

async function merged(paths: readonly string[]): Promise<{ report: Report; code: number }> {
  const { stdout, code } = await firebreak(["report", "--merge", ...paths, "--format", "json"]);
  const report = JSON.parse(stdout) as Report;
  expectValidReport(report);
  return { report, code };
}

describe("--from", () => {
  test.each(FORMATS)("%s from the saved report is what check wrote", async (format) => {
    const check = ["check", STORY, "--actor", "agent:claude-code", "--now", "2026-01-31T12:00:00Z"];
    const { files, code } = await firebreak([...check, "--format", "json=report.json", "--format", `${format}=direct`]);
    const folder = folderWith({ "report.json": files.get("report.json") ?? "" });
    const again = await firebreak(["report", "--from", `${folder}/report.json`, "--format", `${format}=again`]);
    expect(again.files.get("again")).toBe(files.get("direct"));
    expect(again.code).toBe(code);
  });

  test.each(Object.entries(SCENARIOS))("the exit code of %s is the verdict's", async (_, scenario) => {
    const report = await scenario();
    const { code } = await firebreak(["report", "--from", "-"], { stdin: JSON.stringify(report) });
    expect(code).toBe({ pass: 0, fail: 1, undecided: 2, review: 3 }[report.verdict]);
  });

  test("as Windows PowerShell redirects it, and packed", async () => {
    const report = JSON.stringify(await SCENARIOS["clean"]?.());
    for (const stdin of [Buffer.from(`\ufeff${report}`, "utf16le"), Buffer.from(`\ufeff${report}`)]) {
      expect((await firebreak(["report", "--from", "-"], { stdin })).code).toBe(0);
    }
  });
});

describe("what is no report", () => {
  const valid = async (): Promise<Report> => (await SCENARIOS["findings"]?.()) as Report;
  test.each<[string, () => Promise<unknown> | unknown, RegExp]>([
    ["a plan", () => JSON.parse(readFileSync(STORY, "utf8")), /this is a plan, not a report/],
    ["other JSON", () => ({ a: 1 }), /this is no report of firebreak/],
    ["a list", () => [], /this is no report of firebreak/],
    ["another version", async () => ({ ...(await valid()), schemaVersion: "2.0" }), /schemaVersion 2\.0.*knows 1\.0/],
    ["an unknown verdict", async () => ({ ...(await valid()), verdict: "fine" }), /broken: \/verdict must be equal/],
    ["a missing part", async () => ({ ...(await valid()), findings: undefined }), /broken: it must have/],
    ["a text for a number", async () => ({ ...(await valid()), policy: { limits: "none" } }), /broken: \/policy/],
    [
      "a milder verdict",
      async () => ({ ...(await valid()), verdict: "pass" }),
      /it says pass, and lists what makes it fail/,
    ],
    [
      "errors and a verdict",
      async () => ({ ...(await valid()), errors: [{ code: "a", message: "b" }] }),
      /lists errors/,
    ],
    ["no plan", async () => ({ ...(await valid()), plans: [], findings: [], verdict: "pass" }), /speaks of no plan/],
  ])("%s", async (_, make, sentence) => {
    const outcome = await firebreak(["report", "--from", "-"], { stdin: JSON.stringify(await make()) });
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).toBe("");
    expect(outcome.stderr).toMatch(sentence);
  });

  test("a report that is cut off anywhere", async () => {
    const text = JSON.stringify(await valid());
    for (let end = 1; end < text.length; end += Math.ceil(text.length / 50)) {
      const { code, stdout, stderr } = await firebreak(["report", "--from", "-"], { stdin: text.slice(0, end) });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain("no JSON, or only a part of it");
    }
  });

  test.each<[readonly string[], RegExp]>([
    [["report"], /no report given/],
    [["report", "--from", "missing.json"], /missing\.json: there is no such file/],
    [["report", "a.json", "b.json"], /2 reports given[\s\S]*--merge a\.json b\.json/],
    [["report", "--from", "a.json", "--host", "sourceforge"], /unknown host "sourceforge"/],
  ])("%j", async (argv, sentence) => {
    const outcome = await firebreak(argv);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(sentence);
  });
});

describe("--merge", () => {
  const agent = ["--actor", "agent"];

  test("the worst verdict wins, and each plan keeps a name of its own", async () => {
    const paths = await saved({ "a.json": { deletes: 0, args: agent }, "b.json": { deletes: 9, args: agent } });
    const { report, code } = await merged(paths);
    expect([report.verdict, code]).toEqual(["review", 3]);
    expect(report.plans.map(({ input }) => input)).toEqual(paths.map((path) => `- (${path})`));
    expect(report.merged).toEqual({ reports: paths, policiesDiffer: false });
    const inputs = new Set(report.findings.map(({ input }) => input));
    expect([...inputs]).toEqual([`- (${paths[1]})`]);
  });

  test("limits hold over all plans together", async () => {
    const paths = await saved({ "a.json": { deletes: 3, args: agent }, "b.json": { deletes: 4, args: agent } });
    for (const path of paths) expect((await firebreak(["report", "--from", path])).code).toBe(0);
    const { report, code } = await merged(paths);
    expect(code).toBe(3);
    expect(report.findings).toMatchObject([{ ruleId: "limit-ended", limit: 5, actual: 7, signatures: 2 }]);
    expect(report.findings[0]).not.toHaveProperty("input");
  });

  test("the same as one check over all plans", async () => {
    const plans = [3, 4, 0].map((deletes, which) =>
      smallPlan({
        objects: Object.fromEntries(
          Array.from(
            { length: 30 },
            (_, index) => [`aws_iam_role.r${which}_${index}`, index < deletes ? "delete" : "keep"] as const,
          ),
        ),
      }),
    );
    const folder = folderWith(Object.fromEntries(plans.map((plan, index) => [`p${index}.json`, plan])));
    const inputs = plans.map((_, index) => `${folder}/p${index}.json`);
    const together = await firebreak(["check", ...inputs, ...agent, "--format", "json"]);
    const reports = await Promise.all(
      inputs.map(async (input) => (await firebreak(["check", input, ...agent, "--format", "json"])).stdout),
    );
    const apart = folderWith(Object.fromEntries(reports.map((text, index) => [`r${index}.json`, text])));
    const { report } = await merged(reports.map((_, index) => `${apart}/r${index}.json`));
    const { merged: _, ...rest } = report;
    expect(rest).toEqual(JSON.parse(together.stdout));
  });

  test("policies that differ: each its own, the sum the strictest, and it is said", async () => {
    const paths = await saved({
      "a.json": { deletes: 9, args: ["--actor", "human"] },
      "b.json": { deletes: 3, args: agent },
    });
    const { report } = await merged(paths);
    expect(report.policy.heldTo).toEqual({ actor: "agent", bound: "upper" });
    expect(report.authorship.kind).toBe("agent");
    expect(report.merged?.policiesDiffer).toBe(true);
    expect(report.findings).toMatchObject([{ ruleId: "limit-ended", limit: 5, actual: 12 }]);
    const { stdout } = await firebreak(["report", "--merge", ...paths, "--format", "markdown"]);
    expect(stdout).toContain(
      "Their policies differ: each is held to its own, and the sum to the strictest limits of all.",
    );
  });

  test("observe mode stays, unless one report enforces", async () => {
    const observe = [...agent, "--ruleset", "observe"];
    const observed = await saved({ "a.json": { deletes: 9, args: observe }, "b.json": { deletes: 3, args: observe } });
    const { report, code } = await merged(observed);
    expect([report.verdict, report.policy.wouldBe, code]).toEqual(["pass", "review", 0]);
    const mixed = await saved({ "a.json": { deletes: 9, args: observe }, "b.json": { deletes: 3, args: agent } });
    expect((await merged(mixed)).report).toMatchObject({ verdict: "review", policy: { mode: "enforce" } });
  });

  test.each(["production", "constructor"])(
    "limits of the environment %s hold over its plans together",
    async (name) => {
      const config = JSON.stringify({ environments: { PLACE: { limits: { agent: { ended: 1 } } } } }).replace(
        "PLACE",
        name,
      );
      const cwd = folderWith({ "firebreak.json": config });
      const place = [...agent, "--environment", name, "--config", `${cwd}/firebreak.json`];
      const paths = await saved({ "a.json": { deletes: 1, args: place }, "b.json": { deletes: 1, args: place } });
      for (const path of paths) expect((await firebreak(["report", "--from", path])).code).toBe(0);
      const { report } = await merged(paths);
      expect(report.findings).toMatchObject([{ ruleId: "limit-ended", environment: name, limit: 1, actual: 2 }]);
    },
  );

  test("a plan that several reports speak of counts once", async () => {
    const [path = ""] = await saved({ "a.json": { deletes: 4, args: agent } });
    const copy = `${folderWith({ "copy.json": readFileSync(path) })}/copy.json`;
    const { report, code } = await merged([path, copy]);
    expect(code).toBe(0);
    expect(report.plans).toHaveLength(1);
    expect(report.skipped).toMatchObject([{ message: expect.stringContaining("the same plan as -, and counts once") }]);
  });

  test("an undecided report keeps all undecided", async () => {
    const undecided = JSON.stringify(await SCENARIOS["undecided"]?.());
    const [path = ""] = await saved({ "a.json": { deletes: 0, args: agent } });
    const other = `${folderWith({ "u.json": undecided })}/u.json`;
    const { report, code } = await merged([path, other]);
    expect([report.verdict, code, report.errors.length]).toEqual(["undecided", 2, 1]);
  });

  test("the same report twice, and one that cannot be read", async () => {
    const [path = ""] = await saved({ "a.json": { deletes: 0, args: agent } });
    expect(await firebreak(["report", "--merge", path, path])).toMatchObject({ code: 2, stdout: "" });
    expect(await firebreak(["report", "--merge", path, `${path}.missing`])).toMatchObject({ code: 2, stdout: "" });
  });

  test("what is merged can be merged again", async () => {
    const paths = await saved({ "a.json": { deletes: 3, args: agent }, "b.json": { deletes: 1, args: agent } });
    const { report } = await merged(paths);
    const [third = ""] = await saved({ "c.json": { deletes: 4, args: agent } });
    const again = await merged([`${folderWith({ "ab.json": JSON.stringify(report) })}/ab.json`, third]);
    expect(again.report.findings).toMatchObject([{ ruleId: "limit-ended", actual: 8 }]);
    expect(again.report.plans).toHaveLength(3);
  });
});

describe("whose CI it is", () => {
  const github = {
    GITHUB_ACTIONS: "true",
    GITHUB_SERVER_URL: "https://github.example",
    GITHUB_REPOSITORY: "acme/infra",
    GITHUB_RUN_ID: "7",
  };
  const bitbucket = { BITBUCKET_BUILD_NUMBER: "7", BITBUCKET_GIT_HTTP_ORIGIN: "https://bitbucket.example/acme/infra" };
  const azure = {
    TF_BUILD: "True",
    SYSTEM_TEAMFOUNDATIONCOLLECTIONURI: "https://dev.azure.example/acme/",
    SYSTEM_TEAMPROJECT: "in fra",
    BUILD_BUILDID: "7",
  };
  test.each([
    ["GitHub", github, "https://github.example/acme/infra/actions/runs/7", true],
    ["GitLab", { GITLAB_CI: "true", CI_JOB_URL: "https://gitlab.example/j/7" }, "https://gitlab.example/j/7", true],
    ["Bitbucket", bitbucket, "https://bitbucket.example/acme/infra/pipelines/results/7", false],
    ["Azure", azure, "https://dev.azure.example/acme/in%20fra/%5Fbuild/results?buildId=7", false],
  ])("%s: what it draws, and the link to the run", async (_, env, url, draws) => {
    const { stdout } = await firebreak(["check", STORY, "--actor", "agent", "--format", "markdown"], { env });
    expect(stdout).toContain(`[full report](${url})`);
    expect(stdout.includes("```mermaid")).toBe(draws);
    const other = await firebreak(["check", STORY, "--host", "github", "--format", "markdown"], { env });
    expect(other.stdout).toContain("```mermaid");
  });
});
