/** How many dependents a report lists; what it counts never depends on that. */

import { expect, test } from "vitest";
import type { Report } from "../../src/index.ts";
import { many, type SmallPlan, smallPlan } from "../support/small-plan.ts";
import { folderWith, reportOf } from "../support/world.ts";

function planFile(objects: SmallPlan["objects"]): string {
  return `${folderWith({ "plan.json": smallPlan({ objects }) })}/plan.json`;
}

const radii = ({ plans }: Report) => (plans[0]?.changes ?? []).map(({ blastRadius }) => blastRadius);
const dependents = (count: number, on: readonly string[]) =>
  many(count, "aws_instance", { fate: "keep", dependsOn: on });

test.each([
  [[], 1000, true],
  [["--max-affected", "0"], 0, true],
  [["--max-affected", "7"], 7, true],
  [["--max-affected", "1005"], 1005, false],
])("%j lists %d of 1005; the counts stay exact", async (argv, listed, truncated) => {
  const path = planFile({ "aws_vpc.main": "delete", ...dependents(1005, ["aws_vpc.main"]) });
  const report = await reportOf([path, ...argv]);
  const [radius] = radii(report);
  expect(radius).toMatchObject({ lower: 1005, upper: 1005, truncated });
  expect(radius?.affected.length).toBe(listed);
  expect(report.plans[0]?.totals.affected).toEqual({ lower: 1005, upper: 1005 });
});

test("one report lists no more than 20,000", async () => {
  const ending = many(25, "aws_vpc", "delete");
  const found = radii(await reportOf([planFile({ ...ending, ...dependents(900, Object.keys(ending)) })]));
  expect(found.map(({ lower, upper }) => [lower, upper])).toEqual(found.map(() => [900, 900]));
  expect(found.reduce((sum, { affected }) => sum + affected.length, 0)).toBe(20_000);
  expect(found.filter(({ truncated }) => truncated).length).toBe(3);
});
