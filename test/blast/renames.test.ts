/** What is a rename and what is none; `test/renames/` asks the real Terraform. */

import { describe, expect, test } from "vitest";
import type { Report, ReportedSuggestion } from "../../src/index.ts";
import { judged, judgedFile } from "../support/judge.ts";
import { change, existing, type Json, plan, stateOf } from "../support/plan.ts";
import { fixture } from "../support/world.ts";

type Expression = { readonly constant_value: unknown } | { readonly references: readonly string[] } | Json;

interface Attributes {
  readonly values: Json;
  readonly unknown?: Json;
  readonly sensitive?: Json;
  readonly expressions?: Readonly<Record<string, Expression>>;
}

interface Renaming {
  readonly deleted: Readonly<Record<string, Attributes>>;
  readonly created: Readonly<Record<string, Attributes>>;
  /** Other entries of the plan. */
  readonly others?: readonly ReturnType<typeof change>[];
  readonly providers?: Json;
  /** Resource blocks that are still declared although nothing is created from them. */
  readonly declared?: readonly string[];
  readonly calls?: Json;
}

function block(address: string, expressions: Attributes["expressions"] = {}): Json {
  const [type = "", name] = address.split(".");
  return { address, mode: "managed", type, name, provider_config_key: type.split("_")[0], expressions };
}

function renaming({ deleted, created, others = [], providers = {}, declared = [], calls }: Renaming): Json {
  const gone = Object.entries(deleted).map(([address, { values, sensitive = {} }]) =>
    change(address, ["delete"], { change: { before: values, after: null, before_sensitive: sensitive } }),
  );
  const made = Object.entries(created).map(([address, { values, unknown = {}, sensitive = {} }]) =>
    change(address, ["create"], { change: { after: values, after_unknown: unknown, after_sensitive: sensitive } }),
  );
  const blocks = Object.entries(created).map(([address, { expressions }]) => block(address, expressions));
  const left = others.map(({ address }) => existing(address));
  return plan([...gone, ...made, ...others], {
    prior_state: stateOf(...Object.keys(deleted).map((address) => existing(address)), ...left),
    configuration: {
      provider_config: providers,
      root_module: {
        resources: [...blocks, ...declared.map((address) => block(address))],
        ...(calls !== undefined && { module_calls: calls }),
      },
    },
  });
}

async function suggested(content: Json, actor = "agent"): Promise<readonly ReportedSuggestion[]> {
  const { plans } = await judged(content, { actor });
  return plans[0]?.suggestions ?? [];
}

const BUCKET = { bucket: "invoices-of-shop", force_destroy: false, tags: null };
const STORED = { ...BUCKET, tags: {}, id: "invoices-of-shop", arn: "arn:aws:s3:::invoices-of-shop" };
const COMPUTED = { id: true, arn: true };
const ROLE: Renaming = {
  deleted: { "aws_s3_bucket.old": { values: STORED } },
  created: { "aws_s3_bucket.new": { values: BUCKET, unknown: COMPUTED } },
};

