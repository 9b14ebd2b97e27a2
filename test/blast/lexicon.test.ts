/** Attributes by which a change ends data or service without a delete, type by type, each beside its everyday neighbour. */

import { expect, test } from "vitest";
import { change } from "../support/plan.ts";
import { type Row, update, weakenedIn } from "../support/weakened.ts";

const expires = (days: number, more: object = {}) => ({ id: "a", status: "Enabled", expiration: [{ days }], ...more });
const deletes = (age: number, type = "Delete") => ({ action: [{ type }], condition: [{ age }] });
const images = (countNumber: number) =>
  JSON.stringify({ rules: [{ rulePriority: 1, selection: { tagStatus: "untagged", countNumber } }] });
const versions = (max_age: string) => JSON.stringify({ rules: [{ max_age }] });

test.each<Row>([
  ["aws_kms_key", { is_enabled: true }, { is_enabled: false }, "encryption-changed: is_enabled"],
  ["aws_kms_alias", { target_key_id: "0a1b" }, { target_key_id: "2c3d" }, "encryption-changed: target_key_id"],
  ["google_kms_crypto_key_version", { state: "ENABLED" }, { state: "DISABLED" }, "encryption-changed: state"],
  [
    "aws_kinesis_stream",
    { encryption_type: "KMS" },
    { encryption_type: "NONE" },
    "encryption-changed: encryption_type",
  ],
  [
    "azurerm_redis_cache",
    { non_ssl_port_enabled: false },
    { non_ssl_port_enabled: true },
    "encryption-changed: non_ssl_port_enabled",
  ],
  [
    "cloudflare_zone_settings_override",
    { settings: [{ ssl: "strict" }] },
    { settings: [{ ssl: "off" }] },
    "encryption-changed: settings/0/ssl",
  ],
])("keys of %s: %j becomes %j", (type, before, after, ...expected) => {
  expect(weakenedIn(update(type, before, after))).toEqual(expected);
});

test.each<Row>([
  [
    "aws_s3_bucket_lifecycle_configuration",
    { rule: [expires(30, { status: "Disabled" })] },
    { rule: [expires(30)] },
    "expiration-added: rule/0/expiration/0/days",
  ],
  ["aws_s3_bucket_lifecycle_configuration", { rule: [expires(30)] }, { rule: [expires(1, { status: "Disabled" })] }],
  [
    "aws_s3_bucket_lifecycle_configuration",
    { rule: [expires(30, { filter: [{ prefix: "tmp/" }] })] },
    { rule: [expires(30, { filter: [{ prefix: "" }] })] },
    "expiration-added: rule/0/filter/0/prefix",
  ],
  [
    "aws_s3_bucket_lifecycle_configuration",
    { rule: [{ id: "a", status: "Enabled", filter: [{ prefix: "a/" }], transition: [{ days: 3 }] }] },
    { rule: [{ id: "a", status: "Enabled", filter: [{ prefix: "b/" }], transition: [{ days: 3 }] }] },
  ],
  [
    "google_storage_bucket",
    { lifecycle_rule: [] },
    { lifecycle_rule: [deletes(7)] },
    "expiration-added: lifecycle_rule/0/condition/0/age",
  ],
  [
    "google_storage_bucket",
    { lifecycle_rule: [deletes(365)] },
    { lifecycle_rule: [deletes(7)] },
    "expiration-added: lifecycle_rule/0/condition/0/age",
  ],
  ["google_storage_bucket", { lifecycle_rule: [deletes(7)] }, { lifecycle_rule: [deletes(365)] }],
  [
    "google_storage_bucket",
    { lifecycle_rule: [deletes(90, "SetStorageClass")] },
    { lifecycle_rule: [deletes(30, "SetStorageClass")] },
  ],
  [
    "google_storage_bucket",
    { lifecycle_rule: [deletes(30, "SetStorageClass")] },
    { lifecycle_rule: [deletes(30)] },
    "expiration-added: lifecycle_rule/0/condition/0/age",
  ],
  [
    "google_bigtable_gc_policy",
    { gc_rules: versions("168h") },
    { gc_rules: versions("1h") },
    "expiration-added: gc_rules/rules/0/max_age",
  ],
  ["google_bigtable_gc_policy", { gc_rules: versions("168h") }, { gc_rules: ` ${versions("7d")}` }],
  ["google_secret_manager_secret", { ttl: null }, { ttl: "3600s" }, "expiration-added: ttl"],
  [
    "aws_ecr_lifecycle_policy",
    { repository: "app", policy: images(500) },
    { policy: images(1) },
    "expiration-added: policy/rules/0/selection/countNumber",
  ],
  ["aws_ecr_lifecycle_policy", { repository: "app", policy: images(50) }, { policy: images(60) }],
  [
    "azurerm_storage_management_policy",
    {
      rule: [
        { name: "a", enabled: false, actions: [{ snapshot: [{ delete_after_days_since_creation_greater_than: 1 }] }] },
      ],
    },
    {
      rule: [
        { name: "a", enabled: true, actions: [{ snapshot: [{ delete_after_days_since_creation_greater_than: 1 }] }] },
      ],
    },
    "expiration-added: rule/0/actions/0/snapshot/0/delete_after_days_since_creation_greater_than",
  ],
  [
    "aws_dynamodb_table",
    { ttl: [{ enabled: true, attribute_name: "expires" }] },
    { ttl: [{ enabled: true, attribute_name: "created" }] },
    "expiration-added: ttl/0/attribute_name",
  ],
])("data that expires in %s: %j becomes %j", (type, before, after, ...expected) => {
  expect(weakenedIn(update(type, before, after))).toEqual(expected);
});

