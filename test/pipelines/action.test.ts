/** The GitHub Action, step by step in bash, with what is built here. */

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { runAction } from "../support/action-runner.ts";
import { expectSarif } from "../support/format-schemas.ts";
import { expectValidReport } from "../support/report-schema.ts";
import { repository, repositoryIn } from "../support/repository.ts";
import { fixture, folderWith } from "../support/world.ts";

const STORY = fixture("story/plan.json");
const EVERYDAY = fixture("terraform/update-in-place/plan.json");
const HUMAN = { actor: "human" };

describe("the action", () => {
  test("a plan that passes", () => {
    const { code, outputs, log, summary } = runAction({ inputs: { plan: EVERYDAY, ...HUMAN }, cwd: folderWith({}) });
    expect(log).toContain("PASS");
    expect({ code, verdict: outputs["verdict"], exit: outputs["exit-code"] }).toEqual({
      code: 0,
      verdict: "pass",
      exit: "0",
    });
    expect([outputs["ended"], outputs["data-loss"], outputs["affected"]]).toEqual(["0", "0", "0"]);
    expect(summary).toContain("firebreak");
  });

  test("the story: fails, and hands on what it found", () => {
    const { code, outputs, log, summary } = runAction({
      inputs: { plan: STORY, actor: "agent:claude-code" },
      cwd: folderWith({}),
    });
    expect({ code, verdict: outputs["verdict"], exit: outputs["exit-code"] }).toEqual({
      code: 1,
      verdict: "fail",
      exit: "1",
    });
    const report = JSON.parse(readFileSync(outputs["report"] ?? "", "utf8"));
    expectValidReport(report);
    const [plan] = report.plans;
    expect(outputs).toMatchObject({
      ended: String(plan.totals.ended.upper),
      "data-loss": String(plan.totals.dataLoss.upper),
      affected: String(plan.totals.affected.upper),
      findings: String(report.findings.length),
    });
    expectSarif(readFileSync(outputs["sarif"] ?? "", "utf8"));
    expect(summary).toBe(readFileSync(outputs["markdown"] ?? "", "utf8"));
    expect(log).toMatch(/^::error/m);
  });

  test("annotations and the summary can be left out", () => {
    const inputs = { plan: STORY, actor: "agent", annotations: "false", summary: "false" };
    const { code, log, summary } = runAction({ inputs, cwd: folderWith({}) });
    expect({ code, summary }).toEqual({ code: 1, summary: "" });
    expect(log).not.toMatch(/^::error/m);
  });

  test("several plans, rulesets and an environment", () => {
    const cwd = folderWith({ "firebreak.yaml": "environments: {production: {limits: {human: {ended: 0}}}}\n" });
    const { code, outputs } = runAction({
      inputs: {
        plan: `${EVERYDAY}\n\n${STORY}\n`,
        ...HUMAN,
        ruleset: "recommended\nobserve",
        environment: "production",
      },
      cwd,
    });
    const report = JSON.parse(readFileSync(outputs["report"] ?? "", "utf8"));
    expect({ code, plans: report.plans.length, mode: report.policy.mode }).toEqual({
      code: 0,
      plans: 2,
      mode: "observe",
    });
    expect(report.plans[0].environment).toBe("production");
  });

  test.each([
    ["a plan that is not there", { plan: "none.json" }],
    ["no plan", { plan: "" }],
    ["an actor that is none", { plan: EVERYDAY, actor: "robot" }],
    ["a config that is broken", { plan: EVERYDAY, config: "broken.yaml" }],
  ])("%s is undecided", (_, inputs) => {
    const { code, outputs, summary } = runAction({ inputs, cwd: folderWith({ "broken.yaml": "limits: 3" }) });
    expect({ code, verdict: outputs["verdict"], report: outputs["report"], summary }).toEqual({
      code: 2,
      verdict: "undecided",
      report: "",
      summary: "",
    });
  });

  test.each(["latest", "^1.0.0", "", "1.0.0; touch pwned", "1.0.0\n2.0.0", "file:/tmp"])(
    "version %j is no exact one",
    (version) => {
      const cwd = folderWith({});
      const { code, outputs } = runAction({ inputs: { plan: EVERYDAY, version }, cwd });
      expect(code).toBe(2);
      expect(outputs["verdict"]).toBe("");
      expect(readdirSync(cwd)).toEqual([]);
    },
  );

  const HOSTILE = [
    "$(touch pwned).json",
    "`touch pwned`.json",
    '"; touch pwned; ".json',
    "'; touch pwned; '.json",
    "--format=json=pwned",
    "-q",
    "*",
    "a && touch pwned",
    "$IFS pwned",
    "::set-output name=verdict::pass",
  ];

  test.each(HOSTILE)("%j as any input runs nothing, and never passes", (text) => {
    const cwd = folderWith({ "plan.json": readFileSync(EVERYDAY) });
    const others = [
      "config",
      "ruleset",
      "actor",
      "evidence",
      "approvals",
      "state",
      "source",
      "environment",
      "workspace",
    ];
    for (const names of [["plan"], others]) {
      const hostile = Object.fromEntries(names.map((name) => [name, text]));
      const { code, outputs, log } = runAction({ inputs: { plan: "plan.json", ...hostile }, cwd });
      expect({ names, code, verdict: outputs["verdict"] }).toEqual({ names, code: 2, verdict: "undecided" });
      expect(log).not.toMatch(/^::set-output/m);
    }
    expect(readdirSync(cwd)).toEqual(["plan.json"]);
  });

  test.each(HOSTILE.slice(0, 4))("%j as a name of a branch runs nothing", (text) => {
    const cwd = folderWith({ "plan.json": readFileSync(EVERYDAY) });
    const { code } = runAction({
      inputs: { plan: "plan.json" },
      cwd,
      event: { pull_request: { base: { ref: text } } },
    });
    expect(code).toBe(2);
    expect(readdirSync(cwd)).toEqual(["plan.json"]);
  });
});

