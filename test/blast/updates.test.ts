/** What counts as weaker than before, and what everyday changes look like that are not. Rule ids and paths, attribute by attribute. */

import { describe, expect, test } from "vitest";
import { change } from "../support/plan.ts";
import { catalogue, type Row, update, weakenedIn } from "../support/weakened.ts";

test.each<Row>([
  [
    "aws_db_instance",
    { deletion_protection: true },
    { deletion_protection: false },
    "protection-disabled: deletion_protection",
  ],
  [
    "aws_db_instance",
    { deletion_protection: true },
    { deletion_protection: null },
    "protection-disabled: deletion_protection",
  ],
  ["aws_db_instance", { deletion_protection: null }, { deletion_protection: false }],
  [
    "acme_thing",
    { termination_protection: true },
    { termination_protection: false },
    "protection-disabled: termination_protection",
  ],
  ["google_compute_snapshot", { deletion_policy: "PREVENT" }, { deletion_policy: "ABANDON" }],
  [
    "google_compute_snapshot",
    { deletion_policy: "PREVENT" },
    { deletion_policy: "DELETE" },
    "protection-disabled: deletion_policy",
  ],
  [
    "aws_cognito_user_pool",
    { deletion_protection: "ACTIVE" },
    { deletion_protection: "INACTIVE" },
    "protection-disabled: deletion_protection",
  ],
  [
    "aws_db_instance",
    { skip_final_snapshot: false },
    { skip_final_snapshot: true },
    "deletion-guard-removed: skip_final_snapshot",
  ],
  ["aws_db_instance", { skip_final_snapshot: null }, { skip_final_snapshot: false }],
  ["aws_ecr_repository", { force_delete: null }, { force_delete: true }, "deletion-guard-removed: force_delete"],
])("protection of %s: %j becomes %j", (type, before, after, ...expected) => {
  expect(weakenedIn(update(type, before, after))).toEqual(expected);
});

const KEY = "arn:aws:kms:eu-central-1:111122223333:key/0a1b";
const VAULT = "https://acme.vault.azure.net/keys/data";

test.each<Row>([
  [
    "aws_s3_bucket",
    { versioning: [{ enabled: true }] },
    { versioning: [{ enabled: false }] },
    "versioning-disabled: versioning/0/enabled",
  ],
  [
    "google_storage_bucket",
    { versioning: [{ enabled: true }] },
    { versioning: [] },
    "versioning-disabled: versioning/0/enabled",
  ],
  ["aws_sqs_queue", { kms_master_key_id: KEY }, { kms_master_key_id: "" }, "encryption-changed: kms_master_key_id"],
  ["aws_sqs_queue", { kms_master_key_id: KEY }, { kms_master_key_id: "0a1b" }],
  ["aws_sqs_queue", { kms_master_key_id: null }, { kms_master_key_id: KEY }],
  [
    "azurerm_storage_account",
    { customer_managed_key: [{ key_vault_key_id: `${VAULT}/${"0".repeat(32)}` }] },
    { customer_managed_key: [{ key_vault_key_id: `${VAULT}/${"1".repeat(32)}` }] },
  ],
  ["aws_autoscaling_group", { min_size: 2, desired_capacity: 4 }, { min_size: 0 }],
  [
    "aws_autoscaling_group",
    { min_size: 2, desired_capacity: 4 },
    { min_size: 0, desired_capacity: 0 },
    "capacity-to-zero: desired_capacity",
    "capacity-to-zero: min_size",
  ],
  [
    "aws_lambda_function",
    { reserved_concurrent_executions: -1 },
    { reserved_concurrent_executions: 0 },
    "capacity-to-zero: reserved_concurrent_executions",
  ],
  [
    "kubernetes_deployment",
    { spec: [{ replicas: "3" }] },
    { spec: [{ replicas: "0" }] },
    "capacity-to-zero: spec/0/replicas",
  ],
  ["kubernetes_deployment", { spec: [{ replicas: "3" }] }, { spec: [{ replicas: "1" }] }],
  [
    "aws_cloudwatch_metric_alarm",
    { alarm_actions: ["arn"] },
    { alarm_actions: [] },
    "monitoring-removed: alarm_actions",
  ],
  [
    "aws_lb",
    { access_logs: [{ enabled: true }] },
    { access_logs: [{ enabled: false }] },
    "logging-disabled: access_logs/0/enabled",
  ],
  [
    "aws_elb",
    { listener: [{ lb_port: 80 }, { lb_port: 443 }] },
    { listener: [{ lb_port: 443 }] },
    "rules-removed: listener",
  ],
  ["aws_elb", { listener: [{ lb_port: 80 }, { lb_port: 443 }] }, { listener: [{ lb_port: "443" }, { lb_port: "80" }] }],
  [
    "aws_security_group",
    {
      ingress: [
        { from_port: 443, cidr_blocks: ["10.0.0.0/16"] },
        { from_port: 443, cidr_blocks: ["10.1.0.0/16"] },
      ],
    },
    { ingress: [{ from_port: 443, cidr_blocks: ["10.0.0.0/16", "10.1.0.0/16"] }] },
  ],
  ["acme_thing", { part: [{ a: 1 }, { b: 2 }] }, { part: [{ a: 1 }] }, "blocks-removed: part"],
  [
    "acme_thing",
    { names: ["a", "b"], part: [{ deep: [{ a: 1 }, { b: 2 }] }] },
    { names: ["a"], part: [{ deep: [] }] },
    "blocks-removed: part/0/deep",
  ],
])("%s: %j becomes %j", (type, before, after, ...expected) => {
  expect(weakenedIn(update(type, before, after))).toEqual(expected);
});

