/** What can be judged: files, folders, standard input, packed files and saved plans, alone and together. */

import { chmodSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Report } from "../../src/index.ts";
import { expectValidReport } from "../support/report-schema.ts";
import { smallPlan } from "../support/small-plan.ts";
import { type FakeProcess, firebreak, fixture, folderWith } from "../support/world.ts";

const EVERYDAY = readFileSync(fixture("terraform/update-in-place/plan.json"));
const STORY = readFileSync(fixture("story/plan.json"));
const SAVED = readFileSync(fixture("terraform/replace-delete-first/plan.bin"));
/** What `terraform show -json` prints of the saved plan. */
const SHOWN = readFileSync(fixture("terraform/replace-delete-first/plan.json"));

interface Run {
  readonly code: number;
  readonly stderr: string;
  readonly report: Report | undefined;
  /** Inputs that were judged, without the folder that they lie in. */
  readonly judged: readonly string[];
}

async function run(inputs: readonly string[], fake?: FakeProcess): Promise<Run> {
  const { code, stdout, stderr } = await firebreak(["check", "--format", "json", "--actor", "human", ...inputs], fake);
  const report: Report | undefined = stdout === "" ? undefined : JSON.parse(stdout);
  if (report) expectValidReport(report);
  return { code, stderr, report, judged: report?.plans.map(({ input }) => input.replace(/^.*[\\/]/, "")) ?? [] };
}

