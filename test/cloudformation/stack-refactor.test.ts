/** Resources that are removed and added again with the same properties. Synthetic, in the API's shape. */

import { expect, test } from "vitest";
import { added, changeSet, contexts, removed } from "../support/change-set.ts";
import { judgedPlan } from "../support/judge.ts";
import type { Json } from "../support/plan.ts";

const queue = (properties: Json): Json => ({ Properties: properties });
const gone = (id: string, properties: Json): Json =>
  removed(id, "AWS::SQS::Queue", { BeforeContext: contexts(queue(properties))["BeforeContext"] });
const made = (id: string, properties: Json): Json =>
  added(id, "AWS::SQS::Queue", { AfterContext: contexts(queue(properties))["BeforeContext"] });

async function suggested(...rows: readonly Json[]) {
  const { suggestions } = await judgedPlan(changeSet(rows), { actor: "agent" });
  return suggestions.map(({ kind, blocks, wouldEnd, verdict }) => ({ kind, blocks, wouldEnd, verdict }));
}

test("a queue under another logical id is a rename, and nothing of it would have to end", async () => {
  const rows = [
    gone("Orders", { QueueName: "orders", DelaySeconds: 5 }),
    made("OrdersQueue", { DelaySeconds: 5, QueueName: "orders" }),
  ];
  expect(await suggested(...rows)).toEqual([
    {
      kind: "stack-refactor",
      blocks: [{ from: "Orders", to: "OrdersQueue" }],
      wouldEnd: { lower: 0, upper: 0 },
      verdict: "pass",
    },
  ]);
});

test.each<[string, Json, Json]>([
  ["another property", { QueueName: "orders" }, { QueueName: "other" }],
  ["a property more", { QueueName: "orders" }, { QueueName: "orders", FifoQueue: true }],
  ["a property less", { QueueName: "orders", FifoQueue: true }, { QueueName: "orders" }],
  ["no properties at all", {}, {}],
])("%s: no rename", async (_, before, after) => {
  expect(await suggested(gone("A", before), made("B", after))).toEqual([]);
});

test("two that are alike are not told apart", async () => {
  const same = { DelaySeconds: 5 };
  expect(await suggested(gone("A", same), made("B", same), made("C", same))).toEqual([]);
  expect(await suggested(gone("A", same), gone("B", same), made("C", same))).toEqual([]);
});

test("prints the mappings for the command", async () => {
  const rows = [gone("Orders", { QueueName: "orders" }), made("OrdersQueue", { QueueName: "orders" })];
  const { suggestions } = await judgedPlan(changeSet(rows));
  expect(JSON.parse(suggestions[0]?.text ?? "")).toEqual([
    {
      Source: { StackName: "NAME_OF_STACK", LogicalResourceId: "Orders" },
      Destination: { StackName: "NAME_OF_STACK", LogicalResourceId: "OrdersQueue" },
    },
  ]);
});
