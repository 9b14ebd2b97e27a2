/** Progress: for somebody at a terminal whose run takes long, and gone before the report. */

import { describe, expect, test } from "vitest";
import { many, smallPlan } from "../support/small-plan.ts";
import { type FakeProcess, firebreak, fixture, folderWith, NOW } from "../support/world.ts";

const SMALL = fixture("story/plan.json");

/** A clock on which so much time goes by each time it is looked at. */
function clock(stepMs: number): () => Date {
  let time = Date.parse(NOW);
  return () => {
    time += stepMs;
    return new Date(time);
  };
}

const slow = (fake: FakeProcess = {}): FakeProcess => ({ errorTerminal: true, columns: 100, now: clock(700), ...fake });

/** More than 4 MB, from where on files are read in pieces. */
function largePlan(): string {
  const plan = smallPlan({
    objects: many(2000, "aws_instance", { fate: "delete", values: { text: "x".repeat(3000) } }),
  });
  expect(plan.length).toBeGreaterThan(5_000_000);
  return `${folderWith({ "plan.json": plan })}/plan.json`;
}

/** So large that reading it takes many pieces: most of it is space behind the document. */
function paddedPlan(): string {
  const plan = smallPlan({ objects: { "aws_db_instance.orders": "delete" } });
  return `${folderWith({ "plan.json": Buffer.concat([Buffer.from(plan), Buffer.alloc(120_000_000, " ")]) })}/plan.json`;
}

/** What is left on a terminal of what was written to it. */
function left(text: string): string[] {
  const lines = [""];
  for (const [, up, erase, newline, sign] of text.matchAll(/\u001b\[(\d+)A|\u001b\[([JK])|(\n)|([^\u001b])/g)) {
    if (newline !== undefined) lines.push("");
    else if (sign !== undefined && sign !== "\r") lines[lines.length - 1] += sign;
    else if (erase === "K") lines[lines.length - 1] = "";
    else if (up !== undefined) {
      // What is rewritten ends with a line break, so the lines below are as if they were not there.
      lines.length -= Number(up);
      lines[lines.length - 1] = "";
    }
  }
  return lines.filter((line) => line !== "");
}

describe("a long run at a terminal", () => {
  test("a line for each stage, a bar with bytes, and nothing of it stays", async () => {
    const { stderr, stdout, code } = await firebreak(["check", paddedPlan(), "--actor", "agent"], slow());
    expect(stderr).toMatch(/reading .*plan\.json/);
    expect(stderr).toMatch(/\[#+-*\] {2}\d+ of 120 MB/);
    expect(stderr).toMatch(/following what depends on what ends/);
    expect(stderr).toMatch(/judging/);
    expect(left(stderr)).toEqual([]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^REVIEW /);
  });

  test("gone too when there is no verdict", async () => {
    const path = `${folderWith({ "plan.json": `{"a": "${"x".repeat(5_000_000)}` })}/plan.json`;
    const { stderr, code } = await firebreak(["check", path], slow());
    expect(code).toBe(2);
    expect(stderr).toContain("\u001b[");
    expect(left(stderr)[0]).toMatch(/^firebreak: .*the JSON stops/);
  });

  test("TERM=dumb: lines without escapes", async () => {
    const { stderr } = await firebreak(["check", largePlan()], slow({ env: { TERM: "dumb" } }));
    expect(stderr).toContain("judging\n");
    expect(stderr).not.toContain("\u001b");
  });
});

describe("nothing at all", () => {
  test.each<[what: string, fake: FakeProcess, more: string[]]>([
    ["where standard error is no terminal", slow({ errorTerminal: false }), []],
    ["in CI", slow({ env: { CI: "true" } }), []],
    ["with --quiet", slow(), ["--quiet"]],
    ["when it takes less than a second", { errorTerminal: true, now: clock(1) }, []],
  ])("%s", async (_, fake, more) => {
    const { stderr } = await firebreak(["check", largePlan(), ...more], fake);
    expect(stderr).toBe("");
  });

  test("changes what is reported", async () => {
    const json = async (fake: FakeProcess) =>
      (await firebreak(["check", SMALL, "-f", "json", "--now", NOW], fake)).stdout;
    expect(await json(slow())).toBe(await json({}));
  });
});
