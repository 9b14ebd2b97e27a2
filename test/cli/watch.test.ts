/** `firebreak check --watch` as a process: what it says of files that change, and when. */

import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { smallPlan } from "../support/small-plan.ts";
import { firebreak, folderWith } from "../support/world.ts";

const BIN = join(import.meta.dirname, "../../dist/bin.js");
const HARMLESS = smallPlan({ objects: { "aws_instance.web": "update" } });
const HARMFUL = smallPlan({ objects: { "aws_db_instance.orders": "delete" } });

interface Watching {
  readonly folder: string;
  readonly out: () => string;
  readonly err: () => string;
  /** Verdicts in their order. */
  readonly verdicts: () => string[];
  readonly shows: (...verdicts: readonly string[]) => Promise<void>;
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
}

function watch(folder: string, ...argv: readonly string[]): Watching {
  const child = spawn(process.execPath, [BIN, "check", ...argv, "--watch", "--actor", "agent"], { cwd: folder });
  let [out, err] = ["", ""];
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.on("data", (text) => {
    err += text;
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const verdicts = (): string[] => out.match(/^(PASS|FAIL|REVIEW|UNDECIDED)(?= )/gm) ?? [];
  return {
    folder,
    out: () => out,
    err: () => err,
    verdicts,
    shows: (...expected) => expect.poll(verdicts, { timeout: 20_000 }).toEqual(expected),
    process: child,
    ended: new Promise((done) => child.on("close", done)),
  };
}

const patience = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

describe("a new verdict", () => {
  test("when the plan is written anew, and when it is replaced in one go", async () => {
    const at = watch(folderWith({ "plan.json": HARMLESS }), "plan.json");
    await at.shows("PASS");
    await expect.poll(at.err).toBe("Watching: judged again when a file changes. Ctrl-C ends it.\n");
    writeFileSync(join(at.folder, "plan.json"), HARMFUL);
    await at.shows("PASS", "REVIEW");
    expect(at.err()).toMatch(/\n--- \d\d:\d\d:\d\dZ {2}changed: what is said above no longer holds -*\n/);
    writeFileSync(join(at.folder, "next"), HARMLESS);
    renameSync(join(at.folder, "next"), join(at.folder, "plan.json"));
    await at.shows("PASS", "REVIEW", "PASS");
  });

  test("when a policy appears, changes and goes", async () => {
    const at = watch(folderWith({ "plan.json": HARMFUL, ".git/": "" }), "plan.json");
    await at.shows("REVIEW");
    writeFileSync(join(at.folder, "firebreak.yaml"), "extends: observe\n");
    await at.shows("REVIEW", "PASS");
    writeFileSync(join(at.folder, "firebreak.yaml"), "extends: strict\n");
    await at.shows("REVIEW", "PASS", "FAIL");
    rmSync(join(at.folder, "firebreak.yaml"));
    await at.shows("REVIEW", "PASS", "FAIL", "REVIEW");
  });

  test("when a plan comes to a folder", async () => {
    const at = watch(folderWith({ "plans/a.json": HARMLESS }), "plans");
    await at.shows("PASS");
    writeFileSync(join(at.folder, "plans/b.json"), HARMFUL);
    await at.shows("PASS", "REVIEW");
  });

  test("into files as well, and one report after the other on standard output", async () => {
    const at = watch(folderWith({ "plan.json": HARMLESS }), "plan.json", "-f", "json", "-f", "pretty=page.txt");
    await expect.poll(at.out, { timeout: 20_000 }).toContain('"verdict": "pass"');
    writeFileSync(join(at.folder, "plan.json"), HARMFUL);
    await expect.poll(at.out, { timeout: 20_000 }).toMatch(/"verdict": "review"[\s\S]*\n\}\n$/);
    await expect.poll(() => readFileSync(join(at.folder, "page.txt"), "utf8")).toMatch(/^REVIEW/);
  });
});

describe("never an old or a half verdict", () => {
  test("a plan that is written slowly is judged when it is whole, and said to be broken once", async () => {
    const at = watch(folderWith({ "plan.json": HARMLESS }), "plan.json");
    await at.shows("PASS");
    const path = join(at.folder, "plan.json");
    const third = Math.ceil(HARMFUL.length / 3);
    writeFileSync(path, HARMFUL.slice(0, third));
    await expect.poll(at.err, { timeout: 20_000 }).toContain("There is no verdict now: waiting for a change.");
    expect(at.err().indexOf("no longer holds")).toBeLessThan(at.err().indexOf("the JSON stops"));
    appendFileSync(path, HARMFUL.slice(third, 2 * third));
    await patience(1000);
    expect(at.verdicts()).toEqual(["PASS"]);
    appendFileSync(path, HARMFUL.slice(2 * third));
    await at.shows("PASS", "REVIEW");
    expect(at.err().match(/the JSON stops/g)).toHaveLength(1);
  });

  test("a plan that is gone, and one that was never there", async () => {
    const at = watch(folderWith({}), "plan.json", "-f", "json=report.json");
    const old = "waiting for a change; report.json may hold an older verdict.";
    await expect.poll(at.err, { timeout: 20_000 }).toContain(old);
    expect(at.err()).toContain("there is no such file");
    writeFileSync(join(at.folder, "plan.json"), HARMLESS);
    await at.shows("PASS");
    rmSync(join(at.folder, "plan.json"));
    await expect.poll(() => at.err().match(/there is no such file/g)?.length, { timeout: 20_000 }).toBe(2);
    expect(at.err()).toContain("no longer holds");
  });

  test("many writes in a row are one change", async () => {
    const at = watch(folderWith({ "plan.json": HARMLESS }), "plan.json");
    await at.shows("PASS");
    for (let count = 0; count < 10; count++) {
      writeFileSync(join(at.folder, "plan.json"), count % 2 === 0 ? HARMLESS : HARMFUL);
      await patience(50);
    }
    await at.shows("PASS", "REVIEW");
    await patience(1000);
    expect(at.verdicts()).toEqual(["PASS", "REVIEW"]);
  });
});

describe("the end", () => {
  test.skipIf(process.platform === "win32")("Ctrl-C: exit code 130", async () => {
    const at = watch(folderWith({ "plan.json": HARMFUL }), "plan.json");
    await at.shows("REVIEW");
    at.process.kill("SIGINT");
    expect(await at.ended).toBe(130);
  });

  test("bad usage ends it at once", async () => {
    for (const [argv, message] of [
      [["-"], '--watch needs files, and "-" is none'],
      [["cfn://shop/update"], "--watch needs files"],
      [[], "no plan given"],
      [["plan.json", "--format", "nonsense"], 'unknown format "nonsense"'],
    ] as const) {
      const { code, stderr } = await firebreak(["check", ...argv, "--watch"]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
  });

  test("other commands do not know it", async () => {
    mkdirSync(join(folderWith({}), "plans"));
    expect((await firebreak(["verify", "plan.json", "--watch"])).stderr).toContain("unknown option --watch");
  });
});
