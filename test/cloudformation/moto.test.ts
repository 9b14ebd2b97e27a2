/**
 * The live path against moto's server, which is a program of its own: wiring, not verdicts. Its change sets name nothing but
 * logical ids and types, and what it does not know it answers with HTTP 500.
 */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { CloudFormation } from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stubAws } from "../support/aws.ts";
import { sayMissing } from "../support/corpus.ts";
import { firebreak, reportOf } from "../support/world.ts";

const hasMoto = spawnSync("moto_server", ["--help"], { stdio: "ignore" }).status === 0;
if (!hasMoto) sayMissing("moto_server");

const TEMPLATE = {
  Resources: { Orders: { Type: "AWS::DynamoDB::Table", Properties: TABLE() }, News: { Type: "AWS::SNS::Topic" } },
  Outputs: { Orders: { Value: { Ref: "Orders" }, Export: { Name: "orders" } } },
};

function TABLE(): object {
  return {
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  };
}

describe.skipIf(!hasMoto)("moto", () => {
  let server: ChildProcess;
  let url = "";

  beforeAll(async () => {
    const port = await freePort();
    server = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
    url = `http://127.0.0.1:${port}`;
    await answering(url);
  });

  afterAll(() => {
    server.kill();
  });

  test("answers for a stack, its change set and its deletion", async () => {
    stubAws();
    const client = new CloudFormation({ region: "eu-west-1", endpoint: url });
    await client.createStack({ StackName: "shop", TemplateBody: JSON.stringify(TEMPLATE) });
    const deletion = await reportOf(["cfn-delete://eu-west-1/shop", "--endpoint-url", url, "--quiet"]);
    expect(deletion.plans[0]?.changes.map(({ address, action }) => [address, action])).toEqual([
      ["News", "delete"],
      ["Orders", "delete"],
    ]);
    expect(deletion.plans[0]?.blindSpots.map(({ message }) => message).join()).toMatch(
      /ListImports gave no answer \(HTTP 500\)/,
    );

    const { Orders } = TEMPLATE.Resources;
    const next = { Resources: { Orders, Audit: { Type: "AWS::SQS::Queue" } } };
    const names = { StackName: "shop", ChangeSetName: "next", ChangeSetType: "UPDATE" } as const;
    await client.createChangeSet({ ...names, TemplateBody: JSON.stringify(next) });
    const report = await reportOf(["cfn://eu-west-1/shop/next", "--endpoint-url", url, "--quiet"]);
    expect(report.plans[0]?.summary.create).toBe(1);
    expect(report.verdict).not.toBe("undecided");
  });

  test("knows no other stack", async () => {
    stubAws();
    const { code, stderr } = await firebreak(["check", "cfn-delete://eu-west-1/nowhere", "--endpoint-url", url, "-q"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("there is no such stack in eu-west-1")]);
  });
});

function freePort(): Promise<number> {
  return new Promise((settle) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => settle(port));
    });
  });
}

/** Python takes its time to start. */
async function answering(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const isUp = await fetch(`${url}/moto-api/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((settle) => setTimeout(settle, 200));
  }
  throw new Error("moto_server does not answer");
}
