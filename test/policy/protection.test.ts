/** What the policy protects, when nothing may end, what may always end, and where findings only are observed. */

import { describe, expect, test } from "vitest";
import { type CheckOptions, check, type Report } from "../../src/index.ts";
import { mergeReports } from "../../src/merge.ts";
import { judged } from "../support/judge.ts";
import { change, type Json, plan } from "../support/plan.ts";
import { many, type SmallPlan, smallPlan } from "../support/small-plan.ts";
import { folderWith } from "../support/world.ts";

type Objects = SmallPlan["objects"];

function underConfig(config: string, objects: Objects, options: CheckOptions = {}): Promise<Report> {
  const path = `${folderWith({ "firebreak.yaml": config })}/firebreak.yaml`;
  return judged(smallPlan({ objects }), { config: path, actor: "human", ...options });
}

const short = ({ verdict, findings }: Report) => [
  verdict,
  ...findings.map(({ ruleId, level }) => `${level} ${ruleId}`),
];
const CROWD = many(100, "aws_iam_policy", "keep");
const tagged = (fate: "keep" | "update" | "delete", tags: Json, address = "aws_instance.a"): Objects => ({
  [address]: { fate, values: { tags } },
});

describe("protected objects", () => {
  test.each<[string, string, Objects]>([
    ["by address", "{addresses: [module.db.*]}", { "module.db.aws_instance.a": "replace" }],
    ["by type", "{types: aws_inst*}", { "aws_instance.a": "delete" }],
    ["by tag", "{tags: {keep: ['yes', always]}}", tagged("delete", { keep: "always" })],
  ])("%s", async (_, config, objects) => {
    const report = await underConfig(`protected: ${config}`, { ...CROWD, ...objects });
    expect(short(report)).toEqual(["review", "error protected-by-policy"]);
    const byAgent = await underConfig(`protected: ${config}`, { ...CROWD, ...objects }, { actor: "agent" });
    expect(short(byAgent)).toEqual(["fail", "error protected-by-policy"]);
  });

  test.each<[string, Objects]>([
    ["that live on", { "module.db.aws_instance.a": "update" }],
    ["that only look alike", { "module.database.aws_instance.a": "delete" }],
    ["that carry another value", tagged("delete", { keep: "no" })],
  ])("objects %s are none", async (_, objects) => {
    const config = "protected: {addresses: [module.db.*], tags: {keep: 'yes'}}";
    expect(short(await underConfig(config, { ...CROWD, ...objects }))).toEqual(["pass"]);
  });

  test("the tag that counts is the one from before", async () => {
    const content = plan([
      change("aws_instance.a", ["delete", "create"], {
        change: { before: { tags: { keep: "yes" } }, after: { tags: {} }, replace_paths: [["ami"]] },
      }),
    ]);
    const path = `${folderWith({ "firebreak.yaml": "protected: {tags: {keep: 'yes'}}" })}/firebreak.yaml`;
    const { findings } = await judged(content, { config: path, actor: "human" });
    expect(findings.map(({ message }) => message)).toContain(
      "aws_instance.a ends, which the policy protects by its tag (keep)",
    );
  });

  test("what may end counts for whoever is held to the upper bound", async () => {
    const objects: Objects = { ...CROWD, "aws_instance.a": "maybe" };
    const config = "protected: {types: aws_instance}";
    expect(short(await underConfig(config, objects))).toEqual(["pass"]);
    expect(short(await underConfig(config, objects, { actor: "agent" }))).toEqual([
      "fail",
      "error protected-by-policy",
    ]);
  });

  test("no layer frees what another protects", async () => {
    const base = folderWith({ "base.yaml": "protected: {types: aws_instance}" });
    const config = `extends: [recommended, ${base}/base.yaml]\nprotected: {types: aws_vpc}`;
    expect(short(await underConfig(config, { ...CROWD, "aws_instance.a": "delete" }))).toContain(
      "error protected-by-policy",
    );
  });
});

