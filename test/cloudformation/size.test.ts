/** Change sets as large as they come. Synthetic: 5,000 changes are twice what a nested operation may hold. */

import { expect, test } from "vitest";
import { check, type Report } from "../../src/index.ts";
import { changeSet, contexts, edited, follows, modified, replaced } from "../support/change-set.ts";
import type { Json } from "../support/plan.ts";

const TYPES = ["AWS::Lambda::Function", "AWS::SQS::Queue", "AWS::IAM::Role", "AWS::DynamoDB::Table"];

/** One in fifty is replaced; each follows from one of ten others before it. */
function large(count: number): Buffer {
  const rows = Array.from({ length: count }, (_, index): Json => {
    const type = TYPES[index % TYPES.length] ?? "";
    const context = {
      Properties: { Name: `n${index}`, Description: "x".repeat(400) },
      Metadata: { "aws:cdk:path": `S/R${index}` },
    };
    const details =
      index === 0 ? [] : follows("Env", `R${Math.floor(index / 10)}`, { recreation: "Never", value: "later" });
    const more = contexts(context, context);
    return index % 50 === 0
      ? replaced(`R${index}`, type, [edited("Name", { value: "differs" }), ...details], more)
      : modified(`R${index}`, type, { Details: details, ...more });
  });
  return Buffer.from(JSON.stringify(changeSet(rows)));
}

async function judgedIn(bytes: Buffer): Promise<{ readonly report: Report; readonly ms: number }> {
  const start = performance.now();
  const report = await check([{ input: "large.json", bytes }], { now: new Date("2026-01-31T12:00:00Z") });
  return { report, ms: performance.now() - start };
}

test("10,000 changes are all judged", async () => {
  const { report } = await judgedIn(large(10_000));
  expect(report.plans[0]?.summary).toMatchObject({ update: 9800, replace: 200 });
  expect(report.plans[0]?.totals.ended).toEqual({ lower: 200, upper: 200 });
});

test("5,000 changes: prints how that compares with JSON.parse, and grows no faster than the file", async () => {
  const [small, whole] = [large(1250), large(5000)];
  const best = async (run: () => Promise<number>): Promise<number> => {
    const times = [];
    for (let turn = 0; turn < 5; turn++) times.push(await run());
    return Math.min(...times);
  };
  const parse = await best(async () => {
    const start = performance.now();
    JSON.parse(whole.toString("utf8"));
    return performance.now() - start;
  });
  const [quarter, all] = [
    await best(async () => (await judgedIn(small)).ms),
    await best(async () => (await judgedIn(whole)).ms),
  ];
  console.log(
    `${(whole.length / 1e6).toFixed(1)} MB, 5,000 changes: JSON.parse ${parse.toFixed(0)} ms, judged in ${all.toFixed(0)} ms (${(all / parse).toFixed(1)} times)`,
  );
  // Four times the file; twice that leaves room for a busy machine, and none for anything quadratic.
  expect(all).toBeLessThan(8 * quarter + 50);
});
