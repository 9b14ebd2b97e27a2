/** What is proven, what only follows, what nobody can know. Synthetic change sets, after the documented rules of AWS. */

import { describe, expect, test } from "vitest";
import {
  added,
  changed,
  changeSet,
  edited,
  follows,
  fromParameter,
  modified,
  nestedHead,
  removed,
  replaced,
} from "../support/change-set.ts";
import { judgedPlan } from "../support/judge.ts";
import type { Json } from "../support/plan.ts";

const QUEUE = "AWS::SQS::Queue";
const SUBNET = "AWS::EC2::Subnet";
const later = { value: "later" } as const;

/** Action and certainty of one resource, with all the rest beside it. */
async function outcome(id: string, ...rows: readonly Json[]): Promise<string> {
  const plan = await judgedPlan(changeSet(rows));
  const change = plan.changes.find(({ address }) => address === id);
  return change === undefined ? "no-op" : [change.action, change.certainty].filter(Boolean).join(" ");
}

describe("what an action comes to", () => {
  test.each<[string, Json, string]>([
    ["an addition, whatever it says of replacement", added("A", QUEUE, { Replacement: "True" }), "create"],
    ["a removal", removed("A", QUEUE), "delete certain"],
    ["a removal that keeps the object", removed("A", QUEUE, { PolicyAction: "Retain" }), "forget"],
    ["an update", modified("A", QUEUE), "update"],
    ["an import", changed("Import", "A", QUEUE), "import"],
    ["what only the record of changes", changed("SyncWithActual", "A", QUEUE), "no-op"],
    ["what cannot be told yet", changed("Dynamic", "A", "AWS::CloudFormation::Stack"), "delete conditional"],
    ["a replacement that AWS gives no reason for", replaced("A", QUEUE, []), "replace certain"],
    ["a conditional one without a reason", modified("A", QUEUE, { Replacement: "Conditional" }), "replace conditional"],
    ["no word on replacement at all", modified("A", QUEUE, { Replacement: undefined }), "replace conditional"],
    [
      "a policy that speaks of a replacement which AWS denies",
      modified("A", QUEUE, { PolicyAction: "ReplaceAndDelete" }),
      "replace conditional",
    ],
    ["an edit of what cannot be changed", replaced("A", QUEUE, [edited("QueueName")]), "replace certain"],
    [
      "an edit of what may have to be recreated",
      modified("A", "AWS::EC2::Instance", {
        Replacement: "Conditional",
        Details: [edited("UserData", { recreation: "Conditionally" })],
      }),
      "replace conditional",
    ],
    ["a parameter of the root", replaced("A", QUEUE, fromParameter("QueueName", "Name")), "replace certain"],
  ])("%s", async (_, one, expected) => {
    expect(await outcome("A", one)).toBe(expected);
  });
});

test("custom resources and metadata, which are conditional with every edit, are no loss of data", async () => {
  const maybe = (id: string, type: string): Json => modified(id, type, { Replacement: "Conditional" });
  const rows = [
    maybe("Metadata", "AWS::CDK::Metadata"),
    maybe("Own", "Custom::Own"),
    maybe("Wait", "AWS::CloudFormation::WaitConditionHandle"),
  ];
  const { totals } = await judgedPlan(changeSet(rows));
  expect(totals.dataLoss).toEqual({ lower: 0, upper: 0 });
  // The two that are routine are listed and not counted.
  expect(totals.ended).toEqual({ lower: 0, upper: 1 });
});

describe("what follows from another resource", () => {
  const dependent = (cause: string, traits: object = later): Json =>
    replaced("B", SUBNET, follows("VpcId", cause, traits));

  test.each<[string, Json[], string]>([
    ["which is replaced", [replaced("A", "AWS::EC2::VPC", [edited("CidrBlock")]), dependent("A")], "replace certain"],
    ["which is updated in place", [modified("A", "AWS::EC2::VPC"), dependent("A")], "update"],
    ["which nothing happens to, by a plain description", [dependent("A", {})], "replace conditional"],
    [
      "which a description with values does not name: it may have been left out",
      [dependent("A")],
      "replace conditional",
    ],
    ["which is new", [added("A", "AWS::EC2::VPC"), dependent("A")], "replace certain"],
    [
      "which may be replaced",
      [modified("A", "AWS::EC2::VPC", { Replacement: "Conditional" }), dependent("A")],
      "replace conditional",
    ],
    ["by its id, and it is updated", [modified("A", "AWS::EC2::VPC"), dependent("A.VpcId")], "replace conditional"],
    ["by its ARN, and it is updated", [modified("A", QUEUE), dependent("A.Arn")], "update"],
    [
      "by the group id, and it is updated",
      [modified("A", "AWS::EC2::SecurityGroup"), dependent("A.GroupId")],
      "update",
    ],
    [
      "by the stream of a table, which may move with any update",
      [modified("A", "AWS::DynamoDB::Table"), dependent("A.StreamArn")],
      "replace conditional",
    ],
    [
      "with a value that is known to be another one",
      [modified("A", "AWS::EC2::VPC"), dependent("A", { value: "differs" })],
      "replace certain",
    ],
    [
      "without values, where a turned reference looks the same",
      [modified("A", "AWS::EC2::VPC"), dependent("A", {})],
      "replace conditional",
    ],
  ])("%s", async (_, rows, expected) => {
    expect(await outcome("B", ...rows)).toBe(expected);
  });

  test("over many steps, each waits for the one before", async () => {
    const chain = (first: Json): Json[] => [
      first,
      ...Array.from({ length: 50 }, (_, step) => replaced(`R${step + 1}`, SUBNET, follows("VpcId", `R${step}`, later))),
    ];
    expect(await outcome("R50", ...chain(modified("R0", "AWS::EC2::VPC")))).toBe("update");
    expect(await outcome("R50", ...chain(replaced("R0", "AWS::EC2::VPC", [edited("CidrBlock")])))).toBe(
      "replace certain",
    );
  });

  test("one property that surely forces it is enough", async () => {
    const rows = [
      modified("A", "AWS::EC2::VPC"),
      replaced("B", SUBNET, [...follows("VpcId", "A", later), edited("CidrBlock", { value: "differs" })]),
    ];
    expect(await outcome("B", ...rows)).toBe("replace certain");
  });

  test("what refers to itself in a circle stays as AWS says", async () => {
    const rows = [replaced("A", SUBNET, follows("P", "B", later)), replaced("B", SUBNET, follows("P", "A", later))];
    expect(await outcome("A", ...rows)).toBe("replace certain");
  });
});

