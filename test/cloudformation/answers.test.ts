/** What the AWS CLI saved of stacks, beside change sets in files. */

import { describe, expect, test } from "vitest";
import { added, changeSet, contexts, edited, modified, removed, replaced, stackArn } from "../support/change-set.ts";
import type { Json } from "../support/plan.ts";
import { firebreak, folderWith, reportOf } from "../support/world.ts";

const TABLE = "AWS::DynamoDB::Table";

function files(contents: Readonly<Record<string, Json>>): string {
  return folderWith(Object.fromEntries(Object.entries(contents).map(([path, one]) => [path, JSON.stringify(one)])));
}

function resource(id: string, type: string, more: Json = {}): Json {
  const given = { LogicalResourceId: id, PhysicalResourceId: `shop-${id}`, ResourceType: type };
  return { ...given, ResourceStatus: "CREATE_COMPLETE", ...more };
}

const REPLACED = changeSet([replaced("Orders", TABLE, [edited("KeySchema")])]);

describe("a list of resources", () => {
  test("says how much there is, without any template", async () => {
    const folder = files({
      "change-set.json": REPLACED,
      "shop/list-stack-resources.json": {
        StackResourceSummaries: [
          resource("Orders", TABLE),
          resource("Queue", "AWS::SQS::Queue"),
          resource("Gone", "AWS::SQS::Queue", { ResourceStatus: "DELETE_COMPLETE" }),
          resource("Never", "AWS::SQS::Queue", { ResourceStatus: "CREATE_FAILED", PhysicalResourceId: undefined }),
        ],
      },
    });
    const { plans } = await reportOf([folder, "--source", folder]);
    expect([plans[0]?.existing, plans[0]?.existingIsKnown, plans[0]?.totals.affected.upper]).toEqual([
      2,
      undefined,
      null,
    ]);
  });

  test("says what goes with a nested stack that nobody described", async () => {
    const child = stackArn("shop-Data");
    const folder = files({
      "change-set.json": changeSet([removed("Data", "AWS::CloudFormation::Stack", { PhysicalResourceId: child })]),
      "shop-Data/list-stack-resources.json": {
        StackResourceSummaries: [resource("Orders", TABLE), resource("Keep", TABLE)],
      },
      "shop-Data/get-template.json": {
        TemplateBody: { Resources: { Orders: { Type: TABLE }, Keep: { Type: TABLE, DeletionPolicy: "Retain" } } },
      },
    });
    const { plans } = await reportOf([folder, "--source", folder]);
    expect(plans[0]?.changes.map(({ address, action }) => [address, action])).toEqual([
      ["Data", "delete"],
      ["Data/Keep", "forget"],
      ["Data/Orders", "delete"],
    ]);
    expect(plans[0]?.totals.ended).toEqual({ lower: 2, upper: 2 });
  });
});

describe("templates", () => {
  test("of a folder belong to the stack that it is named for, whatever else would match", async () => {
    const body = (other: string): Json => ({
      TemplateBody: JSON.stringify({
        Resources: {
          Orders: { Type: TABLE },
          [other]: { Type: "AWS::SNS::Topic", Properties: { X: { Ref: "Orders" } } },
        },
      }),
    });
    const folder = files({
      "change-set.json": REPLACED,
      "shop/get-template.json": body("Mine"),
      "other/get-template.json": body("Theirs"),
    });
    const { plans } = await reportOf([folder, "--source", folder]);
    expect(plans[0]?.changes[0]?.blastRadius?.affected.map(({ address }) => address)).toEqual(["Mine"]);
  });
});

describe("a stack policy", () => {
  const ALL = { Effect: "Allow", Action: "Update:*", Principal: "*", Resource: "*" };

  test.each<[string, readonly Json[], boolean]>([
    ["that allows everything", [ALL], false],
    ["that allows nothing", [], true],
    ["that denies the action", [ALL, { Effect: "Deny", Action: "Update:Replace", Resource: "*" }], true],
    ["that denies another action", [ALL, { Effect: "Deny", Action: "Update:Delete", Resource: "*" }], false],
    ["that denies all but others", [ALL, { Effect: "Deny", NotAction: "Update:Modify", Resource: "*" }], true],
    [
      "that denies the resource",
      [ALL, { Effect: "Deny", Action: "Update:*", Resource: "LogicalResourceId/Ord*" }],
      true,
    ],
    ["that denies another", [ALL, { Effect: "Deny", Action: "Update:*", Resource: "LogicalResourceId/Queue" }], false],
    ["that spares it", [ALL, { Effect: "Deny", Action: "Update:*", NotResource: "LogicalResourceId/Orders" }], false],
    [
      "that denies its type",
      [
        ALL,
        {
          Effect: "Deny",
          Action: ["Update:*"],
          Resource: "*",
          Condition: { StringLike: { ResourceType: ["AWS::DynamoDB::*"] } },
        },
      ],
      true,
    ],
    [
      "that denies another type",
      [
        ALL,
        {
          Effect: "Deny",
          Action: "Update:*",
          Resource: "*",
          Condition: { StringEquals: { ResourceType: "AWS::RDS::DBInstance" } },
        },
      ],
      false,
    ],
  ])("%s", async (_, Statement, isRefused) => {
    const folder = files({
      "change-set.json": REPLACED,
      "shop/get-stack-policy.json": { StackPolicyBody: JSON.stringify({ Statement }) },
    });
    const { findings } = await reportOf([folder, "--source", folder]);
    expect(findings.some(({ ruleId }) => ruleId === "refused-change")).toBe(isRefused);
  });
});

test("an import that somebody confirmed is certain, and names what would break", async () => {
  const template = (more: Json): Json => ({ TemplateBody: { Resources: { Orders: { Type: TABLE } }, ...more } });
  const folder = files({
    "change-set.json": changeSet([
      replaced("Orders", TABLE, [edited("KeySchema")]),
      modified("Queue", "AWS::SQS::Queue", contexts({ Properties: {} }, { Properties: {} })),
      added("New", "AWS::SQS::Queue"),
    ]),
    "shop/get-template.json": template({
      Outputs: { O: { Value: { Ref: "Orders" }, Export: { Name: "shop-orders" } } },
    }),
    "shop/list-imports.shop-orders.json": { Imports: ["web"] },
  });
  const { plans, findings } = await reportOf([folder, "--source", folder]);
  const orders = plans[0]?.changes.find(({ address }) => address === "Orders");
  expect(orders?.blastRadius?.affected.map(({ address, certain }) => [address, certain])).toEqual([["web:*", true]]);
  expect(findings.find(({ ruleId }) => ruleId === "refused-change")?.message).toBe(
    "the export shop-orders of Orders goes or changes, and web imports it: CloudFormation will refuse that until nobody does",
  );
});

test("a file that is named like an answer and broken says nothing, and is no reason to pass", async () => {
  const folder = folderWith({
    "change-set.json": JSON.stringify(changeSet([removed("Orders", TABLE)])),
    "answers/shop/list-stack-resources.json": "{",
    "answers/shop/get-stack-policy.json": "[",
  });
  const { code, stdout } = await firebreak(["check", `${folder}/change-set.json`, "--source", `${folder}/answers`]);
  expect([code, stdout]).toEqual([3, expect.stringContaining("1 of at least 1 object ends")]);
});