describe("a rename", () => {
  test("is a delete and a create with equal attributes: computed ones and empty ones aside", async () => {
    expect(await suggested(renaming(ROLE))).toEqual([
      {
        kind: "moved",
        message: "aws_s3_bucket.old to aws_s3_bucket.new is a rename",
        blocks: [{ from: "aws_s3_bucket.old", to: "aws_s3_bucket.new" }],
        text: "moved {\n  from = aws_s3_bucket.old\n  to   = aws_s3_bucket.new\n}\n",
        wouldEnd: { lower: 0, upper: 0 },
        verdict: "pass",
      },
    ]);
  });

  test("changes nothing in the verdict, and is no error for anybody", async () => {
    const rules = async (actor: string): Promise<readonly string[]> =>
      levels(await judged(renaming(ROLE), { actor }), "avoidable-destruction");
    const { verdict, plans } = await judged(renaming(ROLE), { actor: "agent" });
    expect(verdict).toBe("review");
    expect(plans[0]?.totals.dataLoss).toEqual({ lower: 1, upper: 1 });
    expect(await rules("agent")).toEqual(["warning"]);
    expect(await rules("unknown")).toEqual(["warning"]);
    expect(await rules("human")).toEqual(["note"]);
  });

  test("of a whole module is one block, and what waits for it is left alone", async () => {
    const { plans } = await judgedFile(fixture("terraform/rename-module-without-moved/plan.json"));
    expect(plans[0]?.suggestions).toMatchObject([
      { blocks: [{ from: "module.network", to: "module.vpc" }], wouldEnd: { lower: 0, upper: 0 } },
    ]);
  });

  test("with values that wait for another renamed object", async () => {
    const subnet = { cidr_block: "10.0.1.0/24" };
    const vpc = { cidr_block: "10.0.0.0/16" };
    const content = renaming({
      deleted: {
        "aws_subnet.old": { values: { ...subnet, id: "subnet-1111", vpc_id: "vpc-11111" } },
        "aws_vpc.old": { values: { ...vpc, id: "vpc-11111" } },
      },
      created: {
        "aws_subnet.new": {
          values: subnet,
          unknown: { id: true, vpc_id: true },
          expressions: { vpc_id: { references: ["aws_vpc.new.id", "aws_vpc.new"] } },
        },
        "aws_vpc.new": { values: vpc, unknown: { id: true } },
      },
    });
    expect((await suggested(content))[0]?.blocks).toHaveLength(2);
  });

  test("with sensitive values is one only where the name in the module stays, and says so", async () => {
    const secret = { values: { user: "admin", password: "planted" }, sensitive: { password: true } };
    const call = { db: { source: "./db", module: { resources: [block("aws_db_instance.main")] } } };
    const moved = renaming({
      deleted: { "aws_db_instance.main": secret },
      created: { "module.db.aws_db_instance.main": secret },
      calls: call,
    });
    expect(await suggested(moved)).toMatchObject([{ uncompared: ["module.db.aws_db_instance.main"] }]);
    const other = { deleted: { "aws_db_instance.a": secret }, created: { "aws_db_instance.b": secret } };
    expect(await suggested(renaming(other))).toEqual([]);
  });
});

const twice: Renaming = {
  deleted: { ...ROLE.deleted, "aws_s3_bucket.older": { values: STORED } },
  created: { ...ROLE.created, "aws_s3_bucket.newer": { values: BUCKET, unknown: COMPUTED } },
};
const aws = (key: string): Json => ({
  name: "aws",
  full_name: "registry.terraform.io/hashicorp/aws",
  expressions: {},
  ...(key === "aws" ? {} : { alias: key }),
});