describe("what the plan does not show", () => {
  const on = { deletion_protection: true, id: "a" };

  test("counts for the upper bound only", () => {
    const unknown = update(
      "aws_db_instance",
      on,
      {},
      { after: { id: "a" }, after_unknown: { deletion_protection: true } },
    );
    expect(weakenedIn(unknown)).toEqual(["protection-disabled?: deletion_protection"]);
    const sensitive = update(
      "aws_db_instance",
      on,
      { deletion_protection: false },
      { after_sensitive: { deletion_protection: true } },
    );
    expect(weakenedIn(sensitive)).toEqual(["protection-disabled?: deletion_protection"]);
  });

  test("says nothing of a new object, whose provider fills in what is missing", () => {
    const values = { before: { ...on, backup_retention_period: 7 }, after: { id: "a", deletion_protection: false } };
    const replaced = { ...values, after_unknown: { backup_retention_period: true }, replace_paths: [["id"]] };
    expect(weakenedIn(change("aws_db_instance.x", ["delete", "create"], { change: replaced }))).toEqual([
      "protection-disabled: deletion_protection",
    ]);
  });

  test("an unknown element of a list is still an element", () => {
    const group = { network_configuration: [{ assign_public_ip: false, subnets: ["a", "b"] }] };
    const more = { after_unknown: { network_configuration: [{ subnets: true }] } };
    expect(
      weakenedIn(update("aws_ecs_service", group, { network_configuration: [{ assign_public_ip: false }] }, more)),
    ).toEqual([]);
  });
});

test("values of CloudFormation: texts for booleans and numbers, and properties by their names", () => {
  const table = "AWS::DynamoDB::Table";
  const entries = catalogue.updates(table);
  expect(entries.flatMap(({ watch }) => watch.map(({ at }) => at))).toContain(
    "PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled",
  );
  const before = { DeletionProtection: "true", BackupRetentionPeriod: "7" };
  // Terraform's addresses cannot carry such a type; the general names show how its values are read.
  expect(weakenedIn(update("acme_thing", before, { DeletionProtection: "false" }))).toEqual([
    "protection-disabled: DeletionProtection",
  ]);
});

describe("what belongs to what", () => {
  const block = { bucket: "acme-invoices", block_public_acls: true };
  const alone = change("aws_s3_bucket_public_access_block.x", ["delete"], { change: { before: block } });
  const bucket = (action: string) =>
    change("aws_s3_bucket.x", [action], { change: { before: { id: "acme-invoices", bucket: "acme-invoices" } } });

  test("a setting that is deleted while its object lives on", () => {
    expect(weakenedIn(alone)).toEqual(["public-access"]);
  });

  test("a setting that goes with its object", () => {
    expect(weakenedIn(alone, bucket("delete"))).toEqual([]);
  });
});