describe("nested stacks", () => {
  const STACK = "AWS::CloudFormation::Stack";
  const child = (id: string, details: readonly Json[] = []): Json =>
    modified(id, STACK, { ChangeSetId: nestedHead(id)["ChangeSetId"], Details: details });
  const parameterOf = (cause: string): Json[] =>
    follows("Parameters", cause, { ...later, recreation: "Never", path: "/Properties/Parameters/Vpc" });

  async function judgedTree(...documents: readonly Json[]) {
    return judgedPlan(documents.map((document) => JSON.stringify(document)).join("\n"));
  }

  test("a replacement that comes in by a parameter waits for the parent's resource", async () => {
    const inner = changeSet([replaced("Subnet", SUBNET, fromParameter("VpcId", "Vpc", later))], nestedHead("Net"));
    const root = (vpc: Json): Json => changeSet([vpc, child("Net", parameterOf("Vpc"))]);
    const kept = await judgedTree(root(modified("Vpc", "AWS::EC2::VPC")), inner);
    expect(kept.changes.map(({ address, action }) => `${address} ${action}`)).toEqual([
      "Net update",
      "Net/Subnet update",
      "Vpc update",
    ]);
    expect(kept.totals.ended).toEqual({ lower: 0, upper: 0 });
    const ended = await judgedTree(root(replaced("Vpc", "AWS::EC2::VPC", [edited("CidrBlock")])), inner);
    expect(ended.totals.ended).toEqual({ lower: 2, upper: 2 });
    const [radius] = ended.changes.filter(({ address }) => address === "Vpc");
    expect(radius?.blastRadius.affected.map(({ address }) => address)).toEqual(["Net", "Net/Subnet"]);
  });

  test("three levels: addresses name the way down, in whatever order the documents come", async () => {
    const documents = [
      changeSet([removed("Bucket", "AWS::S3::Bucket")], nestedHead("Inner", "Outer")),
      changeSet([child("Inner")], nestedHead("Outer")),
      changeSet([child("Outer")]),
    ];
    const [up, down] = [await judgedTree(...documents), await judgedTree(...documents.toReversed())];
    expect(up.changes.map(({ address }) => address)).toEqual(["Outer", "Outer/Inner", "Outer/Inner/Bucket"]);
    expect({ ...down, input: up.input, digest: up.digest }).toEqual(up);
    expect(up.totals.dataLoss).toEqual({ lower: 1, upper: 1 });
  });

  test("a nested stack that was not described has no upper bound", async () => {
    const { totals, blindSpots } = await judgedPlan(changeSet([child("Net")]));
    expect(totals.ended).toEqual({ lower: 0, upper: null });
    expect(totals.dataLoss).toEqual({ lower: 0, upper: null });
    expect(blindSpots.map(({ code }) => code)).toContain("nested-stacks");
  });

  test("a new nested stack ends nothing", async () => {
    expect((await judgedPlan(changeSet([added("Net", STACK)]))).totals.ended).toEqual({ lower: 0, upper: 0 });
  });

  test("change sets that are each other's children do not get lost", async () => {
    const loop = (name: string, inner: string): Json =>
      changeSet([child(inner), removed("Bucket", "AWS::S3::Bucket")], nestedHead(name, inner));
    const plan = await judgedTree(loop("One", "Two"), loop("Two", "One"));
    expect(plan.changes.filter(({ action }) => action === "delete")).toHaveLength(2);
  });
});

describe("the union of two descriptions", () => {
  const plain = changeSet([
    modified("A", "AWS::EC2::VPC"),
    replaced("B", SUBNET, follows("VpcId", "A")),
    modified("Left", QUEUE),
  ]);
  const rich = changeSet([replaced("B", SUBNET, follows("VpcId", "A", later), { BeforeContext: "{}" })]);

  test("membership from the plain one, values from the other", async () => {
    const both = await judgedPlan(`${JSON.stringify(plain)}\n${JSON.stringify(rich)}`);
    expect(both.changes.map(({ address, action }) => `${address} ${action}`)).toEqual([
      "A update",
      "B update",
      "Left update",
    ]);
  });

  test("alone, each leaves the replacement open", async () => {
    for (const one of [plain, rich]) {
      const { changes } = await judgedPlan(one);
      expect(changes.find(({ address }) => address === "B")?.certainty).toBe("conditional");
    }
  });

  test("two that contradict each other are not decided on", async () => {
    const other = changeSet([removed("A", "AWS::EC2::VPC")]);
    const report = await judgedPlan(`${JSON.stringify(plain)}\n${JSON.stringify(other)}`);
    expect(report.summary.unknown).toBe(1);
  });
});
