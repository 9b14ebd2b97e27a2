/** What keeps a live input from being judged: one sentence each with what to do, exit 2, and nothing secret in it. */

import { describe, expect, test } from "vitest";
import { readSources } from "../../src/sources/index.ts";
import { SECRETS, stubAws } from "../support/aws.ts";
import { answersIn, type CloudFormation, type ServerError, serve } from "../support/cloudformation-server.ts";
import type { Json } from "../support/plan.ts";
import { firebreak, fixture, type Outcome } from "../support/world.ts";

const SHOP = fixture("cloudformation/shop");
const INPUT = "cfn://eu-west-1/shop/release-42";

async function failing(cloud: Partial<CloudFormation>, input = INPUT): Promise<Outcome> {
  stubAws();
  const { url } = await serve({ answers: answersIn(SHOP), ...cloud });
  return firebreak(["check", input, "--endpoint-url", url, "--quiet"]);
}

/** One sentence, and one of what to do; nothing on standard output. */
function expectSentence({ code, stdout, stderr }: Outcome, says: string | RegExp): void {
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(says);
  expect(stderr).toMatch(/^firebreak: [^\n]+\n {2}[^\n]+\n$/);
  for (const secret of SECRETS) expect(stderr).not.toContain(secret);
}

/** AWS quotes what it was given: none of that may get through. */
const QUOTED = SECRETS.join(" ");

describe("AWS refuses", () => {
  test.each<[ServerError["code"], number, RegExp]>([
    ["ExpiredToken", 403, /the AWS credentials have expired\n {2}Sign in again/],
    ["InvalidClientTokenId", 403, /AWS does not accept these credentials \(InvalidClientTokenId\)/],
    ["SignatureDoesNotMatch", 403, /AWS does not accept these credentials/],
    ["AccessDenied", 403, /may not call cloudformation:DescribeChangeSet\n.*firebreak init --aws-policy/],
    ["ChangeSetNotFound", 404, /there is no such change set in eu-west-1/],
    ["SomethingNew", 400, /cloudformation:DescribeChangeSet failed \(SomethingNew\)/],
  ])("with %s", async (code, status, says) => {
    expectSentence(await failing({ errors: { DescribeChangeSet: { code, status, message: QUOTED } } }), says);
  });

  test("a change set or a stack that is not there", async () => {
    expectSentence(await failing({ answers: {} }), /there is no such change set in eu-west-1/);
    expectSentence(
      await failing({ answers: {} }, "cfn-delete://eu-west-1/shop"),
      /there is no such stack in eu-west-1/,
    );
    const message = "Stack [shop] does not exist";
    const gone = { DescribeChangeSet: { code: "ValidationError", message } };
    expectSentence(await failing({ errors: gone }), /there is no such stack in eu-west-1.*\n.*Name the region/);
  });

  test("expired credentials half-way, although that call is optional", async () => {
    const outcome = await failing({
      errors: { GetStackPolicy: { code: "ExpiredToken", status: 403, message: QUOTED } },
    });
    expectSentence(outcome, /the AWS credentials have expired/);
  });
});

describe("a change set that cannot be executed", () => {
  test.each([
    [
      { Status: "CREATE_IN_PROGRESS", ExecutionStatus: "UNAVAILABLE" },
      /is not created yet .*\n.*change-set-create-complete/,
    ],
    [{ Status: "FAILED", StatusReason: "Transform failed", ExecutionStatus: "UNAVAILABLE" }, /could not be created/],
    [{ ExecutionStatus: "EXECUTE_COMPLETE" }, /has been executed already/],
    [{ ExecutionStatus: "OBSOLETE" }, /is obsolete/],
    [{ Status: "DELETE_COMPLETE", ExecutionStatus: "UNAVAILABLE" }, /is no change set that could be executed/],
  ])("is undecided: %o", async (head, says) => {
    const answers = answersIn(SHOP);
    const changed = Object.fromEntries(
      Object.entries(answers).map(([key, value]): [string, Json] =>
        key.startsWith("DescribeChangeSet") ? [key, { ...value, ...head }] : [key, value],
      ),
    );
    const { code, stderr } = await failing({ answers: changed });
    expect([code, stderr]).toEqual([2, expect.stringMatching(says)]);
  });

  test("is noticed to have been executed while it was read", async () => {
    const answers = answersIn(SHOP);
    const onRequest = (request: URLSearchParams): void => {
      if (request.get("Action") !== "GetTemplate") return;
      for (const [key, value] of Object.entries(answers)) {
        if (key.startsWith("DescribeChangeSet")) answers[key] = { ...value, ExecutionStatus: "EXECUTE_IN_PROGRESS" };
      }
    };
    expectSentence(await failing({ answers, onRequest }), /has been executed, deleted or outdated while it was read/);
  });
});

describe("nobody answers", () => {
  test("no credentials", async () => {
    stubAws({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined });
    const outcome = await firebreak(["check", INPUT, "--endpoint-url", "http://127.0.0.1:9", "--quiet"]);
    expectSentence(outcome, /no AWS credentials were found\n.*aws sso login/);
  });

  test("no region", async () => {
    stubAws();
    const outcome = await firebreak([
      "check",
      "cfn://shop/release-42",
      "--endpoint-url",
      "http://127.0.0.1:9",
      "--quiet",
    ]);
    expectSentence(outcome, /no AWS region is set\n.*AWS_REGION/);
  });

  test("no server", async () => {
    stubAws();
    const outcome = await firebreak(["check", INPUT, "--endpoint-url", "http://127.0.0.1:9", "--quiet"]);
    expectSentence(outcome, /AWS cannot be reached \(ECONNREFUSED\)/);
  });

  test("a server that stays silent", async () => {
    stubAws();
    const { url } = await serve({ answers: {}, errors: { DescribeChangeSet: { code: "", hang: true } } });
    for await (const source of readSources([INPUT], () => empty(), { endpointUrl: url, timeoutMs: 50, attempts: 2 })) {
      expect("error" in source && source.error.message).toBe(`${INPUT}: AWS did not answer in time`);
    }
    expect.assertions(1);
  });

  test("AWS that asks to slow down for ever", async () => {
    stubAws();
    const { url, operations } = await serve({ answers: {}, errors: { DescribeChangeSet: { code: "Throttling" } } });
    for await (const source of readSources([INPUT], () => empty(), { endpointUrl: url, attempts: 2 })) {
      expect("error" in source && source.error.message).toContain(
        "AWS asked to slow down until all attempts were used up",
      );
    }
    expect(operations).toHaveLength(2);
  });
});

describe("names that are none", () => {
  test.each([
    ["cfn://shop", /names no change set and no stack/],
    ["cfn://eu-west-1/shop/release-42/more", /names no change set and no stack/],
    ["cfn://sh op/release", /names no change set and no stack/],
    ["cfn-delete://eu-west-1/shop/release-42", /names no change set and no stack/],
    [
      "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/0-1",
      /this names a stack, not a change set\n.*cfn-delete:\/\//,
    ],
  ])("%s", async (input, says) => {
    stubAws();
    expectSentence(await firebreak(["check", input]), says);
  });

  test("an endpoint that is no address, which may hold a password", async () => {
    const outcome = await firebreak(["check", INPUT, "--endpoint-url", "user:planted-secret-key@localhost"]);
    expectSentence(outcome, /--endpoint-url is no address/);
  });
});

async function* empty(): AsyncGenerator<Buffer> {}
