/** `firebreak check cfn-delete://STACK`: what goes with a stack, which CloudFormation itself does not preview. */

import { describe, expect, test } from "vitest";
import type { Report } from "../../src/index.ts";
import { stubAws } from "../support/aws.ts";
import { answersIn, type CloudFormation, serve } from "../support/cloudformation-server.ts";
import type { Json } from "../support/plan.ts";
import { firebreak, fixture, folderWith, reportOf } from "../support/world.ts";

const SHOP = fixture("cloudformation/shop");
const INPUT = "cfn-delete://eu-west-1/shop";

async function deletion(cloud: Partial<CloudFormation> = {}): Promise<Report> {
  stubAws();
  const { url } = await serve({ answers: answersIn(SHOP), ...cloud });
  return reportOf([INPUT, "--endpoint-url", url, "--quiet"]);
}

/** The template of the root with another body of one resource. */
function withResource(logicalId: string, more: Json): Record<string, Json> {
  const answers = answersIn(SHOP);
  const { TemplateBody } = answers["GetTemplate shop"] as { TemplateBody: { Resources: Record<string, Json> } };
  const Resources = { ...TemplateBody.Resources, [logicalId]: { ...TemplateBody.Resources[logicalId], ...more } };
  return { ...answers, "GetTemplate shop": { TemplateBody: { ...TemplateBody, Resources } } };
}

function fates({ plans: [plan] }: Report): (string | undefined)[][] {
  return (plan?.changes ?? []).map(({ address, action, fate }) => [address, action, fate]);
}

describe("the deletion of a stack", () => {
  test("ends all that it has, and what its nested stacks have, by their policies", async () => {
    const report = await deletion();
    expect(fates(report)).toEqual([
      ["Api", "delete", "destroyed"],
      ["Data", "delete", "destroyed"],
      ["Data/Database", "delete", "snapshotted"],
      ["Data/Replica", "delete", "snapshotted"],
      ["Logs", "forget", undefined],
      ["Orders", "delete", "destroyed"],
      ["Regions", "delete", "destroyed"],
      ["Role", "delete", "destroyed"],
      ["Throttled", "delete", "destroyed"],
    ]);
    const [plan] = report.plans;
    expect([plan?.existing, plan?.totals.ended, plan?.environment]).toEqual([9, { lower: 8, upper: 8 }, "production"]);
    expect(report.verdict).toBe("review");
  });

  test("keeps what is in a nested stack that is kept", async () => {
    const report = await deletion({ answers: withResource("Data", { DeletionPolicy: "Retain" }) });
    const nested = fates(report).filter(([address]) => address?.startsWith("Data"));
    expect(nested).toEqual([["Data", "forget", undefined]]);
  });

  test("works a policy out that depends on a parameter", async () => {
    const answers = withResource("Orders", { DeletionPolicy: { "Fn::If": ["Keep", "Retain", "Delete"] } });
    const { TemplateBody } = answers["GetTemplate shop"] as { TemplateBody: Json };
    const template = {
      ...TemplateBody,
      Parameters: { Stage: { Type: "String" } },
      Conditions: { Keep: { "Fn::Equals": [{ Ref: "Stage" }, "prod"] } },
    };
    const { Stacks } = answers["DescribeStacks shop"] as { Stacks: readonly Json[] };
    const stage = (value: string): Json => ({
      Stacks: [{ ...Stacks[0], Parameters: [{ ParameterKey: "Stage", ParameterValue: value }] }],
    });
    for (const [value, action] of [
      ["prod", "forget"],
      ["dev", "delete"],
    ] as const) {
      const report = await deletion({
        answers: { ...answers, "GetTemplate shop": { TemplateBody: template }, "DescribeStacks shop": stage(value) },
      });
      expect([value, fates(report).find(([address]) => address === "Orders")?.[1]]).toEqual([value, action]);
    }
  });

  test("says what CloudFormation will refuse, and what the services will", async () => {
    const { findings, plans } = await deletion();
    expect(findings.filter(({ ruleId }) => ruleId === "refused-change").map(({ message }) => message)).toEqual([
      expect.stringContaining("the export shop-orders-table of Orders goes or changes, and reports and web import it"),
      expect.stringContaining("termination protection of shop is on"),
    ]);
    expect(findings).toContainEqual(
      expect.objectContaining({ ruleId: "protected-object-ends", address: "Data/Database" }),
    );
    expect(plans[0]?.blindSpots.map(({ message }) => message).join()).toContain("Regions (3 instances)");
  });

  test("has no upper bound where a nested stack cannot be listed", async () => {
    const nested =
      "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop-Data-1QWERTY/00000000-0000-4000-8000-000000000002";
    const { plans } = await deletion({
      errors: { [`ListStackResources ${nested}`]: { code: "AccessDenied", status: 403 } },
    });
    expect(plans[0]?.totals.ended).toEqual({ lower: 6, upper: null });
  });

  test("is judged from saved answers too", async () => {
    const request = folderWith({ "deletion.json": '{"DeleteStack": {"StackName": "shop"}}' });
    const saved = await reportOf([request, "--source", SHOP]);
    const live = await deletion();
    expect([fates(saved), saved.verdict]).toEqual([fates(live), live.verdict]);
    expect(saved.findings.map(({ ruleId }) => ruleId)).toEqual(live.findings.map(({ ruleId }) => ruleId));
  });
});

describe("no verdict on a deletion", () => {
  test("without the list of what the stack has", async () => {
    const { code, stderr } = await firebreak(["check", "-"], { stdin: '{"DeleteStack": {"StackName": "shop"}}' });
    expect([code, stderr]).toEqual([2, expect.stringContaining("firebreak check cfn-delete://shop")]);
  });

  test("where the list may not be read", async () => {
    stubAws();
    const { url } = await serve({ answers: answersIn(SHOP), errors: { ListStackResources: { code: "AccessDenied" } } });
    const { code, stdout, stderr } = await firebreak(["check", INPUT, "--endpoint-url", url, "--quiet"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("these AWS credentials may not call cloudformation:ListStackResources");
  });

  test.each([
    ["DELETE_COMPLETE", "is deleted already"],
    ["DELETE_IN_PROGRESS", "is being deleted at this moment"],
    ["UPDATE_IN_PROGRESS", "is changing at this moment (UPDATE_IN_PROGRESS)"],
  ])("while it is %s", async (StackStatus, says) => {
    stubAws();
    const answers = answersIn(SHOP);
    const { Stacks } = answers["DescribeStacks shop"] as { Stacks: readonly Json[] };
    const { url } = await serve({
      answers: { ...answers, "DescribeStacks shop": { Stacks: [{ ...Stacks[0], StackStatus }] } },
    });
    const { code, stderr } = await firebreak(["check", INPUT, "--endpoint-url", url, "--quiet"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
  });
});
