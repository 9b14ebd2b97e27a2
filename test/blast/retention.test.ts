/** How long copies, logs and data are kept: units, values that mean for ever, and blocks that come and go. */

import { expect, test } from "vitest";
import { type Row, update, weakenedIn } from "../support/weakened.ts";

test.each<Row>([
  [
    "aws_cloudwatch_log_group",
    { retention_in_days: 0 },
    { retention_in_days: 365 },
    "retention-shortened: retention_in_days",
  ],
  [
    "aws_cloudwatch_log_group",
    { retention_in_days: null },
    { retention_in_days: 365 },
    "retention-shortened: retention_in_days",
  ],
  ["aws_cloudwatch_log_group", { retention_in_days: 365 }, { retention_in_days: 0 }],
  ["aws_cloudwatch_log_group", { retention_in_days: 365 }, { retention_in_days: null }],
  ["aws_cloudwatch_log_group", { retention_in_days: 0 }, { retention_in_days: null }],
  ["aws_cloudwatch_log_group", { retention_in_days: 30 }, { retention_in_days: "30" }],
  [
    "aws_db_instance",
    { backup_retention_period: 7 },
    { backup_retention_period: 0 },
    "retention-shortened: backup_retention_period",
  ],
  ["aws_db_instance", { backup_retention_period: 0 }, { backup_retention_period: 7 }],
  // The service's own time, which may be shorter.
  [
    "aws_elasticache_replication_group",
    { snapshot_retention_limit: 7 },
    { snapshot_retention_limit: null },
    "retention-shortened?: snapshot_retention_limit",
  ],
  ["aws_elasticache_replication_group", { snapshot_retention_limit: 0 }, { snapshot_retention_limit: null }],
  ["aws_kms_key", { deletion_window_in_days: 7 }, { deletion_window_in_days: null }],
  ["google_pubsub_topic", { message_retention_duration: "604800s" }, { message_retention_duration: "7d" }],
  [
    "google_pubsub_topic",
    { message_retention_duration: "604800s" },
    { message_retention_duration: "86400s" },
    "retention-shortened: message_retention_duration",
  ],
  [
    "google_spanner_database",
    { version_retention_period: "7d" },
    { version_retention_period: "100h" },
    "retention-shortened: version_retention_period",
  ],
  ["google_spanner_database", { version_retention_period: "7d" }, { version_retention_period: 3600 }],
  [
    "kafka_topic",
    { config: { "retention.ms": "-1" } },
    { config: { "retention.ms": "60000" } },
    "retention-shortened: config/retention.ms",
  ],
  [
    "azurerm_mssql_database",
    { long_term_retention_policy: [{ yearly_retention: "P5Y" }] },
    { long_term_retention_policy: [{ yearly_retention: "P60M" }] },
    "retention-shortened: long_term_retention_policy/0/yearly_retention",
  ],
  [
    "aws_dynamodb_table",
    { point_in_time_recovery: [{ enabled: true }] },
    { point_in_time_recovery: [] },
    "retention-shortened: point_in_time_recovery/0/enabled",
  ],
  ["aws_dynamodb_table", { ttl: [] }, { ttl: [{ enabled: false, attribute_name: "" }] }],
  [
    "aws_dynamodb_table",
    { ttl: [{ enabled: false }] },
    { ttl: [{ enabled: true }] },
    "expiration-added: ttl/0/enabled",
  ],
  [
    "google_bigquery_dataset",
    { default_table_expiration_ms: null },
    { default_table_expiration_ms: 3600000 },
    "expiration-added: default_table_expiration_ms",
  ],
  [
    "aws_s3_bucket_lifecycle_configuration",
    {
      rule: [
        { id: "a", expiration: [{ days: 30 }] },
        { id: "b", expiration: [{ days: 90 }] },
      ],
    },
    {
      rule: [
        { id: "b", expiration: [{ days: 90 }] },
        { id: "a", expiration: [{ days: 30 }] },
      ],
    },
  ],
  [
    "aws_s3_bucket_lifecycle_configuration",
    { rule: [{ id: "a", expiration: [{ days: 30 }] }] },
    {
      rule: [
        { id: "n", expiration: [{ days: 9 }] },
        { id: "a", expiration: [{ days: 30 }] },
      ],
    },
    "expiration-added: rule/0/expiration/0/days",
  ],
])("retention of %s: %j becomes %j", (type, before, after, ...expected) => {
  expect(weakenedIn(update(type, before, after))).toEqual(expected);
});
