/** Waivers: what they cover, until when, and what nobody can waive. */

import { describe, expect, test } from "vitest";
import { check, type Report } from "../../src/index.ts";
import { render } from "../../src/report/index.ts";
import { judged } from "../support/judge.ts";
import { many, type SmallPlan, smallPlan } from "../support/small-plan.ts";
import { folderWith } from "../support/world.ts";

/** Judged on 2026-01-31 as an agent's. */
function underConfig(config: string, objects: SmallPlan["objects"], sections = {}): Promise<Report> {
  const path = `${folderWith({ "firebreak.yaml": config })}/firebreak.yaml`;
  return judged(smallPlan({ objects, sections }), { config: path, actor: "agent" });
}

const waiver = (fields: string, expires = "2026-03-01T00:00:00Z"): string =>
  `  - {${fields}, reason: "moves to the new account", owner: "@platform", expires: ${expires}}\n`;

const short = ({ verdict, findings }: Report) => [
  verdict,
  ...findings.map(({ ruleId, level, waiver: by }) => `${level} ${ruleId}${by === null ? "" : " waived"}`),
];

const CROWD = many(100, "aws_iam_policy", "keep");
const FAMILY = { ...CROWD, ...many(4, "aws_subnet", "delete") };
const REMOVED = "rule: environment-removed, address: aws_subnet.n*";
/** A rule that speaks of one address for each object. */
const STORAGE: SmallPlan["objects"] = {
  ...CROWD,
  "aws_s3_bucket.state": { fate: "delete", values: { bucket: "company-terraform-state" } },
};

describe("a waiver for an address", () => {
  const GONE = {
    ...CROWD,
    ...Object.fromEntries([0, 1, 2].map((key) => [`aws_vpc.main["${key}"]`, "delete" as const])),
  };

  test("lifts what its rule says of matching addresses, and nothing else", async () => {
    const without = await underConfig("", GONE);
    expect(short(without)).toEqual(["review", "error environment-removed"]);
    const lifted = await underConfig(`waivers:\n${waiver("rule: environment-removed, address: aws_vpc.*")}`, GONE);
    expect(short(lifted)).toEqual(["pass", "error environment-removed waived"]);
    const elsewhere = await underConfig(
      `waivers:\n${waiver("rule: environment-removed, address: aws_subnet.*")}`,
      GONE,
    );
    expect(short(elsewhere)).toEqual(short(without));
    const otherRule = await underConfig(`waivers:\n${waiver("rule: environment-recreated, address: aws_vpc.*")}`, GONE);
    expect(short(otherRule)).toEqual(short(without));
  });

  test("is told with the finding in every format", async () => {
    const report = await underConfig(`waivers:\n${waiver("rule: environment-removed, address: aws_vpc.*")}`, GONE);
    expect(report.findings[0]?.waiver).toEqual({
      reason: "moves to the new account",
      owner: "@platform",
      expires: "2026-03-01T00:00:00Z",
    });
    const text = await render(report, "pretty", { color: false, width: undefined, verbosity: "normal" });
    expect(text).toContain("~ aws_vpc.main: all 3 objects of this family are deleted [environment-removed]");
    expect(text).toContain("waived by @platform until 2026-03-01T00:00:00Z: moves to the new account");
  });
});

describe("a waiver for a fingerprint", () => {
  const SIX = { ...CROWD, ...many(6, "aws_security_group", "replace") };
  const limit = async (objects: SmallPlan["objects"]) =>
    waiver(`rule: limit-ended, fingerprint: ${(await underConfig("", objects)).plans[0]?.fingerprint}`);

  test("lifts a limit for exactly this destruction", async () => {
    expect(short(await underConfig("", SIX))).toEqual(["review", "error limit-ended"]);
    const config = `waivers:\n${await limit(SIX)}`;
    expect(short(await underConfig(config, SIX))).toEqual(["pass", "error limit-ended waived"]);
    const seven = { ...CROWD, ...many(7, "aws_security_group", "replace") };
    expect(short(await underConfig(config, seven))).toEqual(["review", "error limit-ended"]);
  });

  test("lifts no number that cannot be known", async () => {
    const sections = { prior_state: undefined };
    const before = await underConfig("", SIX, sections);
    const config = `waivers:\n${waiver(`rule: limit-affected, fingerprint: ${before.plans[0]?.fingerprint}`)}`;
    expect(short(before)).toContain("error limit-affected");
    expect(short(await underConfig(config, SIX, sections))).toEqual(short(before));
  });
});

