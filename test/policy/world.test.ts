/** Plans that were made in another world than their environment is pinned to, and with a state that knows nothing. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/index.ts";
import { judged } from "../support/judge.ts";
import { change, existing, type Json, plan, stateOf } from "../support/plan.ts";
import { many, smallPlan } from "../support/small-plan.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "firebreak-world-"));
const OWN = "123456789012";
const OTHER = "999999999999";

async function underConfig(environment: string, content: Json | string, options: Json = {}): Promise<Report> {
  const config = join(FOLDER, "firebreak.yaml");
  writeFileSync(config, `environments:\n  production: ${environment}\n`);
  return judged(content, { config, environment: "production", actor: "human", ...options });
}

const rules = ({ findings }: Report) => findings.map(({ ruleId, level }) => `${level} ${ruleId}`);

describe("pinned accounts and regions", () => {
  const PINNED = `{pinned: {accounts: "${OWN}", regions: [eu-central-1]}}`;
  const bucketIn = (account: string, region: string): Json =>
    plan([
      change("aws_sqs_queue.q", ["update"], { change: { before: { arn: `arn:aws:sqs:${region}:${account}:q` } } }),
    ]);

  test.each<[string, Json, string[]]>([
    ["the right ones", bucketIn(OWN, "eu-central-1"), []],
    ["another account", bucketIn(OTHER, "eu-central-1"), ["error wrong-world"]],
    ["another region", bucketIn(OWN, "us-east-1"), ["error wrong-world"]],
    [
      "neither to be seen",
      plan([change("aws_sqs_queue.q", ["update"])]),
      ["warning unverified-world", "warning unverified-world"],
    ],
    ["nothing that happens", plan([change("aws_sqs_queue.q", ["no-op"])]), []],
  ])("%s", async (_, content, expected) => {
    expect(rules(await underConfig(PINNED, content))).toEqual(expected);
  });

  test("a data source and a provider block tell as well", async () => {
    const caller = { ...existing("data.aws_caller_identity.me"), mode: "data", values: { account_id: OTHER } };
    const provider = { provider_config: { aws: { expressions: { region: { constant_value: "us-east-1" } } } } };
    const report = await underConfig(
      PINNED,
      plan([change("aws_sqs_queue.q", ["create"])], {
        prior_state: stateOf(caller),
        configuration: { ...provider, root_module: {} },
      }),
    );
    expect(report.findings.map(({ message }) => message)).toEqual([
      `the plan was made in another account than ${OWN}, as data.aws_caller_identity.me shows`,
      "the plan was made in another region than eu-central-1, as provider aws shows",
    ]);
    expect(JSON.stringify(report)).not.toContain(OTHER);
  });

  test("Azure subscriptions and Google Cloud projects are accounts", async () => {
    const id = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/app";
    const azure = plan([change("azurerm_storage_account.a", ["update"], { change: { before: { id } } })]);
    const google = plan([
      change("google_pubsub_topic.t", ["update"], { change: { before: { project: "acme-prod" } } }),
    ]);
    const pinned = "{pinned: {accounts: [acme-prod]}}";
    expect(rules(await underConfig(pinned, azure))).toEqual(["error wrong-world"]);
    expect(rules(await underConfig(pinned, google))).toEqual([]);
  });
});

test("a pinned workspace", async () => {
  const content = plan([change("aws_sqs_queue.q", ["update"])]);
  const pinned = "{pinned: {workspace: prod}}";
  expect(rules(await underConfig(pinned, content, { workspace: "prod" }))).toEqual([]);
  expect(rules(await underConfig(pinned, content, { workspace: "staging" }))).toEqual(["error wrong-world"]);
  expect(rules(await underConfig(pinned, content))).toEqual(["warning unverified-world"]);
});

describe("a state that knows nothing", () => {
  const fresh = smallPlan({ objects: many(12, "aws_iam_role", "create") });

  test("is a note where everything may be new", async () => {
    expect(rules(await underConfig("{limits: {}}", fresh))).toEqual(["note empty-state"]);
    expect(rules(await judged(fresh, { actor: "agent" }))).toEqual(["note empty-state"]);
  });

  test("fails where the environment is said to exist", async () => {
    const report = await underConfig("{exists: true}", fresh);
    expect([report.verdict, rules(report)]).toEqual(["fail", ["error lost-state"]]);
  });

  test("is none with a few creations, or with enough that exists", async () => {
    const few = smallPlan({ objects: many(9, "aws_iam_role", "create") });
    const grown = smallPlan({ objects: { ...many(12, "aws_iam_role", "create"), ...many(2, "aws_vpc", "keep") } });
    expect(rules(await underConfig("{exists: true}", few))).toEqual([]);
    expect(rules(await underConfig("{exists: true}", grown))).toEqual([]);
  });
});

describe("types of one's own", () => {
  const typed = async (types: string, type: string) => {
    const config = join(FOLDER, "types.yaml");
    writeFileSync(config, `types:\n  ${types}\n`);
    const report = await judged(smallPlan({ objects: { [`${type}.x`]: "delete" } }), { config, actor: "agent" });
    return report.plans[0]?.changes[0];
  };

  test("are counted as the config says", async () => {
    expect(await typed("acme_widget: {holdsData: true, losses: [endpoint]}", "acme_widget")).toMatchObject({
      holdsData: true,
      losses: ["data", "endpoint"],
      judgedBy: "config",
    });
  });

  test("may make a known type more dangerous, and keep what the catalogue says", async () => {
    expect(await typed("aws_lambda_function: {holdsData: true}", "aws_lambda_function")).toMatchObject({
      holdsData: true,
      losses: expect.arrayContaining(["data", "arn"]),
    });
  });

  test("may make it less dangerous only with a reason", async () => {
    const milder = "aws_s3_bucket: {holdsData: false}";
    await expect(typed(milder, "aws_s3_bucket")).rejects.toThrow(
      'types.yaml:2:18: types.aws_s3_bucket needs "reason": holdsData: false makes a type less dangerous',
    );
    const reasoned = 'aws_s3_bucket: {holdsData: false, reason: "caches only, filled from the origin"}';
    expect(await typed(reasoned, "aws_s3_bucket")).toMatchObject({ holdsData: false, counted: true });
    await expect(typed("aws_vpc: {holdsData: false, routine: true}", "aws_vpc")).rejects.toThrow("routine: true");
  });
});