/** Nothing is said about these: an agent could otherwise make a destruction look harmless. */
const NO_RENAMES: Readonly<Record<string, Renaming>> = {
  "another value": {
    ...ROLE,
    created: { "aws_s3_bucket.new": { values: { ...BUCKET, bucket: "other" }, unknown: COMPUTED } },
  },
  "a value that is no longer set": {
    ...ROLE,
    created: { "aws_s3_bucket.new": { values: { ...BUCKET, bucket: null }, unknown: COMPUTED } },
  },
  "another type": { ...ROLE, created: { "aws_s3_directory_bucket.new": { values: BUCKET, unknown: COMPUTED } } },
  "two that are alike": twice,
  "one of two that are alike": { ...twice, created: ROLE.created },
  "a create without values": {
    ...ROLE,
    created: { "aws_s3_bucket.new": { values: null as unknown as Json, unknown: true as unknown as Json } },
  },
  "a block that is still declared": { ...ROLE, declared: ["aws_s3_bucket.old"] },
  "more than one place that a provider may reach": { ...ROLE, providers: { aws: aws("aws"), "aws.west": aws("west") } },
  "a value that only apply makes up": {
    ...ROLE,
    created: {
      "aws_s3_bucket.new": {
        values: { force_destroy: false, tags: null },
        unknown: { ...COMPUTED, bucket: true },
        expressions: { bucket: {} },
      },
    },
  },
  "a value behind a local, which nobody can follow": {
    ...ROLE,
    created: {
      "aws_s3_bucket.new": {
        values: { force_destroy: false, tags: null },
        unknown: { ...COMPUTED, bucket: true },
        expressions: { bucket: { references: ["local.name"] } },
      },
    },
  },
  "a value that waits for an object that is really new": {
    deleted: { "aws_subnet.old": { values: { cidr_block: "10.0.1.0/24", id: "subnet-1111", vpc_id: "vpc-11111" } } },
    created: {
      "aws_subnet.new": {
        values: { cidr_block: "10.0.1.0/24" },
        unknown: { id: true, vpc_id: true },
        expressions: { vpc_id: { references: ["aws_vpc.new.id", "aws_vpc.new"] } },
      },
      "aws_vpc.new": { values: { cidr_block: "10.9.0.0/16" }, unknown: { id: true } },
    },
  },
  "an object that goes from one renamed object to another": {
    deleted: {
      "aws_subnet.old": { values: { cidr_block: "10.0.1.0/24", id: "subnet-1111", vpc_id: "vpc-11111" } },
      "aws_vpc.a": { values: { cidr_block: "10.1.0.0/16", id: "vpc-11111" } },
      "aws_vpc.b": { values: { cidr_block: "10.2.0.0/16", id: "vpc-22222" } },
    },
    created: {
      "aws_subnet.new": {
        values: { cidr_block: "10.0.1.0/24" },
        unknown: { id: true, vpc_id: true },
        expressions: { vpc_id: { references: ["aws_vpc.d.id", "aws_vpc.d"] } },
      },
      "aws_vpc.c": { values: { cidr_block: "10.1.0.0/16" }, unknown: { id: true } },
      "aws_vpc.d": { values: { cidr_block: "10.2.0.0/16" }, unknown: { id: true } },
    },
  },
};

test.each(Object.entries(NO_RENAMES))("%s: no rename", async (_, content) => {
  const blocks = (await suggested(renaming(content))).flatMap((one) => one.blocks);
  const about = blocks.filter(({ from }) => !from.startsWith("aws_vpc"));
  expect(about).toEqual([]);
});

test("without the configuration nobody can say what unknown values wait for", async () => {
  const { configuration: _, ...redacted } = renaming(ROLE);
  expect(await suggested(redacted)).toEqual([]);
});

test("count whose indices shift: what is really taken out, and the way to for_each", async () => {
  const { plans } = await judgedFile(fixture("terraform/delete-count-shifts/plan.json"), { actor: "agent" });
  expect(plans[0]?.totals.ended).toEqual({ lower: 3, upper: 3 });
  const [suggestion] = plans[0]?.suggestions ?? [];
  expect(suggestion).toMatchObject({ kind: "for-each", blocks: [], wouldEnd: { lower: 1, upper: 1 } });
  expect(suggestion?.message).toContain("only terraform_data.disk[1] is taken out");
  expect(suggestion?.text.match(/from = \S+/g)).toEqual(
    [0, 2, 3].map((index) => `from = terraform_data.disk[${index}]`),
  );
});

test("a list that only becomes shorter does not shift", async () => {
  const { plans } = await judgedFile(fixture("terraform/delete-count-shrinks/plan.json"));
  expect(plans[0]?.suggestions).toEqual([]);
});

test("a replacement that only an unknown value forces names what it waits for", async () => {
  const { plans } = await judgedFile(fixture("terraform/replace-unknown-only/plan.json"));
  const reasons = Object.fromEntries(
    (plans[0]?.changes ?? []).map(({ address, reasons: own }) => [address, own.join("; ")]),
  );
  expect(reasons["terraform_data.by_id"]).toContain(
    "depends on terraform_data.database.id, which is known only after apply",
  );
  expect(reasons["terraform_data.database"]).not.toContain("known only after apply");
});

function levels({ findings }: Report, rule: string): string[] {
  return findings.filter(({ ruleId }) => ruleId === rule).map(({ level }) => level);
}
