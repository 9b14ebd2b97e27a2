/** Layers of config: what the later one takes over, what it leaves, and that each value knows where it came from. */

import { describe, expect, test } from "vitest";
import { type CheckOptions, check } from "../../src/index.ts";
import type { ActorKind } from "../../src/model/authorship.ts";
import type { ActorLimits, Policy } from "../../src/model/policy.ts";
import type { Report } from "../../src/model/report.ts";
import { loadPolicy } from "../../src/policy/index.ts";
import { many, type SmallPlan, smallPlan } from "../support/small-plan.ts";
import { folderWith } from "../support/world.ts";

/** The policy of a config, of other files that it may extend, and of rulesets of the command line. */
async function policyOf(config: string, files: Record<string, string> = {}, rulesets: string[] = []): Promise<Policy> {
  const readFile = async (name: string) => ({ name, text: files[name] ?? "" });
  return loadPolicy({ config: { name: "firebreak.yaml", text: config }, rulesets, readFile });
}

async function limitsOf(actor: ActorKind, ...layers: Parameters<typeof policyOf>): Promise<ActorLimits | undefined> {
  return (await policyOf(...layers)).limits[actor];
}

/** The report on one plan under a config that lies in a file. */
function reportOn(objects: SmallPlan["objects"], config: string, options: CheckOptions = {}): Promise<Report> {
  const path = `${folderWith({ "firebreak.yaml": config })}/firebreak.yaml`;
  const now = new Date("2026-01-31T12:00:00Z");
  return check([{ input: "envs/prod/plan.json", bytes: Buffer.from(smallPlan({ objects })) }], {
    now,
    config: path,
    ...options,
  });
}

const AGENT = { dataLoss: 0, ended: 5, affected: 25, share: 0.1, signatures: 2, bound: "upper" };

describe("limits", () => {
  test.each<[config: string, agent: object]>([
    ["", AGENT],
    ["limits: {agent: {ended: 9}}", { ...AGENT, ended: 9 }],
    ["limits: {agent: {ended: off, share: 7.5 %}}", { ...AGENT, ended: "off", share: 0.075 }],
    ["limits: {agent: {signatures: none, share: off}}", { ...AGENT, signatures: "none", share: "off" }],
    [
      "extends: strict\nlimits: {agent: {ended: 1}}",
      { ...AGENT, ended: 1, affected: "off", share: "off", signatures: "none" },
    ],
    ["extends: []\nlimits: {agent: {ended: 1}}", { ended: 1 }],
  ])("%j", async (config, agent) => {
    expect(await limitsOf("agent", config)).toEqual(agent);
  });

  test("of a list the later one wins, value by value", async () => {
    const files = {
      "./a.yaml": "extends: []\nlimits: {agent: {ended: 1, affected: 1}}",
      "./b.yaml": "extends: []\nlimits: {agent: {ended: 2}}",
    };
    expect(await limitsOf("agent", "extends: [./a.yaml, ./b.yaml]", files)).toEqual({ ended: 2, affected: 1 });
    expect(await limitsOf("agent", "extends: [./b.yaml, ./a.yaml]", files)).toEqual({ ended: 1, affected: 1 });
  });

  test("a file that says nothing of a limit leaves it as an earlier one in the list set it", async () => {
    const files = { "./weights.yaml": "weights: {default: 2}" };
    expect(await limitsOf("agent", "extends: [strict, ./weights.yaml]", files)).toMatchObject({
      ended: 0,
      signatures: "none",
    });
    expect(await limitsOf("agent", "limits: {agent: {ended: 9}}", files, ["./weights.yaml"])).toMatchObject({
      ended: 9,
    });
  });

  test("--ruleset comes on top, and observe changes the mode alone", async () => {
    expect(await limitsOf("agent", "limits: {agent: {ended: 9}}", {}, ["strict"])).toMatchObject({ ended: 0 });
    const observed = await policyOf("limits: {agent: {ended: 9}}", {}, ["observe"]);
    expect([observed.mode, observed.limits.agent?.ended]).toEqual(["observe", 9]);
  });

  test("of an environment hold on top of those that hold everywhere, there alone", async () => {
    const config = "environments: {prod: {match: {path: 'envs/prod/**'}, limits: {agent: {ended: 0}}}}";
    const objects = { "aws_iam_policy.a": "delete", "aws_iam_policy.b": "keep" } as const;
    const inProd = await reportOn(objects, config, { actor: "agent" });
    expect([inProd.verdict, inProd.findings[0]?.limit, inProd.findings[0]?.environment]).toEqual(["review", 0, "prod"]);
    expect((await reportOn(objects, config, { actor: "agent", environment: "test" })).verdict).toBe("pass");
  });

  test("none: nothing lifts an exceeded limit; off: no limit", async () => {
    const seven = many(7, "aws_iam_policy", "delete");
    expect((await reportOn(seven, "limits: {agent: {signatures: none}}", { actor: "agent" })).verdict).toBe("fail");
    expect((await reportOn(seven, "limits: {agent: {ended: off}}", { actor: "agent" })).verdict).toBe("pass");
  });
});