describe("an ephemeral environment", () => {
  const PREVIEW = "environments: {preview: {ephemeral: true, match: {tags: {Environment: preview}}}}";
  const all = (count: number, environment: string): Objects =>
    many(count, "aws_db_instance", { fate: "delete", values: { tags: { Environment: environment } } });

  test("ends as a whole with a note", async () => {
    const report = await underConfig(PREVIEW, all(30, "preview"), { actor: "agent" });
    expect(short(report)).toEqual(["pass", "note ephemeral-environment"]);
    expect(report.findings[0]?.message).toBe("30 objects end in preview, which comes and goes");
    expect(short(await underConfig(PREVIEW, { ...CROWD, "aws_vpc.a": "update" }))).toEqual(["pass"]);
  });

  test("frees nothing else that ends in the plan", async () => {
    const mixed = { ...all(30, "preview"), "aws_db_instance.other": "delete" as const };
    expect((await underConfig(PREVIEW, mixed, { actor: "agent" })).verdict).toBe("review");
  });

  test("is not made by a tag of the change's own", async () => {
    const content = plan(
      [...Array(8).keys()].map((key) =>
        change(`aws_db_instance.n${key}`, ["delete", "create"], {
          change: { before: { tags: {} }, after: { tags: { Environment: "preview" } }, replace_paths: [["engine"]] },
        }),
      ),
    );
    const path = `${folderWith({ "firebreak.yaml": PREVIEW })}/firebreak.yaml`;
    const report = await judged(content, { config: path, actor: "agent", environment: "preview" });
    expect([report.plans[0]?.environment, report.verdict === "pass"]).toEqual(["preview", false]);
  });

  test("gives way to a lasting one that claims a part, even when it is named", async () => {
    const objects = { ...all(30, "preview"), ...tagged("update", { Environment: "prod" }) };
    const report = await underConfig(PREVIEW, objects, { actor: "agent", environment: "preview" });
    expect(report.verdict).toBe("review");
  });

  test("is told by a workspace as well, and keeps what is protected", async () => {
    const config =
      "environments: {preview: {ephemeral: true, match: {workspace: 'pr-*'}}}\nprotected: {addresses: [aws_vpc.shared]}";
    const objects = many(30, "aws_db_instance", "delete");
    expect(short(await underConfig(config, objects, { workspace: "pr-7" }))).toEqual([
      "pass",
      "note ephemeral-environment",
    ]);
    const shared = await underConfig(config, { ...objects, "aws_vpc.shared": "delete" }, { workspace: "pr-7" });
    expect(short(shared)).toEqual(["review", "error protected-by-policy", "note ephemeral-environment"]);
    expect((await underConfig(config, objects, { workspace: "production" })).verdict).not.toBe("pass");
  });

  test("adds nothing to the sum over several plans", async () => {
    const config =
      "environments: {preview: {ephemeral: true, match: {path: 'preview/*'}}}\nlimits: {agent: {ended: 5}}";
    const path = `${folderWith({ "firebreak.yaml": config })}/firebreak.yaml`;
    const bytes = (count: number) =>
      Buffer.from(smallPlan({ objects: { ...CROWD, ...many(count, "aws_security_group", "replace") } }));
    const inputs = [
      { input: "preview/plan.json", bytes: bytes(4) },
      { input: "prod/plan.json", bytes: bytes(4) },
    ];
    const { verdict } = await check(inputs, { config: path, actor: "agent" });
    expect(verdict).toBe("pass");
    const lasting = await check([{ ...inputs[0], input: "a/plan.json" }, inputs[1]] as typeof inputs, {
      config: path,
      actor: "agent",
    });
    expect(lasting.verdict).toBe("review");
  });
});

describe("a freeze", () => {
  const one: Objects = { ...CROWD, "aws_security_group.a": "delete" };
  const at = (time: string, config: string, objects = one, options: CheckOptions = {}) =>
    underConfig(`freezes: [${config}]`, objects, { now: new Date(time), ...options });

  const YEAR_END = "{name: year end, from: 2026-12-20T00:00:00+01:00, to: 2027-01-03T00:00:00+01:00}";
  const EVENING = "{name: Friday evening, days: [fri], hours: 16:00-24:00, timeZone: Europe/Berlin}";
  // 2026-07-03 and 2026-12-04 are Fridays; Berlin is two hours ahead of UTC in summer and one in winter.
  test.each<[string, string, boolean]>([
    ["2026-12-19T22:59:59Z", YEAR_END, false],
    ["2026-12-19T23:00:00Z", YEAR_END, true],
    ["2027-01-02T22:59:59Z", YEAR_END, true],
    ["2027-01-02T23:00:00Z", YEAR_END, false],
    ["2026-07-03T13:59:00Z", EVENING, false],
    ["2026-07-03T14:00:00Z", EVENING, true],
    ["2026-12-04T14:59:00Z", EVENING, false],
    ["2026-12-04T15:00:00Z", EVENING, true],
    ["2026-12-04T22:59:00Z", EVENING, true],
    ["2026-12-04T23:00:00Z", EVENING, false],
    ["2026-12-05T15:00:00Z", EVENING, false],
  ])("at %s: %s: %s", async (time, config, frozen) => {
    expect(short(await at(time, config))).toEqual(frozen ? ["review", "error change-freeze"] : ["pass"]);
  });

  test("holds for what ends, or for every change, and where it says", async () => {
    const NOW = "2026-12-24T00:00:00Z";
    const update: Objects = { ...CROWD, "aws_security_group.a": "update" };
    const all = YEAR_END.replace("}", ", changes: all}");
    expect(short(await at(NOW, YEAR_END, update))).toEqual(["pass"]);
    expect(short(await at(NOW, all, update))).toEqual(["review", "error change-freeze"]);
    expect(short(await at(NOW, all, CROWD))).toEqual(["pass"]);
    const inProd = YEAR_END.replace("}", ", environments: production}");
    expect(short(await at(NOW, inProd))).toEqual(["pass"]);
    expect(short(await at(NOW, inProd, one, { environment: "production" }))).toEqual(["review", "error change-freeze"]);
    const { findings } = await at(NOW, YEAR_END);
    expect(findings[0]?.message).toBe("nothing is to end until 2027-01-03T00:00:00+01:00: year end");
  });
});

