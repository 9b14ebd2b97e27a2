/** Rules of a config: by matching and in CEL, what they find, and what they never tell. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type CheckOptions, FORMATS, type Report, render } from "../../src/index.ts";
import { loadPolicy } from "../../src/policy/index.ts";
import { judged } from "../support/judge.ts";
import { change, existing, type Json, plan, stateOf } from "../support/plan.ts";
import { many, type SmallPlan, smallPlan } from "../support/small-plan.ts";
import { fixture, folderWith } from "../support/world.ts";

type Objects = SmallPlan["objects"];

/** The findings of one rule, called `own`, on a plan of a human's. */
async function found(
  rule: string,
  content: Objects | Json | string,
  options: CheckOptions = {},
): Promise<Report["findings"]> {
  const config = `extends: []\ncustom:\n  own: {description: "what the test looks for", ${rule}}\n`;
  const path = `${folderWith({ "firebreak.yaml": config })}/firebreak.yaml`;
  const text =
    typeof content === "string" || "format_version" in content ? content : smallPlan({ objects: content as Objects });
  const { findings } = await judged(text, { config: path, actor: "human", ...options });
  return findings.filter(({ ruleId }) => ruleId === "custom/own");
}

const addresses = (findings: Report["findings"]) => findings.map(({ address }) => address);

const PLAN: Objects = {
  "aws_s3_bucket.logs": {
    fate: "update",
    values: { acl: "public-read", tags: { Team: "a" }, versioning: [{ enabled: false }] },
  },
  "aws_s3_bucket.data": {
    fate: "delete",
    values: { acl: "private", tags: { Team: "b" }, versioning: [{ enabled: true }] },
  },
  "module.net.aws_vpc.main": "replace",
  "aws_instance.new": { fate: "create", values: { count: 3, acl: "public-read-write" } },
  "aws_instance.user": { fate: "keep", dependsOn: ["module.net.aws_vpc.main"] },
};
const LOGS = "aws_s3_bucket.logs";
const DATA = "aws_s3_bucket.data";
const VPC = "module.net.aws_vpc.main";
const NEW = "aws_instance.new";

describe("matching", () => {
  test.each<[string, string[]]>([
    ["match: {actions: delete}", [DATA]],
    ["match: {actions: [delete, replace]}", [DATA, VPC]],
    ["match: {types: aws_s3_*}", [DATA, LOGS]],
    ["match: {addresses: module.net.*}", [VPC]],
    ["match: {tags: {Team: [a, c]}}", [LOGS]],
    ["match: {after: {acl: public-*}}", [NEW, LOGS]],
    ["match: {after: {acl: public-*}, actions: update}", [LOGS]],
    ["match: {before: {versioning.0.enabled: true}}", [DATA]],
    ["match: {before: {'versioning.*.enabled': false}}", [LOGS]],
    ["match: {after: {count: 3}}", [NEW]],
    ["match: {after: {count: [4, 5]}}", []],
    ["match: {types: aws_s3_*, after: {acl: null}}", [DATA]],
    ["match: {losses: data}", [DATA]],
    ["match: {radius: 1}", [VPC]],
    ["match: {radius: 2}", []],
    ["match: {actors: human, actions: delete}", [DATA]],
    ["match: {actors: agent}", []],
    ["match: {environments: production, actions: delete}", []],
  ])("%s", async (rule, expected) => {
    expect(addresses(await found(rule, PLAN))).toEqual(expected);
  });

  test("an environment is the one that the plan goes to", async () => {
    const rule = "match: {environments: production, actions: delete}";
    expect(addresses(await found(rule, PLAN, { environment: "production" }))).toEqual([DATA]);
  });

  test("atMost counts, and one finding says how many there are", async () => {
    const rule = "match: {actions: delete}, atMost: 2, remedy: Take fewer.";
    expect(await found(rule, many(2, "aws_instance", "delete"))).toEqual([]);
    expect(await found(rule, many(3, "aws_instance", "delete"))).toEqual([
      expect.objectContaining({
        level: "error",
        limit: 2,
        actual: 3,
        message: "what the test looks for: 3, where 2 are allowed",
        remediation: "Take fewer.",
      }),
    ]);
  });

  test("levels are those of built-in rules, and a waiver can name it", async () => {
    const rule = "match: {actions: delete}, level: {human: {level: error, signatures: 2}, agent: note}";
    expect(await found(rule, PLAN)).toEqual([expect.objectContaining({ level: "error", signatures: 2 })]);
    expect(await found(rule, PLAN, { actor: "agent" })).toEqual([expect.objectContaining({ level: "note" })]);
    expect(await found("match: {actions: delete}, level: off", PLAN)).toEqual([]);
    const waiver =
      "rule: custom/own, address: aws_s3_bucket.data, reason: will be mended, owner: us, expires: 2026-03-01T00:00:00Z";
    const waived = await found(`match: {actions: delete}}\nwaivers:\n  - {${waiver}`, PLAN);
    expect(waived).toEqual([expect.objectContaining({ waiver: expect.objectContaining({ owner: "us" }) })]);
  });
});

