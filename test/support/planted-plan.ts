/** A plan, and the state from before it, with a secret of its own in every place that can hold a value. */

import { change, existing, plan } from "./plan.ts";

/** All secrets that were planted so far. */
export const planted: string[] = [];

/** A secret of its own for each place, so that a leak names where it came from. */
export function secret(place: string): string {
  const text = `s3cr3t-of-${place}`;
  planted.push(text);
  return text;
}

/** What is replaced. */
export const DB = "aws_db_instance.main";
export const PLANTED_PLAN = plan(
  [
    change(DB, ["delete", "create"], {
      action_reason: "replace_because_cannot_update",
      change: {
        before: {
          id: secret("masked-id"),
          password: secret("masked-before"),
          username: secret("plain-before"),
          tags: { Owner: secret("map") },
          list: [secret("list"), [secret("nested-list")]],
          block: [{ key: secret("block"), token: secret("masked-in-block") }],
          once: secret("masked-before-and-plain-after"),
        },
        after: { password: secret("masked-after"), username: secret("plain-after"), once: secret("plain-after-mask") },
        before_sensitive: { id: true, password: true, once: true, block: [{ token: true }] },
        after_sensitive: { password: true },
        after_unknown: { id: true, block: [{ key: true }] },
        replace_paths: [["username"], ["block", 0, "key"], ["tags", "Owner"]],
        before_identity: { account: secret("identity-before") },
        after_identity: { account: secret("identity-after") },
        importing: { id: secret("import-id") },
        generated_config: `password = "${secret("generated-config")}"`,
      },
    }),
    change("aws_s3_bucket.logs", ["delete"], {
      change: { before: { id: secret("plain-id"), arn: secret("plain-arn"), endpoint: secret("plain-endpoint") } },
    }),
    change("aws_vpc.main", ["update"], {
      change: {
        before: secret("before-that-is-a-text"),
        after_sensitive: true,
        importing: { identity: { id: secret("import-identity") } },
      },
    }),
    change("aws_kms_key.old", ["forget"], { change: { before: { policy: secret("forgotten") } } }),
    change("aws_lambda_function.new", ["create"], { change: { after: { code: secret("created") } } }),
    change("data.aws_secret.one", ["read"], { change: { after: { value: secret("data-source") } } }),
    change(DB, ["delete"], { deposed: "a1b2c3d4", change: { before: { password: secret("deposed") } } }),
  ],
  {
    variables: { password: { value: secret("variable") }, nested: { value: { list: [secret("variable-in-list")] } } },
    planned_values: {
      outputs: { token: { sensitive: true, value: secret("planned-output") } },
      root_module: {
        resources: [
          { address: DB, values: { password: secret("planned-value") }, sensitive_values: { password: true } },
        ],
        child_modules: [{ address: "module.a", resources: [{ values: { password: secret("planned-in-module") } }] }],
      },
    },
    prior_state: {
      values: {
        outputs: { token: { sensitive: true, value: secret("prior-output") } },
        root_module: {
          resources: [
            existing(DB, [], {
              values: { password: secret("prior-value") },
              identity: { id: secret("prior-identity") },
            }),
            existing("aws_s3_bucket.logs", [], { values: { id: "s3cr3t-of-plain-id" } }),
            existing("aws_sns_topic.carrier", [], {
              values: { target: "s3cr3t-of-plain-arn", note: secret("carrier") },
            }),
            existing("aws_instance.web", ["aws_s3_bucket.logs"], { values: { user_data: secret("dependent") } }),
          ],
        },
      },
      checks: [{ status: "fail", instances: [{ problems: [{ message: secret("prior-problem") }] }] }],
    },
    output_changes: {
      token: {
        actions: ["update"],
        before: secret("output-before"),
        after: secret("output-after"),
        after_sensitive: true,
      },
    },
    resource_drift: [
      change("aws_vpc.main", ["update"], {
        change: { before: { a: secret("drift-before") }, after: { a: secret("drift-after") } },
      }),
    ],
    deferred_changes: [
      {
        reason: "unknown",
        resource_change: change("aws_vpc.other", ["update"], { change: { before: { id: secret("deferred-id") } } }),
      },
    ],
    checks: [
      {
        address: { kind: "check", to_display: "check.health" },
        status: "fail",
        instances: [{ status: "fail", problems: [{ message: secret("problem") }] }],
      },
    ],
    action_invocations: [
      {
        address: "action.aws_lambda_invoke.a",
        type: "aws_lambda_invoke",
        config_values: { payload: secret("action") },
      },
    ],
    relevant_attributes: [{ resource: DB, attribute: ["tags", secret("relevant-attribute")] }],
    configuration: {
      provider_config: { aws: { name: "aws", expressions: { secret_key: { constant_value: secret("provider") } } } },
      root_module: {
        variables: { password: { default: secret("variable-default"), description: "a password" } },
        outputs: { token: { expression: { constant_value: secret("output-constant") } } },
        resources: [
          {
            address: DB,
            provider_config_key: "aws",
            expressions: { password: { constant_value: secret("constant") } },
            provisioners: [{ expressions: { inline: { constant_value: [secret("provisioner")] } } }],
          },
        ],
        module_calls: {
          a: { source: "./a", expressions: { password: { constant_value: secret("module-input") } }, module: {} },
        },
      },
    },
  },
);
/** The raw state from before, for --state. */
export const PLANTED_STATE = JSON.stringify({
  version: 4,
  lineage: "3b5f",
  outputs: { token: { value: secret("state-output") } },
  resources: [
    {
      mode: "managed",
      type: "aws_instance",
      name: "web",
      instances: [{ attributes: { key: secret("state-value") }, dependencies: [DB] }],
    },
  ],
});
