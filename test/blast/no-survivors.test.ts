/** Parts of one thing that all end, and environments that are a part of a plan. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { added, changeSet, edited, modified, nestedHead, removed, replaced } from "../support/change-set.ts";
import { judged } from "../support/judge.ts";
import { change, type Json, plan } from "../support/plan.ts";
import { many, type SmallObject, smallPlan } from "../support/small-plan.ts";
import { folderWith } from "../support/world.ts";

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

describe("stacks of CloudFormation", () => {
  const QUEUE = "AWS::SQS::Queue";
  const NESTED = "AWS::CloudFormation::Stack";
  const ids = (count: number) => Array.from({ length: count }, (_, place) => `Q${place}`);
  const anew = (count: number) => ids(count).map((id) => replaced(id, QUEUE, [edited("QueueName")]));
  const net = modified("Net", NESTED, { ChangeSetId: nestedHead("Net")["ChangeSetId"] });

  async function gone(rows: readonly Json[], nested: readonly Json[], queues?: number): Promise<unknown[]> {
    const sets = [changeSet(rows), ...(nested.length > 0 ? [changeSet(nested, nestedHead("Net"))] : [])];
    const resources = (all: readonly [string, string][]): string =>
      JSON.stringify({ Resources: Object.fromEntries(all.map(([id, Type]) => [id, { Type }])) });
    const source = folderWith({
      "shop/get-template.json": JSON.stringify({ TemplateBody: resources([["Net", NESTED]]) }),
      "Net/get-template.json": JSON.stringify({ TemplateBody: resources(ids(queues ?? 0).map((id) => [id, QUEUE])) }),
    });
    const { plans } = await judged(
      sets.map((set) => JSON.stringify(set)).join("\n"),
      queues === undefined ? {} : { source },
    );
    return (plans[0]?.noSurvivors ?? []).map(({ scope, address, objects, recreated, certainty }) =>
      [objects, scope, address, recreated ? "recreated" : "removed", certainty].join(" "),
    );
  }

  test("a nested stack of which nothing survives", async () => {
    expect(await gone([net], anew(5), 5)).toEqual(["5 stack Net recreated certain"]);
  });

  test("not when something of it lives on, or it is small", async () => {
    expect(await gone([net], anew(5), 6)).toEqual([]);
    expect(await gone([net], [...anew(5), modified("Q9", QUEUE)])).toEqual([]);
    expect(await gone([net], anew(4), 4)).toEqual([]);
  });

  test("only possibly, where nobody said how much there is in it", async () => {
    expect(await gone([net], anew(5))).toEqual(["5 stack Net recreated conditional"]);
  });

  test("surely, where the nested stack itself goes", async () => {
    const gos = [removed("Net", NESTED, { ChangeSetId: nestedHead("Net")["ChangeSetId"] }), added("Other", QUEUE)];
    const rows = ids(5).map((id) => removed(id, QUEUE));
    expect(await gone(gos, rows)).toEqual(["5 stack Net recreated certain"]);
    expect(await gone(gos.slice(0, 1), rows)).toEqual(["5 stack Net removed certain"]);
  });

  test("a whole stack is an environment, and is called what it is", async () => {
    expect(await gone(anew(20), [])).toEqual(["20 stack the stack recreated conditional"]);
  });
});