describe("what the plan does not show", () => {
  const hidden = plan([
    change("aws_instance.secret", ["update"], {
      change: { before: { acl: "a" }, after: { acl: "b" }, before_sensitive: {}, after_sensitive: { acl: true } },
    }),
    change("aws_instance.unknown", ["update"], {
      change: { before: { acl: "a" }, after: {}, after_unknown: { acl: true } },
    }),
  ]);
  const BOTH = ["aws_instance.secret", "aws_instance.unknown"];
  const EXPRESSION = `expression: 'has(change.after.acl) && change.after.acl == "x"'`;

  test.each<[string, string, string[]]>([
    ["match: {after: {acl: x}}", "agent", BOTH],
    ["match: {after: {acl: x}}", "human", []],
    [EXPRESSION, "agent", BOTH],
    [EXPRESSION, "human", BOTH],
  ])("%s for %s", async (rule, actor, expected) => {
    const bounds = "extends: []\nlimits: {human: {bound: lower}}\n";
    const config = `${bounds}custom:\n  own: {description: "what the test looks for", ${rule}}\n`;
    const path = `${folderWith({ "firebreak.yaml": config })}/firebreak.yaml`;
    const { findings } = await judged(hidden, { config: path, actor });
    expect(addresses(findings)).toEqual(expected);
  });

  test("an ending that is not sure is an update to whoever is held to the lower bound", async () => {
    const config =
      'limits: {human: {bound: lower}}\ncustom: {own: {description: "what the test looks for", match: {actions: replace}}}';
    const path = `${folderWith({ "firebreak.yaml": config })}/firebreak.yaml`;
    const maybe = smallPlan({ objects: { ...many(50, "aws_vpc", "keep"), "aws_instance.a": "maybe" } });
    const rules = async (actor: string) =>
      (await judged(maybe, { config: path, actor })).findings.map(({ ruleId }) => ruleId);
    expect(await rules("human")).not.toContain("custom/own");
    expect(await rules("agent")).toContain("custom/own");
  });
});