test.each<Row>([
  ["aws_backup_selection", { resources: ["a", "b"] }, { resources: [] }, "retention-shortened: resources"],
  [
    "aws_s3_bucket_replication_configuration",
    { rule: [{ id: "a", status: "Enabled" }] },
    { rule: [{ id: "a", status: "Disabled" }] },
    "retention-shortened: rule/0/status",
  ],
  [
    "azurerm_storage_account",
    { account_replication_type: "GRS" },
    { account_replication_type: "LRS" },
    "retention-shortened: account_replication_type",
  ],
  ["azurerm_storage_account", { account_replication_type: "GRS" }, { account_replication_type: "RAGRS" }],
  ["aws_ecs_service", { desired_count: 4 }, { desired_count: null }, "capacity-to-zero: desired_count"],
  ["aws_ecs_service", { desired_count: 4 }, { desired_count: 2 }],
  ["aws_lambda_event_source_mapping", { enabled: true }, { enabled: false }, "capacity-to-zero: enabled"],
  ["google_project", { billing_account: "012345" }, { billing_account: "" }, "capacity-to-zero: billing_account"],
  [
    "google_compute_instance",
    { desired_status: "RUNNING" },
    { desired_status: "TERMINATED" },
    "capacity-to-zero: desired_status",
  ],
  ["azurerm_linux_web_app", { enabled: true }, { enabled: false }, "capacity-to-zero: enabled"],
  [
    "kubernetes_stateful_set_v1",
    { spec: [{ replicas: "3" }] },
    { spec: [{ replicas: "3", persistent_volume_claim_retention_policy: [{ when_deleted: "Delete" }] }] },
    "deletion-guard-removed: spec/0/persistent_volume_claim_retention_policy/0/when_deleted",
  ],
  [
    "aws_wafv2_web_acl",
    { default_action: [{ block: [{}], allow: [] }] },
    { default_action: [{ block: [], allow: [{}] }] },
    "rules-removed: default_action/0/block",
  ],
  [
    "aws_wafv2_web_acl",
    { default_action: [{ block: [], allow: [{}] }] },
    { default_action: [{ block: [{}], allow: [] }] },
  ],
  [
    "cloudflare_ruleset",
    { rules: [{ action: "block", expression: "x" }] },
    { rules: [{ action: "skip", expression: "x" }] },
    "rules-removed: rules/0/action",
  ],
  [
    "kubernetes_service_v1",
    { spec: [{ selector: { app: "api" } }] },
    { spec: [{ selector: {} }] },
    "rules-removed: spec/0/selector",
  ],
  [
    "azurerm_mssql_firewall_rule",
    { start_ip_address: "10.0.0.1", end_ip_address: "10.0.0.2" },
    { start_ip_address: "0.0.0.1", end_ip_address: "255.255.255.254" },
    "public-access: start_ip_address",
  ],
  [
    "azurerm_mssql_firewall_rule",
    { start_ip_address: "10.0.0.1", end_ip_address: "10.0.0.2" },
    { start_ip_address: "0.0.0.0", end_ip_address: "0.0.0.0" },
  ],
  [
    "azurerm_cosmosdb_account",
    { ip_range_filter: ["10.0.0.1"] },
    { ip_range_filter: [] },
    "public-access: ip_range_filter",
  ],
  [
    "aws_apigatewayv2_route",
    { authorization_type: "JWT" },
    { authorization_type: "NONE" },
    "public-endpoint: authorization_type",
  ],
  ["aws_instance", { timeouts: [{ create: "1m" }] }, { timeouts: [] }],
  ["aws_autoscaling_group", { tag: [{ key: "a" }, { key: "b" }] }, { tag: [{ key: "a" }] }],
])("%s: %j becomes %j", (type, before, after, ...expected) => {
  expect(weakenedIn(update(type, before, after))).toEqual(expected);
});

const OWNER = "/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

test.each<[string, Record<string, unknown>, ...string[]]>([
  ["azurerm_role_assignment", { role_definition_id: OWNER }, "policy-widened: role_definition_id"],
  ["azurerm_role_assignment", { role_definition_name: "Reader" }],
  ["azurerm_role_definition", { permissions: [{ actions: ["*"] }] }, "policy-widened: permissions/0/actions"],
  [
    "aws_iam_role_policy_attachment",
    { policy_arn: "arn:aws-us-gov:iam::aws:policy/AdministratorAccess" },
    "policy-widened: policy_arn",
  ],
  ["aws_iam_role_policy_attachment", { policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }],
  [
    "aws_ecr_lifecycle_policy",
    { repository: "app", policy: images(1) },
    "expiration-added: policy/rules/0/selection/countNumber",
  ],
  ["google_project_iam_member", { role: "roles/editor", member: "user:a@acme.org" }, "policy-widened: role"],
])("a new %s: %j", (type, after, ...expected) => {
  expect(weakenedIn(change(`${type}.x`, ["create"], { change: { before: null, after } }))).toEqual(expected);
});

test("a lifecycle policy of a repository that is new as well", () => {
  const policy = change("aws_ecr_lifecycle_policy.x", ["create"], {
    change: { after: { repository: "app", policy: images(1) } },
  });
  const repository = change("aws_ecr_repository.x", ["create"], { change: { after: { name: "app" } } });
  expect(weakenedIn(policy, repository)).toEqual([]);
});
