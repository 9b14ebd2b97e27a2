/** What ending one object comes to: its fate under the attributes that guard it, the way back, the gap, what survivors miss. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ReportedChange } from "../../src/index.ts";
import { judged, judgedPlan } from "../support/judge.ts";
import { change, existing, type Json, plan, stateOf } from "../support/plan.ts";

const DELETE_FIRST = ["delete", "create"];
const CREATE_FIRST = ["create", "delete"];

async function judgedChange(
  address: string,
  actions: readonly string[],
  before: Json,
  after = before,
): Promise<ReportedChange> {
  const values = { before, after: actions.length === 1 ? null : after };
  const { changes } = await judgedPlan(plan([change(address, actions, { change: values })]));
  return changes[0] as ReportedChange;
}

describe("the fate of the object", () => {
  const database = { id: "orders", deletion_protection: false };
  // Arguments of the AWS, Google and GitHub providers, with what their documentation says of them.
  test.each<[string, string, Json, string, string]>([
    [
      "a final snapshot with a name",
      "aws_db_instance.x",
      { ...database, skip_final_snapshot: false, final_snapshot_identifier: "last" },
      "snapshotted",
      "backup",
    ],
    [
      "no final snapshot",
      "aws_db_instance.x",
      { ...database, skip_final_snapshot: true, final_snapshot_identifier: "last" },
      "destroyed",
      "irreversible",
    ],
    [
      "a snapshot without a name",
      "aws_db_instance.x",
      { ...database, skip_final_snapshot: null, final_snapshot_identifier: null },
      "destroyed",
      "irreversible",
    ],
    ["nothing said about snapshots", "aws_db_instance.x", database, "destroyed", "irreversible"],
    [
      "a database that is abandoned",
      "google_sql_database.x",
      { deletion_policy: "ABANDON" },
      "retained",
      "irreversible",
    ],
    ["a database that is not", "google_sql_database.x", { deletion_policy: "DELETE" }, "destroyed", "irreversible"],
    ["a repository that is archived", "github_repository.x", { archive_on_destroy: true }, "retained", "irreversible"],
    ["a type that nobody knows", "acme_database.x", { deletion_policy: "ABANDON" }, "destroyed", "unknown"],
  ])("%s", async (_, address, before, fate, undo) => {
    expect(await judgedChange(address, ["delete"], before)).toMatchObject({ fate, undo });
  });

  test("a last copy counts as lost above and not below; what stays counts in neither", async () => {
    const snapshot = { skip_final_snapshot: false, final_snapshot_identifier: "last" };
    const of = async (address: string, before: Json) =>
      (await judgedPlan(plan([change(address, ["delete"], { change: { before, after: null } })]))).totals.dataLoss;
    expect(await of("aws_db_instance.x", snapshot)).toEqual({ lower: 0, upper: 1 });
    expect(await of("google_sql_database.x", { deletion_policy: "ABANDON" })).toEqual({ lower: 0, upper: 0 });
  });

  test("a sensitive guard protects nobody", async () => {
    const values = { before: { deletion_policy: "ABANDON" }, after: null, before_sensitive: { deletion_policy: true } };
    const { changes } = await judgedPlan(plan([change("google_sql_database.x", ["delete"], { change: values })]));
    expect(changes[0]).toMatchObject({ fate: "destroyed" });
    expect(changes[0]?.guards).toContainEqual(
      expect.objectContaining({ attribute: "deletion_policy", state: "unknown" }),
    );
  });
});

test.each([true, false])("prevent_destroy: %j stands in the source, and changes nothing else", async (prevent) => {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-loss-"));
  writeFileSync(
    join(folder, "main.tf"),
    `resource "aws_s3_bucket" "b" {\n  lifecycle {\n    prevent_destroy = ${prevent}\n  }\n}\n`,
  );
  const block = { address: "aws_s3_bucket.b", mode: "managed", type: "aws_s3_bucket", name: "b" };
  const content = plan([change("aws_s3_bucket.b", ["delete", "create"])], {
    configuration: { root_module: { resources: [block] } },
  });
  const [bare, sourced] = [await judged(content), await judged(content, { source: folder })];
  const guards = ({ plans }: typeof bare) =>
    plans[0]?.changes[0]?.guards?.map(({ attribute, state }) => [attribute, state]);
  expect(guards(sourced)).toEqual([...(guards(bare) ?? []), ["lifecycle.prevent_destroy", prevent ? "on" : "off"]]);
  expect(sourced.verdict).toBe(bare.verdict);
  expect(sourced.plans[0]?.totals).toEqual(bare.plans[0]?.totals);
});

describe("the gap", () => {
  test.each<[string, readonly string[], string]>([
    ["aws_db_instance.x", DELETE_FIRST, "until-restored"],
    // The new database is there first, and empty.
    ["aws_db_instance.x", CREATE_FIRST, "until-restored"],
    ["aws_lb.x", DELETE_FIRST, "brief"],
    ["aws_lb.x", CREATE_FIRST, "none"],
    ["aws_lb.x", ["delete"], "until-restored"],
    ["null_resource.x", DELETE_FIRST, "none"],
  ])("%s, %j: %s", async (address, actions, downtime) => {
    expect(await judgedChange(address, actions, { id: "x" })).toMatchObject({ downtime });
  });

  test("a deposed object leaves none", async () => {
    const { changes } = await judgedPlan(plan([change("aws_lb.x", ["delete"], { deposed: "0a1b2c3d" })]));
    expect(changes[0]).toMatchObject({ deposed: "0a1b2c3d", downtime: "none" });
  });
});

describe("rules beside the counts", () => {
  const rules = async (
    changes: Parameters<typeof plan>[0],
    sections: Json = {},
    actor = "agent",
  ): Promise<string[]> => {
    const { findings } = await judged(plan(changes, sections), { actor });
    return findings
      .filter(({ ruleId }) => !ruleId.startsWith("limit-"))
      .map(({ ruleId, address }) => `${ruleId} ${address}`);
  };
  const ending = (address: string, actions: readonly string[], before: Json, after: Json = before) =>
    change(address, actions, { change: { before, after: actions.length === 1 ? null : after } });

  test("a database that is still protected stops the apply", async () => {
    const on = ending("aws_db_instance.x", ["delete"], { deletion_protection: true });
    expect(await rules([on])).toEqual(["protected-object-ends aws_db_instance.x"]);
    expect(await rules([ending("aws_db_instance.x", ["delete"], { deletion_protection: false })])).toEqual([]);
  });

  test("the AWS provider wants a name for the snapshot that it is to take", async () => {
    const nameless = { skip_final_snapshot: false, final_snapshot_identifier: null };
    expect(await rules([ending("aws_db_instance.x", ["delete"], nameless)])).toEqual([
      "protected-object-ends aws_db_instance.x",
    ]);
  });

  test("two objects of one name cannot exist together", async () => {
    const same = ending("aws_iam_role.x", CREATE_FIRST, { name: "app" });
    const other = ending("aws_iam_role.x", CREATE_FIRST, { name: "app" }, { name: "app-2" });
    const first = ending("aws_iam_role.x", DELETE_FIRST, { name: "app" });
    expect(await rules([same])).toEqual(["create-first-collides aws_iam_role.x"]);
    expect(await rules([other])).toEqual([]);
    expect(await rules([first])).toEqual([]);
  });

  test("a key goes, and what it encrypts stays", async () => {
    const key = ending("aws_kms_key.x", ["delete"], { id: "k" });
    const using = stateOf(existing("aws_kms_key.x"), existing("aws_s3_bucket.b", ["aws_kms_key.x"]));
    const update = change("aws_s3_bucket.b", ["update"]);
    expect(await rules([key, update], { prior_state: using })).toEqual(["key-of-survivors-ends aws_kms_key.x"]);
    const both = [key, change("aws_s3_bucket.b", ["delete"])];
    expect(await rules(both, { prior_state: using })).toEqual([]);
  });

  test("a replica goes with its database", async () => {
    const state = stateOf(existing("aws_db_instance.a"), existing("aws_db_instance.b", ["aws_db_instance.a"]));
    const both = [ending("aws_db_instance.a", ["delete"], {}), ending("aws_db_instance.b", ["delete"], {})];
    expect(await rules(both, { prior_state: state })).toEqual(["backup-ends-too aws_db_instance.a"]);
    const one = [ending("aws_db_instance.a", ["delete"], {}), change("aws_db_instance.b", ["update"])];
    expect(await rules(one, { prior_state: state })).toEqual([]);
  });

  test.each<[string, boolean]>([
    ["acme-terraform-state", true],
    ["acme-tfstate-prod", true],
    ["tf-state", true],
    ["state-of-the-art", false],
    ["estate-photos", false],
    ["platform-statements", false],
  ])("a bucket called %s holds Terraform's state: %j", async (bucket, isState) => {
    const found = await rules([ending("aws_s3_bucket.b", ["delete"], { bucket })], {}, "human");
    expect(found).toEqual(isState ? ["state-storage-ends aws_s3_bucket.b"] : []);
  });
});
