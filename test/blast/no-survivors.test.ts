/** Parts of one thing that all end, and environments that are a part of a plan. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { judged } from "../support/judge.ts";
import { change, plan } from "../support/plan.ts";
import { many, type SmallObject, smallPlan } from "../support/small-plan.ts";

const CROWD = many(100, "aws_iam_policy", "keep");

async function groups(objects: Readonly<Record<string, SmallObject["fate"] | SmallObject>>): Promise<string[]> {
  const { plans } = await judged(smallPlan({ objects: { ...CROWD, ...objects } }), { actor: "agent" });
  return (plans[0]?.noSurvivors ?? []).map(({ scope, address, objects: count }) => `${count} ${scope} of ${address}`);
}

const subnet = (fate: SmallObject["fate"], vpc = "aws_vpc.main"): SmallObject => ({ fate, dependsOn: [vpc] });

describe("parts of one thing", () => {
  test("all subnets of a network, whatever they are called", async () => {
    const objects = {
      "aws_vpc.main": "keep",
      "aws_subnet.a": subnet("replace"),
      "aws_subnet.b": subnet("replace"),
    } as const;
    expect(await groups(objects)).toEqual(["2 subnets of aws_vpc.main"]);
  });

  test("not when one of them lives on, or there is only one", async () => {
    const one = { "aws_vpc.main": "keep", "aws_subnet.a": subnet("replace") } as const;
    expect(await groups(one)).toEqual([]);
    expect(await groups({ ...one, "aws_subnet.b": subnet("keep") })).toEqual([]);
  });

  test("subnets of another network neither end nor survive for it", async () => {
    const objects = {
      "aws_vpc.main": "keep",
      "aws_vpc.other": "keep",
      "aws_subnet.a": subnet("delete"),
      "aws_subnet.b": subnet("delete"),
      "aws_subnet.c": subnet("keep", "aws_vpc.other"),
      "aws_subnet.d": subnet("keep", "aws_vpc.other"),
    } as const;
    expect(await groups(objects)).toEqual(["2 subnets of aws_vpc.main"]);
  });
});

describe("a family that is renewed", () => {
  const family = async (type: string, actions: readonly string[]): Promise<readonly unknown[]> => {
    const values = { before: { cause: "old" }, after: { cause: "new" }, replace_paths: [["cause"]] };
    const changes = [0, 1, 2].map((key) => change(`${type}.x[${key}]`, actions, { index: key, change: values }));
    const { plans } = await judged(JSON.stringify(plan(changes)), { actor: "agent" });
    return (plans[0]?.noSurvivors ?? []).map(({ address }) => address);
  };
  test.each<[string, readonly string[], boolean]>([
    ["aws_lb_target_group", ["create", "delete"], false],
    ["aws_lb_target_group", ["delete", "create"], true],
    // Its address is gone, whatever comes first.
    ["aws_eip", ["create", "delete"], true],
    ["aws_db_instance", ["create", "delete"], true],
  ])("%s, %j: %s", async (type, actions, found) => {
    expect(await family(type, actions)).toEqual(found ? [`${type}.x`] : []);
  });
});

describe("an environment that is a module", () => {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-modules-"));
  const config = join(folder, "firebreak.yaml");
  writeFileSync(
    config,
    `environments:
  production:
    match: {module: 'module.env["prod"]'}
    limits: {agent: {ended: 0}, human: {share: 10%}}
`,
  );
  const inside = (key: string, fate: SmallObject["fate"], count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, place) => [`module.env["${key}"].aws_iam_role.r${place}`, fate] as const),
    );

  const limits = async (objects: Parameters<typeof groups>[0], actor: string): Promise<unknown[]> => {
    const { findings } = await judged(smallPlan({ objects: { ...CROWD, ...objects } }), { config, actor });
    return findings.map(({ ruleId, environment, actual }) => [ruleId, environment, actual]);
  };

  test("has limits of its own, and what ends elsewhere is not counted in it", async () => {
    expect(await limits(inside("prod", "delete", 1), "agent")).toEqual([["limit-ended", "production", 1]]);
    expect(await limits(inside("dev", "delete", 1), "agent")).toEqual([]);
  });

  test("has a share of its own, from 20 objects on", async () => {
    // 3 of 24 are 12 %, of the whole plan 2 %.
    const of = (kept: number) => ({ ...inside("prod", "keep", kept + 3), ...inside("prod", "delete", 3) });
    expect(await limits(of(21), "human")).toEqual([["limit-share", "production", 0.125]]);
    expect(await limits(of(16), "human")).toEqual([]);
  });
});