describe("whose limits hold", () => {
  test.each<[config: string, actor: string, heldTo: ActorKind, ended: number]>([
    ["", "unknown", "agent", 5],
    ["actors: {unknown: human}", "unknown", "human", 25],
    ["actors: {bot: agent}", "bot", "agent", 5],
    // What is said of unknown authors is said of those that are held to them.
    ["actors: {bot: unknown}", "bot", "agent", 5],
    ["limits: {bot: {ended: 100}}", "bot", "human", 100],
    ["attestedHumans: true", "human", "agent", 5],
  ])("%j: %s is held to %s", async (config, actor, heldTo, ended) => {
    const { policy } = await reportOn({ "aws_iam_policy.a": "keep" }, config, { actor });
    expect([policy.heldTo.actor, policy.limits.ended]).toEqual([heldTo, ended]);
  });
});

describe("rules", () => {
  const recreated = Object.fromEntries([0, 1, 2].map((key) => [`aws_subnet.x[${key}]`, "replace"] as const));

  test.each<[config: string, agent: string, human: string]>([
    ["", "error", "warning"],
    ["rules: {environment-recreated: note}", "note", "note"],
    ["rules: {environment-recreated: {human: error}}", "error", "error"],
    ["rules: {environment-recreated: {agent: {level: error, signatures: 3}}}", "error, 3 signatures", "warning"],
    ["rules: {environment-recreated: off}", "none", "none"],
  ])("%j", async (config, ...expected) => {
    const levels = ["agent", "human"].map(async (actor) => {
      const { findings } = await reportOn(recreated, config, { actor });
      const finding = findings.find(({ ruleId }) => ruleId === "environment-recreated");
      return finding ? finding.level + (finding.signatures ? `, ${finding.signatures} signatures` : "") : "none";
    });
    expect(await Promise.all(levels)).toEqual(expected);
  });
});

