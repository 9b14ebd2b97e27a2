/** Formats for programs: what a finding becomes in each, and how many are shown. */

import { describe, expect, test } from "vitest";
import { type RenderOptions, type Report, render } from "../../src/index.ts";
import { expectCodeQuality, expectJunit, expectSarif } from "../support/format-schemas.ts";
import { fixturePlan, reportOn, STORY, waivedReport } from "../support/scenarios.ts";

const OPTIONS: RenderOptions = { color: false, verbosity: "normal" };

/** The report of the story with so many findings of a kind. */
async function withFindings(count: number, level: "error" | "warning" | "note"): Promise<Report> {
  const report = await reportOn({ "plan.json": STORY }, { actor: "agent" });
  const [first] = report.findings;
  if (first === undefined) throw new Error("the story has no finding");
  const findings = Array.from({ length: count }, (_, index) => ({ ...first, level, address: `a.b${index}` }));
  return { ...report, findings };
}

describe("GitHub's annotations", () => {
  test.each(["error", "warning", "note"] as const)(
    "50 findings of level %s are 10 lines, and counted",
    async (level) => {
      const command = level === "note" ? "notice" : level;
      const text = await render(await withFindings(50, level), "github", OPTIONS);
      const lines = text.split("\n").filter((line) => line.startsWith(`::${command} `));
      expect(lines).toHaveLength(10);
      // The verdict of the story is an error too.
      expect(lines.at(-1)).toContain(`${level === "error" ? 42 : 41} more annotations`);
    },
  );

  test("the source line, where it is known", async () => {
    const text = await render(await waivedReport(), "github", OPTIONS);
    expect(text).toContain("::notice file=envs/prod/sessions.tf,line=14,title=firebreak%3A limit-data-loss::");
  });
});

describe("SARIF", () => {
  test("more results than GitHub shows are cut, and that is said", async () => {
    const { runs } = expectSarif(await render(await withFindings(6_000, "warning"), "sarif", OPTIONS));
    expect(runs[0].results).toHaveLength(5_000);
    const said = runs[0].invocations[0].toolExecutionNotifications.map(({ message }) => message.text);
    expect(said).toContain("1000 more results are left out.");
  });

  test("fingerprints stay when the plan does", async () => {
    const hashes = async (): Promise<string[]> => {
      const report = await reportOn({ "plan.json": STORY }, { actor: "agent" });
      const { runs } = expectSarif(await render(report, "sarif", OPTIONS));
      return runs[0].results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    };
    expect(await hashes()).toEqual(await hashes());
  });

  test("a waiver is a suppression, and no other result has one", async () => {
    const { runs } = expectSarif(await render(await waivedReport(), "sarif", OPTIONS));
    expect(runs[0].results.map(({ suppressions }) => suppressions.map(({ justification }) => justification))).toEqual([
      ["waived by platform-team until 2026-03-01: moved to the new account, see the runbook"],
    ]);
    const story = await reportOn({ "plan.json": STORY }, { actor: "agent" });
    const [run] = expectSarif(await render(story, "sarif", OPTIONS)).runs;
    expect(run.results.flatMap(({ suppressions }) => suppressions)).toEqual([]);
  });

  test.each([
    ["plan.json", "plan.json"],
    ["./envs/a b/plan.json", "envs/a%20b/plan.json"],
    ["/srv/plans/plan.json", "file:///srv/plans/plan.json"],
    ["C:\\stacks\\plan.json", "file:///C:/stacks/plan.json"],
    ["cfn://eu-west-1/stack/change-set", "cfn/eu-west-1/stack/change-set"],
    ["-", "-"],
  ])("the plan %s is at %s", async (input, uri) => {
    const report = await reportOn({ [input]: STORY }, { actor: "agent" });
    const { runs } = expectSarif(await render(report, "sarif", OPTIONS));
    const uris = runs[0].results.map(({ locations }) => locations[0].physicalLocation.artifactLocation.uri);
    expect(new Set(uris)).toEqual(new Set([uri]));
  });
});

describe("JUnit", () => {
  test("a passing run has tests", async () => {
    const report = await reportOn({ "plan.json": fixturePlan("update-in-place") }, { actor: "agent" });
    const tests = expectJunit(await render(report, "junit", OPTIONS));
    expect(tests.map(({ outcome }) => outcome)).toEqual(["passed", "passed", "passed", "passed"]);
  });

  test("what is waived is skipped, what is only reported passes", async () => {
    const waived = expectJunit(await render(await waivedReport(), "junit", OPTIONS));
    expect(waived.filter(({ outcome }) => outcome === "skipped")).toHaveLength(1);
    const observed = await reportOn({ "plan.json": STORY }, { actor: "agent", rulesets: ["observe"] });
    const tests = expectJunit(await render(observed, "junit", OPTIONS));
    expect(tests.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
  });
});

describe("GitLab's code quality", () => {
  test("what nothing lifts blocks, what can be signed is critical, what is waived informs", async () => {
    const report = await reportOn({ "plan.json": STORY }, { actor: "agent" });
    const issues = expectCodeQuality(await render(report, "gitlab", OPTIONS));
    const severities = new Map(issues.map(({ check_name, severity }) => [check_name, severity]));
    expect(severities.get("environment-recreated")).toBe("blocker");
    expect(severities.get("limit-ended")).toBe("critical");
    const waived = expectCodeQuality(await render(await waivedReport(), "gitlab", OPTIONS));
    expect(waived.map(({ severity }) => severity)).toEqual(["info"]);
    expect(waived.map(({ location }) => location)).toEqual([{ path: "envs/prod/sessions.tf", lines: { begin: 14 } }]);
  });

  test("findings that share a fingerprint are told apart", async () => {
    expect(expectCodeQuality(await render(await withFindings(30, "error"), "gitlab", OPTIONS))).toHaveLength(30);
  });
});