describe("a waiver beside other plans", () => {
  const input = (name: string, count: number) => ({
    input: `${name}.json`,
    bytes: Buffer.from(smallPlan({ objects: { ...CROWD, ...many(count, "aws_security_group", "replace") } })),
  });
  const together = (config: string) => {
    const options = { config: `${folderWith({ "firebreak.yaml": config })}/firebreak.yaml`, actor: "agent" };
    return check([input("a", 6), input("b", 4)], { ...options, now: new Date("2026-01-31T12:00:00Z") });
  };

  test("hides nothing that they come to together; that takes a waiver for each", async () => {
    const { plans } = await together("");
    const [six, four] = plans.map(({ fingerprint }) => waiver(`rule: limit-ended, fingerprint: ${fingerprint}`));
    const one = await together(`waivers:\n${six}`);
    expect(short(one)).toEqual(["review", "error limit-ended", "error limit-ended waived"]);
    expect(one.findings[0]).toMatchObject({ actual: 10 });
    const both = await together(`waivers:\n${six}${four}`);
    expect(short(both)).toEqual(["pass", "error limit-ended waived", "error limit-ended waived"]);
  });
});

describe("the time of a waiver", () => {
  test.each<[string, string, string[]]>([
    ["before its end", "2026-01-31T12:00:01Z", ["pass", "error state-storage-ends waived"]],
    ["at its end", "2026-01-31T12:00:00Z", ["review", "error state-storage-ends", "warning expired-waiver"]],
    ["in another zone", "2026-01-31T12:30:00+01:00", ["review", "error state-storage-ends", "warning expired-waiver"]],
    ["as far ahead as may be", "2026-05-01T12:00:00Z", ["pass", "error state-storage-ends waived"]],
    ["further ahead", "2026-05-01T12:00:01Z", ["review", "error state-storage-ends", "warning overlong-waiver"]],
  ])("%s", async (_, expires, expected) => {
    const config = `limits: {agent: {dataLoss: 1}}\nwaivers:\n${waiver("rule: state-storage-ends, address: aws_s3_bucket.*", expires)}`;
    expect(short(await underConfig(config, STORAGE))).toEqual(expected);
  });

  test("an ended one is told with rule, owner and day, even where nothing ends", async () => {
    const report = await underConfig(`waivers:\n${waiver(REMOVED, "2026-01-01T00:00:00Z")}`, CROWD);
    expect([report.verdict, report.findings.map(({ message }) => message)]).toEqual([
      "pass",
      [
        "the waiver of environment-removed for aws_subnet.n* by @platform ended at 2026-01-01T00:00:00Z and no longer counts",
      ],
    ]);
  });

  test("the length is the policy's", async () => {
    const config = `waiverDays: 7\nwaivers:\n${waiver(REMOVED)}`;
    expect(short(await underConfig(config, FAMILY))).toContain("warning overlong-waiver");
  });
});

test("of all layers waivers count", async () => {
  const base = folderWith({ "base.yaml": `waivers:\n${waiver("rule: state-storage-ends, address: aws_s3_bucket.*")}` });
  const config = `extends: [recommended, ${base}/base.yaml]\nlimits: {agent: {dataLoss: 1}}\nwaivers:\n${waiver(REMOVED)}`;
  expect(short(await underConfig(config, STORAGE))).toEqual(["pass", "error state-storage-ends waived"]);
});

test("nothing waives what could not be decided", async () => {
  const rules = ["environment-removed", "state-storage-ends", "incomplete-plan", "failing-check", "wrong-world"];
  const config = `waivers:\n${rules.map((rule) => waiver(`rule: ${rule}, address: "*"`)).join("")}`;
  const errored = await underConfig(config, FAMILY, { errored: true });
  expect(errored.verdict).toBe("undecided");
});