describe("weights and score, by hand", () => {
  /** A database with two certain dependents that ends for certain, and a VPC with one that may end. */
  const objects = {
    "aws_db_instance.orders": "delete",
    "aws_iam_policy.reader": { fate: "keep", dependsOn: ["aws_db_instance.orders"] },
    "aws_iam_policy.writer": { fate: "keep", dependsOn: ["aws_db_instance.orders"] },
    "aws_vpc.main": "maybe",
    "aws_subnet.a": { fate: "keep", dependsOn: ["aws_vpc.main"] },
    "null_resource.routine": "replace",
  } as const;

  test.each<[weights: string, lower: number, upper: number]>([
    ["{default: 1}", 1 + 2, 1 + 2 + (1 + 1)],
    ["{default: 0.5}", 0.5 + 2, 0.5 + 2 + (0.5 + 1)],
    ["{types: {aws_db_instance: 100}}", 100 + 2, 100 + 2 + (1 + 1)],
    ["{types: {aws_db_instance: {delete: 7, replace: 50}, aws_vpc: {delete: 90, replace: 3}}}", 7 + 2, 7 + 2 + (3 + 1)],
    // The longest pattern wins, in whatever order they stand.
    ["{types: {'aws_db_*': 20, 'aws_*': 10, aws_db_instance: 30}}", 30 + 2, 30 + 2 + (10 + 1)],
    ["{types: {'aws_*': 10, 'aws_db_*': 20}}", 20 + 2, 20 + 2 + (10 + 1)],
    ["{types: {'*': 5, 'azurerm_*': 99}}", 5 + 2, 5 + 2 + (5 + 1)],
  ])("%s", async (weights, lower, upper) => {
    const { plans } = await reportOn(objects, `weights: ${weights}`);
    expect(plans[0]?.totals.score).toEqual({ lower, upper });
  });

  describe("of what is created and updated", () => {
    const objects = {
      "aws_autoscaling_group.gone": "delete",
      "aws_autoscaling_group.other": "replace",
      "aws_autoscaling_group.maybe": "maybe",
      "aws_autoscaling_group.new": "create",
      "aws_autoscaling_group.same": "update",
      "aws_instance.new": "create",
      "aws_instance.same": "update",
      "null_resource.routine": "create",
    } as const;

    test.each<[weights: string, lower: number, upper: number]>([
      ["{default: 1}", 2, 3],
      // As the tutorial of OPA sums them up: a replacement is a deletion and a creation.
      [
        "{types: {aws_autoscaling_group: {delete: 100, create: 10, modify: 1}, aws_instance: {delete: 10, create: 1, modify: 1}}}",
        100 + 110 + 10 + 1 + 1 + 1,
        100 + 110 + 110 + 10 + 1 + 1 + 1,
      ],
      ["{types: {aws_autoscaling_group: {create: 10}}}", 1 + 1 + 10, 1 + 1 + 1 + 10],
      ["{types: {aws_autoscaling_group: {replace: 2, modify: 30}}}", 1 + 2 + 30, 1 + 2 + 30 + 30],
      ["{default: {create: 5, modify: 3}}", 1 + 1 + 5 + 3 + 5 + 3, 1 + 1 + 3 + 5 + 3 + 5 + 3],
      ["{default: {delete: 4, create: 5}}", 4 + 9 + 5 + 5, 4 + 9 + 9 + 5 + 5],
      // A number is that of what ends.
      ["{default: {create: 5}, types: {aws_*: 7}}", 7 + 7, 7 + 7 + 7],
    ])("%s", async (weights, lower, upper) => {
      const { plans } = await reportOn(objects, `weights: ${weights}`);
      expect(plans[0]?.totals.score).toEqual({ lower, upper });
    });

    test("layers add to a type's weight value by value, and a number takes the place of all", async () => {
      const files = { "./a.yaml": "extends: []\nweights: {types: {aws_vpc: {delete: 10, create: 2}}}" };
      const typesOf = async (weight: string) =>
        (await policyOf(`extends: ./a.yaml\nweights: {types: {aws_vpc: ${weight}}}`, files)).weights.types;
      expect(await typesOf("{create: 3}")).toEqual({ aws_vpc: { delete: 10, create: 3 } });
      expect(await typesOf("5")).toEqual({ aws_vpc: { delete: 5, replace: 5, create: 0, modify: 0 } });
    });

    test("keep everyday work within a limit until somebody gives them a weight", async () => {
      const everyday = { ...many(40, "aws_instance", "create"), ...many(40, "aws_sns_topic", "update") };
      const limit = "limits: {agent: {score: 0}}\n";
      expect((await reportOn(everyday, limit, { actor: "agent" })).verdict).toBe("pass");
      const weighed = `${limit}weights: {types: {aws_instance: {create: 0.5}}}`;
      expect((await reportOn(everyday, weighed, { actor: "agent" })).findings).toMatchObject([
        { ruleId: "limit-score", limit: 0, actual: 20 },
      ]);
    });
  });

  test("a limit on it holds at the bound of the actor", async () => {
    const config = "extends: []\nlimits: {agent: {score: 4.5, bound: upper}, human: {score: 4.5, bound: lower}}";
    const agent = await reportOn(objects, config, { actor: "agent" });
    expect(agent.findings).toMatchObject([{ ruleId: "limit-score", limit: 4.5, actual: 5 }]);
    expect((await reportOn(objects, config, { actor: "human" })).findings).toEqual([]);
  });
});

describe("where each value came from", () => {
  const sources = async (config: string, files: Record<string, string> = {}) =>
    Object.fromEntries((await policyOf(config, files)).sources.map(({ name, sets }) => [name, sets]));

  test("a value is its last layer's, the others stay where they were", async () => {
    const { recommended, "firebreak.yaml": own, ...rest } = await sources("limits: {agent: {ended: 9}}\nmode: observe");
    expect(own).toEqual(["limits.agent.ended", "mode"]);
    expect(recommended).toEqual(expect.arrayContaining(["limits.agent.affected", "limits.human.ended", "actors.bot"]));
    expect(recommended).not.toContain("limits.agent.ended");
    expect(rest).toEqual({});
  });

  test("a layer of which nothing holds is listed without values", async () => {
    const files = { "./a.yaml": "extends: []\nlimits: {agent: {ended: 1}}" };
    expect(await sources("extends: ./a.yaml\nlimits: {agent: {ended: 2}}", files)).toMatchObject({ "./a.yaml": [] });
  });

  test.each<[config: string, path: string]>([
    ["rules: {environment-recreated: off}", "rules.environment-recreated.agent"],
    ["weights: {default: {delete: 2, replace: 1}}", "weights.default"],
    ["environments: {production: {match: {workspace: prod}}}", "environments.production.match.tags.Environment"],
  ])("%j takes the place of %s", async (config, path) => {
    expect((await sources(config))["recommended"]).not.toContain(path);
  });

  test("an empty mapping sets nothing", async () => {
    expect((await sources("limits: {agent: {}}"))["recommended"]).toContain("limits.agent.ended");
  });

  test("the report says it", async () => {
    const { policy } = await reportOn({ "aws_iam_policy.a": "keep" }, "mode: observe");
    expect(policy.sources.map(({ name }) => name)).toEqual(["recommended", expect.stringMatching(/firebreak\.yaml$/)]);
    expect(policy.sources[1]?.sets).toEqual(["mode"]);
  });
});