describe("the mode of an environment", () => {
  const many8 = many(8, "aws_security_group", "replace");
  const inMode = (config: string, options: CheckOptions = {}) =>
    underConfig(config, { ...CROWD, ...many8 }, { actor: "agent", environment: "dev", ...options });

  test("observes there alone", async () => {
    const config = "environments: {dev: {mode: observe}}";
    const observed = await inMode(config);
    expect([...short(observed), observed.policy.wouldBe]).toEqual(["pass", "warning limit-ended", "review"]);
    expect((await inMode(config, { environment: "production" })).verdict).toBe("review");
  });

  test("enforces there alone", async () => {
    const config = "mode: observe\nenvironments: {production: {mode: enforce}}";
    expect(short(await inMode(config, { environment: "production" }))).toEqual(["review", "error limit-ended"]);
    expect(short(await inMode(config))).toEqual(["pass", "warning limit-ended"]);
  });

  test("keeps what is only observed out of the sum that fails the others", async () => {
    const config = "environments: {dev: {mode: observe, match: {path: 'dev/*'}}}";
    const path = `${folderWith({ "firebreak.yaml": config })}/firebreak.yaml`;
    const bytes = Buffer.from(smallPlan({ objects: { ...CROWD, ...many(4, "aws_security_group", "replace") } }));
    const both = (first: string) =>
      check(
        [
          { input: `${first}/plan.json`, bytes },
          { input: "prod/plan.json", bytes },
        ],
        { config: path, actor: "agent" },
      );
    expect((await both("dev")).verdict).toBe("pass");
    expect((await both("test")).verdict).toBe("review");
  });

  test("lets no observed plan hide what the others come to", async () => {
    const config = "environments: {dev: {mode: observe, match: {path: 'dev/*'}}}";
    const path = `${folderWith({ "firebreak.yaml": config })}/firebreak.yaml`;
    const input = (name: string, count: number) => ({
      input: `${name}/plan.json`,
      bytes: Buffer.from(smallPlan({ objects: { ...CROWD, ...many(count, "aws_security_group", "replace") } })),
    });
    const report = await check([input("dev", 9), input("a", 3), input("b", 3)], { config: path, actor: "agent" });
    expect(report.verdict).toBe("review");
    expect(report.findings.filter(({ input: one }) => one === undefined)).toEqual([
      expect.objectContaining({ ruleId: "limit-ended", actual: 6, level: "error" }),
    ]);
  });

  test("of a plan says nothing of an enforced part of it", async () => {
    const config =
      "mode: observe\nenvironments: {production: {mode: enforce, match: {module: module.prod}, limits: {agent: {ended: 5}}}}";
    const objects = {
      ...CROWD,
      ...many(30, "module.prod.aws_iam_policy", "keep"),
      ...many(8, "module.prod.aws_security_group", "replace"),
    };
    const report = await underConfig(config, objects, { actor: "agent" });
    expect([report.verdict, report.findings.map(({ environment, level }) => [environment, level])]).toEqual([
      "review",
      expect.arrayContaining([["production", "error"]]),
    ]);
  });

  test("holds in merged reports too, as does what is ephemeral", async () => {
    const config = `environments:
  dev: {mode: observe, match: {path: 'dev/*'}}
  preview: {ephemeral: true, match: {path: 'preview/*'}}`;
    const path = `${folderWith({ "firebreak.yaml": config })}/firebreak.yaml`;
    const one = async (name: string) => {
      const objects = {
        ...CROWD,
        ...many(4, "aws_security_group", "replace"),
        [`aws_sqs_queue.${name}`]: "keep" as const,
      };
      const input = { input: `${name}/plan.json`, bytes: Buffer.from(smallPlan({ objects })) };
      return { name, report: await check([input], { config: path, actor: "agent" }) };
    };
    const merged = async (...names: string[]) => mergeReports(await Promise.all(names.map(one)), "0.0.0");
    expect((await merged("a", "b")).verdict).toBe("review");
    expect((await merged("a", "preview")).verdict).toBe("pass");
    expect((await merged("a", "dev")).verdict).toBe("pass");
    expect((await merged("a", "b", "dev", "preview")).verdict).toBe("review");
  });
});