describe("expressions", () => {
  test.each<[string, string[]]>([
    ['change.type == "aws_vpc"', [VPC]],
    ['change.address.startsWith("module.") && change.action == "replace"', [VPC]],
    ['change.losses.exists(l, l == "data")', [DATA]],
    ["change.radius >= 1", [VPC]],
    ["has(change.after.count) && change.after.count == 3", [NEW]],
    ["change.before != null && has(change.before.versioning) && change.before.versioning.all(v, v.enabled)", [DATA]],
    ['actor == "human" && environment == "" && change.ends', [DATA, VPC]],
    ["false", []],
  ])("%s", async (expression, expected) => {
    expect(addresses(await found(`expression: ${JSON.stringify(expression)}`, PLAN))).toEqual(expected);
  });

  test("go together with a match", async () => {
    expect(
      addresses(await found(`match: {actions: update}, expression: 'change.type == "aws_s3_bucket"'`, PLAN)),
    ).toEqual([LOGS]);
  });

  test("count where they cannot be evaluated, and say so", async () => {
    const findings = await found("match: {types: aws_vpc}, expression: change.after.nothing.here == 1", PLAN);
    expect(findings.map(({ message }) => message)).toEqual([
      `${VPC}: what the test looks for (the rule could not be evaluated here, so it counts)`,
    ]);
  });

  test.each<[string, RegExp]>([
    ["change.adress == 'x'", /No such key: adress/],
    ["chnage.type == 'x'", /Unknown variable: chnage/],
    ["change.type", /says true or false, and this one is a string/],
    ["change.type ==", /no expression that can be used/],
    ["change.type == 3", /no expression that can be used/],
    ["change.address.matches('(a+)+$')", /matches\(\) is not offered/],
    ["change.losses.all(a, change.losses.all(b, change.losses.all(c, true)))", /at most 2 deep/],
    [`${"true && ".repeat(600)}true`, /no expression that can be used/],
  ])("are checked when the config is read: %.60s", async (expression, sentence) => {
    const config = `custom:\n  own:\n    description: what the test looks for\n    expression: ${JSON.stringify(expression)}\n`;
    const error = await loadPolicy({
      config: { name: "f.yaml", text: config },
      rulesets: [],
      readFile: () => Promise.reject(new Error("no file is named")),
    }).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code: "bad-config", message: expect.stringMatching(sentence) });
    expect((error as Error).message).toMatch(/^f\.yaml:4:17: /);
  });

  test("reach nothing of the machine", async () => {
    for (const expression of [
      "process.env",
      "globalThis",
      "this",
      "require('fs')",
      "change.constructor",
      "change.__proto__",
    ])
      await expect(found(`expression: ${JSON.stringify(`dyn(${expression}) != null`)}`, PLAN)).rejects.toMatchObject({
        code: "bad-config",
      });
  });
});

describe("an expression that imitates a built-in rule", () => {
  const fixtures = readdirSync(fixture("terraform"))
    .filter((name) => existsSync(fixture("terraform", name, "plan.json")))
    .map((name) => [name, readFileSync(fixture("terraform", name, "plan.json"), "utf8")] as const);
  const importing = plan(
    [
      change("aws_db_instance.a", ["delete", "create"], {
        change: { importing: { id: "a" }, replace_paths: [["engine"]] },
      }),
      change("aws_db_instance.b", ["update"], { change: { importing: { id: "b" } } }),
      change("aws_db_instance.c", ["delete"]),
    ],
    {
      prior_state: stateOf(existing("aws_db_instance.a"), existing("aws_db_instance.b"), existing("aws_db_instance.c")),
    },
  );
  const IMPORTED = "importing && change.ends";

  test.each([...fixtures, ["importing", JSON.stringify(importing)] as const])("%s", async (_, content) => {
    const config = `rules: {imported-object-ends: error}\ncustom: {own: {description: "what the test looks for", expression: change.${IMPORTED}}}`;
    const path = `${folderWith({ "firebreak.yaml": config })}/firebreak.yaml`;
    const report = await judged(content, { config: path, actor: "agent" }).catch(() => undefined);
    const of = (rule: string) => report?.findings.filter(({ ruleId }) => ruleId === rule).map(({ address }) => address);
    expect(of("custom/own")).toEqual(of("imported-object-ends"));
  });

  test("is tried on a plan in which the rule finds something", async () => {
    expect(addresses(await found(`expression: change.${IMPORTED}`, importing))).toEqual(["aws_db_instance.a"]);
  });
});

test("no format tells a value of the plan, whatever a rule asks for", async () => {
  const secret = "do-not-tell-4711";
  const content = smallPlan({
    objects: { "aws_instance.a": { fate: "update", values: { password: secret, list: [secret] } } },
  });
  const rules = `a: {description: "asks for a value", match: {after: {password: "*"}}}
  b: {description: "asks for a value", expression: 'change.after.password - 1 == 3'}
  c: {description: "asks for a value", expression: 'change.after.list[int(change.after.password)] == "x"'}`;
  const path = `${folderWith({ "firebreak.yaml": `custom:\n  ${rules}\n` })}/firebreak.yaml`;
  const report = await judged(content, { config: path });
  expect(report.findings.filter(({ ruleId }) => ruleId.startsWith("custom/"))).toHaveLength(3);
  for (const format of FORMATS)
    expect(await render(report, format, { color: false, width: undefined, verbosity: "verbose" })).not.toContain(
      secret,
    );
});