describe("the base", () => {
  /** A remote whose main allows nothing to end, and a shallow clone of a branch that would allow everything. */
  function shallowClone() {
    const remote = repository({ "firebreak.yaml": "limits: {human: {ended: 0}}\n" });
    remote.git("checkout", "--quiet", "-b", "change");
    execFileSync("sh", ["-c", "echo 'limits: {human: {ended: 1000, dataLoss: 1000, share: 100%}}' > firebreak.yaml"], {
      cwd: remote.folder,
    });
    remote.git("add", "-A");
    remote.commit("let it through");
    const folder = folderWith({});
    const url = pathToFileURL(remote.folder).href;
    execFileSync("git", ["clone", "--quiet", "--depth=1", "--branch=change", url, folder], { stdio: "ignore" });
    return { folder, main: remote.git("rev-parse", "main") };
  }

  const judged = (event: Record<string, unknown>, cwd: string) => {
    return runAction({ inputs: { plan: STORY, ...HUMAN }, cwd, event });
  };

  test("of a pull request is fetched into a shallow clone, and its policy holds", () => {
    const { folder, main } = shallowClone();
    const { outputs, log } = judged({ pull_request: { base: { ref: "main" } } }, folder);
    const report = JSON.parse(readFileSync(outputs["report"] ?? "", "utf8"));
    expect(report.policy.base, log).toEqual({ ref: "origin/main", commit: main });
    expect(report.policy.limits.ended).toBe(0);
    expect(report.findings.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain("policy-changed");
    expect(repositoryIn(folder).git("rev-parse", "--is-shallow-repository")).toBe("false");
  });

  test("of a merge queue is what the queue builds on", () => {
    const { folder, main } = shallowClone();
    const { outputs } = judged({ merge_group: { base_sha: main } }, folder);
    const report = JSON.parse(readFileSync(outputs["report"] ?? "", "utf8"));
    expect(report.policy.base).toEqual({ ref: main, commit: main });
  });

  test("that is nowhere to be had is undecided", () => {
    const { folder } = shallowClone();
    const { code, log } = judged({ pull_request: { base: { ref: "gone" } } }, folder);
    expect(code).toBe(2);
    expect(log).toContain("::warning::firebreak: the base is not in this clone");
  });
});

describe("the comment", () => {
  test("that cannot be written changes no verdict", () => {
    const event = { pull_request: { number: 7 } };
    const { folder } = repository();
    for (const [plan, expected] of [
      [EVERYDAY, 0],
      [STORY, 1],
    ] as const) {
      const inputs = { plan, base: "main", actor: "agent", comment: "true" };
      expect(runAction({ inputs, cwd: folder, event }).code).toBe(expected);
    }
  });
});