describe("several inputs", () => {
  test("are judged together, in their order; the worst verdict wins", async () => {
    const folder = folderWith({ "story.json": STORY, "day.json": EVERYDAY, "cut.json": STORY.subarray(0, 9999) });
    const [story, day, cut] = ["story.json", "day.json", "cut.json"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    expect(await run([story, day])).toMatchObject({ code: 3, judged: ["story.json", "day.json"] });
    expect(await run([day, story])).toMatchObject({ code: 3, judged: ["day.json", "story.json"] });
    expect(await run([day, cut, story])).toMatchObject({ code: 2, judged: ["day.json", "story.json"] });
  });

  test("one that cannot be read is undecided, and is named on standard error and in the report", async () => {
    const day = join(folderWith({ "day.json": EVERYDAY }), "day.json");
    const { code, stderr, report } = await run([day, "/no/such/plan.json"]);
    expect([code, report?.verdict]).toEqual([2, "undecided"]);
    expect(report?.errors).toMatchObject([{ input: "/no/such/plan.json", code: "unreadable-input" }]);
    expect(stderr).toContain("/no/such/plan.json: there is no such file");
  });
});

describe("a folder", () => {
  test("is all plans right in it, by name; other JSON is listed and skipped", async () => {
    const folder = folderWith({
      "b.json": STORY,
      "a.json.gz": gzipSync(EVERYDAY),
      "package.json": '{"name": "no plan"}',
      "state.json": '{"version": 4, "terraform_version": "1.11.4", "serial": 1, "resources": []}',
      "notes.txt": "{}",
      "deeper/c.json": STORY,
    });
    const { code, stderr, report, judged } = await run([folder]);
    expect([code, judged]).toEqual([3, ["a.json.gz", "b.json"]]);
    // What is no plan is named all the same: JSON by any name, and folders inside.
    expect(report?.skipped.map(({ input }) => input)).toEqual(
      ["deeper", "notes.txt", "package.json", "state.json"].map((name) => join(folder, name)),
    );
    expect(stderr).toMatch(
      /^skipped .*deeper: this is a folder.*\n.*\nskipped .*package\.json: .*\nskipped .*state\.json: this is a state.*\n$/,
    );
  });

  test.each<[what: string, content: string | Buffer]>([
    ["a plan that was cut", STORY.subarray(0, 9999)],
    ["a plan with a broken section", '{"format_version": "1.2", "resource_changes": [{oops}]}'],
    ["JSON that was cut, of whatever it was", '{"name": "package", "version'],
    ["nothing at all, where a plan was to be saved", ""],
    ["what a failing command printed", "Error: No state file was found!\n"],
    ["a packed file that was cut", gzipSync(STORY).subarray(0, 5000)],
    ["a change set, which no version may pass over", '{"ChangeSetName": "c", "StackName": "s", "Changes": []}'],
  ])("with %s is undecided, whatever else is in it", async (_, content) => {
    const name = Buffer.isBuffer(content) && content[0] === 0x1f ? "prod.json.gz" : "prod.json";
    const { code, judged, report } = await run([folderWith({ "day.json": EVERYDAY, [name]: content })]);
    expect([code, report?.verdict]).toEqual([2, "undecided"]);
    expect(judged).toContain("day.json");
  });

  test.each<[what: string, files: Record<string, string>, message: RegExp]>([
    ["nothing", {}, /there is no plan in this folder\n {2}Save one with: terraform plan/],
    ["no file that could be one", { "main.tf": "locals {}", "sub/": "" }, /there is no plan in this folder/],
    [
      "only JSON that is something else",
      { "package.json": "{}" },
      /there is no plan to judge:\n.*package\.json: this is JSON/,
    ],
  ])("with %s is exit 2, and nothing on standard output", async (_, files, message) => {
    const { code, report, stderr } = await run([folderWith(files)]);
    expect([code, report]).toEqual([2, undefined]);
    expect(stderr).toMatch(message);
  });

  test("that holds the same plan twice has it once", async () => {
    const { code, judged, report } = await run([folderWith({ "a.json": STORY, "b.json": EVERYDAY, "c.json": STORY })]);
    expect([code, judged]).toEqual([3, ["a.json", "b.json"]]);
    expect(report?.skipped).toMatchObject([{ message: expect.stringMatching(/c\.json: the same plan as .*a\.json$/) }]);
  });

  test("named twice is judged twice: whoever names a plan means it", async () => {
    const path = join(folderWith({ "a.json": EVERYDAY }), "a.json");
    expect((await run([path, path])).judged).toEqual(["a.json", "a.json"]);
  });
});

describe("standard input", () => {
  test.each<[what: string, bytes: Buffer]>([
    ["as it is", STORY],
    ["packed", gzipSync(STORY)],
    ["in UTF-16", Buffer.from(`\uFEFF${STORY.toString("utf8")}`, "utf16le")],
  ])("a plan %s", async (_, stdin) => {
    const { code, judged } = await run(["-"], { stdin });
    expect([code, judged]).toEqual([3, ["-"]]);
  });

  test.each<[what: string, bytes: Buffer, message: string]>([
    ["a saved plan", SAVED, "-: a saved binary plan cannot be read from standard input"],
    ["nothing", Buffer.alloc(0), "-: this is empty"],
    ["a broken packed file", gzipSync(STORY).subarray(0, 5000), "-: the gzip data is broken or cut off"],
  ])("%s is refused in a sentence", async (_, stdin, message) => {
    const { code, report, stderr } = await run(["-"], { stdin });
    expect([code, report]).toEqual([2, undefined]);
    expect(stderr).toContain(message);
  });
});

describe.skipIf(process.platform === "win32")("a saved plan", () => {
  afterEach(() => void vi.unstubAllEnvs());

  /** Puts nothing but these programs on PATH, each a shell script. */
  function onPath(programs: Readonly<Record<string, string>>): void {
    const folder = folderWith(
      Object.fromEntries(Object.entries(programs).map(([name, code]) => [name, `#!/bin/sh\n${code}\n`])),
    );
    for (const name of Object.keys(programs)) chmodSync(join(folder, name), 0o755);
    vi.stubEnv("PATH", folder);
  }
  const shows = `[ "$1 $2" = "show -json" ] && exec /bin/cat ${fixture("terraform/replace-delete-first/plan.json")}`;
  const savedFile = () => join(folderWith({ tfplan: SAVED }), "tfplan");

  test.each(["terraform", "tofu"])("is shown by %s, whichever is on PATH", async (program) => {
    onPath({ [program]: shows });
    const { code, report, judged } = await run([savedFile()]);
    expect([code, judged, report?.plans[0]?.summary.replace]).toEqual([0, ["tfplan"], 1]);
  });

  test("without a program that can read it is told what to run", async () => {
    onPath({});
    const { code, report, stderr } = await run([savedFile()]);
    expect([code, report]).toEqual([2, undefined]);
    expect(stderr).toMatch(
      /this is a saved binary plan, and neither terraform nor tofu is on PATH\n {2}Run: terraform show -json .*tfplan > plan\.json/,
    );
  });

  test("that its program cannot read is told in the program's words", async () => {
    onPath({ terraform: 'echo "╷\n│ Error: Inconsistent dependency lock file\n╵" >&2; exit 1' });
    expect((await run([savedFile()])).stderr).toContain(
      "could not read this saved plan: Error: Inconsistent dependency lock file",
    );
  });

  test("beside its own JSON in a folder is one plan", async () => {
    onPath({ terraform: shows });
    const { code, report } = await run([
      folderWith({ "plan.json": SHOWN, tfplan: SAVED, "z.json": smallPlan({ objects: {} }) }),
    ]);
    expect([code, report?.plans.length, report?.skipped.length]).toEqual([0, 2, 1]);
    expect(report?.skipped[0]?.message).toContain("the same plan as");
  });

  test("through a link, and under any name", async () => {
    onPath({ terraform: shows });
    const folder = folderWith({ "any name": SAVED });
    mkdirSync(join(folder, "links"));
    symlinkSync(join(folder, "any name"), join(folder, "links", "linked"));
    expect((await run([join(folder, "links")])).judged).toEqual(["linked"]);
    expect(process.env["PATH"]?.split(delimiter)).toHaveLength(1);
  });
});
