/** `firebreak check` in process: exit codes, which stream gets what, and what each option does. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/index.ts";
import { FirebreakError } from "../../src/model/error.ts";
import { expectValidReport } from "../support/report-schema.ts";
import { smallPlan } from "../support/small-plan.ts";
import { type FakeProcess, firebreak, fixture, folderWith, NOW, reportOf } from "../support/world.ts";

const STORY = fixture("story/plan.json");
const EVERYDAY = fixture("terraform/update-in-place/plan.json");
const ERRORED = fixture("terraform/errored-precondition/plan.json");

const radii = ({ plans }: Report) => (plans[0]?.changes ?? []).map(({ blastRadius }) => blastRadius);

describe("exit codes and streams", () => {
  test.each<[what: string, code: number, verdict: string, argv: string[]]>([
    ["pass", 0, "PASS", [EVERYDAY]],
    ["fail", 1, "FAIL", [STORY, "--actor", "agent"]],
    ["review", 3, "REVIEW", [STORY, "--actor", "human"]],
    ["observed", 0, "PASS", [STORY, "--ruleset", "observe"]],
  ])("%s: exit %d, the report on standard output, nothing on standard error", async (_, code, verdict, argv) => {
    const outcome = await firebreak(["check", ...argv]);
    expect([outcome.code, outcome.stderr]).toEqual([code, ""]);
    expect(outcome.stdout).toMatch(new RegExp(`^${verdict} `));
  });

  test("undecided with a plan: the report on standard output, one sentence why on standard error", async () => {
    const { code, stdout, stderr } = await firebreak(["check", ERRORED]);
    expect([code, stdout]).toEqual([2, expect.stringMatching(/^UNDECIDED /)]);
    expect(stderr).toMatch(/^firebreak: .*plan\.json: planning stopped with an error.*\n {2}Fix the error.*\n$/);
    expect((await reportOf([ERRORED])).verdict).toBe("undecided");
  });

  test.each<[what: string, content: string, message: RegExp]>([
    [
      "cut JSON",
      '{"format_version": "1.2", "resource_changes": [{"addr',
      /the JSON stops at byte 53, in the middle of/,
    ],
    ["something else", '{"name": "package"}', /this is JSON, but not a Terraform plan/],
    ["nothing", "", /this is empty/],
  ])("no readable input, %s: nothing on standard output", async (_, content, message) => {
    const path = `${folderWith({ "plan.json": content })}/plan.json`;
    const { code, stdout, stderr } = await firebreak(["check", path, "--format", "json"]);
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(message)]);
    expect(stderr).toContain("terraform show -json tfplan > plan.json");
  });

  test("a config that is not valid: nothing on standard output, every mistake on standard error", async () => {
    const path = `${folderWith({ "mine.yaml": "mode: off\nlimit: {}" })}/mine.yaml`;
    const { code, stdout, stderr } = await firebreak(["check", EVERYDAY, "--config", path]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/mine\.yaml:1:7: mode .*\n.*mine\.yaml:2:1: unknown key "limit"/);
  });

  test("a failure of firebreak itself: exit 2, and its stack only when asked for", async () => {
    const stdin = (async function* () {
      yield await Promise.reject(new Error("secret words"));
    })();
    const outcome = await firebreak(["check", "-"], { stdin });
    expect([outcome.code, outcome.stdout]).toEqual([2, ""]);
    expect(outcome.stderr).toContain("there is no verdict");
    expect(outcome.stderr).not.toContain("secret words");
  });

  test("no name of a plan or config reaches the terminal as a control sign", async () => {
    const hostile = folderWith({
      "f.yaml": '"mo\\u001b[31mde": x',
      "plan.json": smallPlan({
        objects: {},
        sections: { resource_changes: [{ address: "a.\u001b[2Jb", change: { actions: ["boom"] } }] },
      }),
      ...(process.platform !== "win32" && { "\u001b[31m.json": "{}" }),
    });
    const runs = [
      ["--config", `${hostile}/f.yaml`, EVERYDAY],
      [hostile],
      [`${hostile}/plan.json`],
      ["/no/such/\u001b[31m"],
    ];
    for (const argv of runs) {
      const { stdout, stderr } = await firebreak(["check", ...argv]);
      expect(stdout + stderr).not.toContain("\u001b");
    }
  });
});

describe("formats", () => {
  test("into files; the verdict still goes to standard output", async () => {
    const { code, stdout, files } = await firebreak(
      ["check", STORY, "-f", "json=out/a=b.json", "-f", "pretty=page.txt"],
      { terminal: true, columns: 60 },
    );
    expect([code, stdout]).toEqual([1, expect.stringContaining("FAIL")]);
    expectValidReport(JSON.parse(files.get("out/a=b.json") ?? ""));
    // A file is no terminal: no colour, and lines as long as they are.
    expect(files.get("page.txt")).toMatch(/^FAIL [^\u001b]{100,}\n/);
  });

  test("one to standard output, others into files", async () => {
    const { stdout, files } = await firebreak(["check", EVERYDAY, "-f", "json", "-f", "pretty=page.txt"]);
    expect([JSON.parse(stdout).verdict, [...files.keys()]]).toEqual(["pass", ["page.txt"]]);
  });

  test("a file that cannot be written: exit 2, and no verdict is left anywhere", async () => {
    const writeFile = (path: string) => {
      throw new FirebreakError("bad-usage", `${path}: the report cannot be written there`);
    };
    const outcome = await firebreak(["check", EVERYDAY, "-f", "pretty", "-f", "json=/no/such/folder/r.json"], {
      writeFile,
    });
    expect([outcome.code, outcome.stdout]).toEqual([2, ""]);
    expect(outcome.stderr).toBe("firebreak: /no/such/folder/r.json: the report cannot be written there\n");
  });
});

describe("options", () => {
  test.each<[actor: string[], expected: object]>([
    [[], { kind: "unknown", confidence: 0, signals: [] }],
    [["--actor", "unknown"], { kind: "unknown" }],
    [["--actor", "human"], { kind: "human", grade: "claimed" }],
    [["--actor", "bot:renovate[bot]"], { kind: "bot", grade: "claimed" }],
    [["--actor", "agent:claude-code"], { kind: "agent", grade: "claimed", agent: "claude-code" }],
  ])("%j", async (argv, expected) => {
    expect((await reportOf([EVERYDAY, ...argv])).authorship).toMatchObject(expected);
  });

  test.each([
    [[], NOW],
    [["--now", "2027-06-30T23:59:59Z"], "2027-06-30T23:59:59Z"],
    [["--now", "2027-01-01T01:00:00.999+02:00"], "2026-12-31T23:00:00Z"],
  ])("--now is the time of the report, in UTC: %j", async (argv, asOf) => {
    expect((await reportOf([EVERYDAY, ...argv])).asOf).toBe(asOf);
  });

  test("--environment names where the plan goes, whatever its tags say", async () => {
    expect((await reportOf([STORY])).plans[0]?.environment).toBe("production");
    expect((await reportOf([STORY, "--environment", "sandbox"])).plans[0]?.environment).toBe("sandbox");
  });

  test.each<[argv: string[], env: Record<string, string>, environment: string | undefined]>([
    [["--workspace", "prod-eu"], {}, "live"],
    [[], { TF_WORKSPACE: "prod-eu" }, "live"],
    [["--workspace", "dev"], { TF_WORKSPACE: "prod-eu" }, undefined],
    [[], {}, undefined],
  ])("the workspace from %j and %j finds the environment", async (argv, env, environment) => {
    const config = `${folderWith({ "f.yaml": "environments: {live: {match: {workspace: 'prod*'}}}" })}/f.yaml`;
    const { plans } = await reportOf([EVERYDAY, "--config", config, ...argv], { env });
    expect(plans[0]?.environment).toBe(environment);
  });

  test("--ruleset is repeatable, and the last one wins", async () => {
    const names = async (...argv: string[]) => (await reportOf([EVERYDAY, ...argv])).policy;
    expect((await names("--ruleset", "strict")).sources.map(({ name }) => name)).toEqual(["recommended", "strict"]);
    const both = await names("--ruleset", "strict", "--ruleset", "observe");
    expect([both.mode, both.limits.ended]).toEqual(["observe", 0]);
  });

  test("--state brings the state from before one plan, and is refused beside several", async () => {
    const [cut, state] = [
      fixture("terraform/dependents-cut/plan.json"),
      fixture("terraform/dependents-cut/before.tfstate"),
    ];
    const edges = async (...argv: string[]) =>
      radii(await reportOf([cut, ...argv])).flatMap(({ affected }) => affected);
    expect(await edges()).not.toContainEqual(expect.objectContaining({ edge: "erased" }));
    expect(await edges("--state", state)).toContainEqual(expect.objectContaining({ edge: "erased" }));
    for (const argv of [
      [cut, cut, "--state", state],
      [cut, "--state", cut],
      [cut, "--state", "/no/such/file"],
    ]) {
      const { code, stdout, stderr } = await firebreak(["check", ...argv]);
      expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(/^firebreak: .*\n {2}.*\n$/)]);
    }
  });

  test("--quiet is the verdict alone, --verbose is every change", async () => {
    const lines = async (...argv: string[]) =>
      (await firebreak(["check", STORY, ...argv])).stdout.split("\n").length - 1;
    expect(await lines("--quiet")).toBe(1);
    expect(await lines("--verbose")).toBeGreaterThan(2 * (await lines()));
  });

  test.each<[color: boolean, fake: FakeProcess, argv: string[]]>([
    [false, {}, []],
    [true, { terminal: true }, []],
    [false, { terminal: true, env: { NO_COLOR: "1" } }, []],
    [true, { terminal: true, env: { NO_COLOR: "" } }, []],
    [false, { terminal: true, env: { TERM: "dumb" } }, []],
    [false, { terminal: true }, ["--no-color"]],
    [true, {}, ["--color"]],
    [true, { env: { NO_COLOR: "1" } }, ["--color"]],
  ])("colour %s with %j and %j", async (color, fake, argv) => {
    const { stdout } = await firebreak(["check", STORY, ...argv], fake);
    expect(stdout.includes("\u001b[")).toBe(color);
  });

  test.each([40, 80])("no line is wider than a terminal of %d columns", async (columns) => {
    const { stdout } = await firebreak(["check", "-", "--no-color"], {
      stdin: readFileSync(STORY),
      terminal: true,
      columns,
    });
    expect(stdout.split("\n").filter((line) => line.length > columns)).toEqual([]);
  });

  test("a terminal that does not know its width has none", async () => {
    const { stdout } = await firebreak(["check", STORY, "-q", "--no-color"], { terminal: true, columns: 0 });
    expect(stdout.trimEnd()).not.toContain("\n");
  });
});
