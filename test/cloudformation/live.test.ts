/** `firebreak check cfn://...`: the real SDK against a server that answers as AWS does. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check, type PlanReport } from "../../src/index.ts";
import { stubAws } from "../support/aws.ts";
import { answersIn, type CloudFormation, type RunningServer, serve } from "../support/cloudformation-server.ts";
import { corpusFolder, readJson, sayMissing } from "../support/corpus.ts";
import type { Json } from "../support/plan.ts";
import { firebreak, fixture, folderWith, reportOf } from "../support/world.ts";

const SHOP = fixture("cloudformation/shop");
const INPUT = "cfn://eu-west-1/shop/release-42";
const ROOT = "arn:aws:cloudformation:eu-west-1:123456789012:changeSet/release-42/00000000-0000-4000-8000-000000000003";

/** The plan in the report on a live input. */
async function livePlan(cloud: Partial<CloudFormation> = {}, input = INPUT): Promise<[PlanReport, RunningServer]> {
  stubAws();
  const server = await serve({ answers: answersIn(SHOP), ...cloud });
  const { plans } = await reportOf([input, "--endpoint-url", server.url, "--quiet"]);
  return [plans[0] as PlanReport, server];
}

/** The shop, with hooks that run before its changes. */
function withHooks(): CloudFormation["answers"] {
  const answers = answersIn(SHOP);
  const counted = Object.entries(answers).map(([key, answer]): [string, Json] => {
    const changes = answer["ChangeSetName"] === "release-42" ? (answer["Changes"] as readonly Json[]) : undefined;
    return [key, changes ? { ...answer, Changes: changes.map((one) => ({ ...one, HookInvocationCount: 1 })) } : answer];
  });
  const Hooks = [
    { TypeName: "My::Guard::Hook", FailureMode: "FAIL" },
    { TypeName: "My::Advice::Hook", FailureMode: "WARN" },
  ];
  return { ...Object.fromEntries(counted), [`DescribeChangeSetHooks ${ROOT}`]: { Status: "PLANNED", Hooks } };
}

describe("a change set in AWS", () => {
  test("comes to the verdict of the story: a table with data is replaced, and six objects live on", async () => {
    stubAws();
    const { url } = await serve({ answers: answersIn(SHOP) });
    const { code, stdout, stderr } = await firebreak(["check", INPUT, "--endpoint-url", url, "--actor", "agent"]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^REVIEW {2}cfn:\/\/eu-west-1\/shop\/release-42: 1 of 9 objects ends/);
    expect(stderr.split("\n")).toEqual([
      "reading the change set release-42",
      "reading the stack shop",
      "reading the stack shop-Data-1QWERTY",
      "",
    ]);
  });

  test("is judged as the same answers saved in files are", async () => {
    const [live] = await livePlan();
    const { plans } = await reportOf([SHOP, "--source", SHOP]);
    const [saved] = plans;
    const withoutPlace = ({ input: _, digest: __, blindSpots, ...plan }: PlanReport) => ({
      ...plan,
      // `reports` imports too, and its template is in neither.
      blindSpots: blindSpots.filter(({ code }) => code !== "call-refused"),
    });
    expect(withoutPlace(live)).toEqual(withoutPlace(saved as PlanReport));
  });

  test("knows what else there is: unchanged objects, nested stacks, importers in other stacks", async () => {
    const [plan] = await livePlan();
    expect(plan.existing).toBe(9);
    const orders = plan.changes.find(({ address }) => address === "Orders");
    const affected = orders?.blastRadius?.affected.map(({ address, edge, certain }) => [address, edge, certain]);
    expect(affected).toEqual([
      ["Api", "exact", true],
      ["Throttled", "exact", true],
      ["reports:*", "exact", true],
      ["web:Worker", "exact", true],
    ]);
    expect(plan.changes.map(({ address, action }) => [address, action])).toEqual([
      ["Api", "update"],
      ["Data", "update"],
      ["Data/Database", "update"],
      ["Logs", "forget"],
      ["Orders", "replace"],
    ]);
  });

  test("is judged by the library too", async () => {
    stubAws();
    const { url } = await serve({ answers: answersIn(SHOP) });
    const { verdict, plans } = await check([INPUT], { endpointUrl: url, now: new Date(0) });
    expect([verdict, plans[0]?.existing]).toEqual(["review", 9]);
  });

  test("may be named by its ARN, which names the region too", async () => {
    const [byName, first] = await livePlan();
    for (const input of [ROOT, `cfn://${ROOT}`]) {
      const [byArn, server] = await livePlan({}, input);
      expect(byArn.fingerprint).toBe(byName.fingerprint);
      expect(server.operations).toEqual(first.operations);
    }
  });

  test("says on which line of the submitted template an object is written, and of what leaves, where it was", async () => {
    const before = "Resources:\n  Orders:\n    Type: AWS::DynamoDB::Table\n  Logs:\n    Type: AWS::S3::Bucket\n";
    const after = `# The shop\n${before.slice(0, before.indexOf("  Logs"))}`;
    const answers = {
      ...answersIn(SHOP),
      "GetTemplate+original shop": { TemplateBody: before },
      "GetTemplate+original shop change set": { TemplateBody: after },
    };
    const [{ changes }] = await livePlan({ answers });
    const locations = Object.fromEntries(changes.map(({ address, location }) => [address, location]));
    expect(locations["Orders"]).toEqual({ file: "cfn://shop", line: 3 });
    expect(locations["Logs"]).toEqual({ file: "cfn://shop", line: 4 });
    expect(locations["Data/Database"]).toBeUndefined();
  });

  test("says it of a file that was given instead, where that holds what changes", async () => {
    stubAws();
    const server = await serve({ answers: answersIn(SHOP) });
    const folder = folderWith({
      "shop.yaml": `Resources:
  Api: {Type: AWS::Lambda::Function}
  Orders: {Type: AWS::DynamoDB::Table}
  Logs: {Type: AWS::S3::Bucket}
  Data: {Type: AWS::CloudFormation::Stack}
`,
    });
    const file = join(folder, "shop.yaml");
    const { plans, findings } = await reportOf([INPUT, "--endpoint-url", server.url, "--quiet", "--source", file]);
    const orders = plans[0]?.changes.find(({ address }) => address === "Orders");
    expect(orders?.location).toEqual({ file: expect.stringMatching(/shop\.yaml$/), line: 3 });
    expect(findings.find(({ address }) => address === "Orders")?.location?.line).toBe(3);
    expect(plans[0]?.existing).toBe(9);
  });

  test("is asked for its hooks where it counts any, page by page, and for none otherwise", async () => {
    const known = withHooks();
    const [plan] = await livePlan({ answers: known, pageSize: 1 });
    const hooks = plan.blindSpots.find(({ code }) => code === "hooks");
    expect(hooks?.message).toMatch(/My::Advice::Hook only warns, My::Guard::Hook can stop the change/);

    const refused = { DescribeChangeSetHooks: { code: "AccessDenied", status: 403 } };
    const [denied] = await livePlan({ answers: known, errors: refused });
    expect(denied.blindSpots.map(({ message }) => message).join("\n")).toMatch(
      /cloudformation:DescribeChangeSetHooks is not allowed for shop, so which hooks will run/,
    );
    const [, { operations }] = await livePlan();
    expect(operations).not.toContain("DescribeChangeSetHooks");
  });

  test("is looked for in the region that the AWS CLI is told of", async () => {
    stubAws({ AWS_DEFAULT_REGION: "eu-west-1" });
    const { url } = await serve({ answers: answersIn(SHOP) });
    const { code } = await firebreak(["check", "cfn://shop/release-42", "--endpoint-url", url, "--quiet"]);
    expect(code).not.toBe(2);
  });

  test("is read page by page, whatever the size of the pages", async () => {
    const [whole] = await livePlan();
    const [paged, { requests }] = await livePlan({ pageSize: 1 });
    expect(requests.some((request) => request.has("NextToken"))).toBe(true);
    expect(paged).toEqual(whole);
  });

  test("is asked for again when AWS asks to slow down", async () => {
    const [whole] = await livePlan();
    const slow = { code: "Throttling", message: "Rate exceeded", times: 2 };
    const [throttled, { operations }] = await livePlan({
      errors: { DescribeChangeSet: slow, GetTemplate: { ...slow, code: "ThrottlingException" } },
    });
    expect(throttled).toEqual(whole);
    expect(operations.slice(0, 3)).toEqual(["DescribeChangeSet", "DescribeChangeSet", "DescribeChangeSet"]);
  });

  test("that changes nothing passes, without another call", async () => {
    const [plan, { operations }] = await livePlan({
      answers: {
        "DescribeChangeSet release-42": {
          ChangeSetId: ROOT,
          ChangeSetName: "release-42",
          StackName: "shop",
          Status: "FAILED",
          ExecutionStatus: "UNAVAILABLE",
          StatusReason:
            "The submitted information didn't contain changes. Submit different information to create a change set.",
          Changes: [],
        },
        [`DescribeChangeSet ${ROOT}`]: {
          ChangeSetId: ROOT,
          ChangeSetName: "release-42",
          Status: "FAILED",
          StatusReason: "No updates are to be performed.",
        },
      },
    });
    expect([plan.changes, operations.length]).toEqual([[], 2]);
  });

  test("of a stack that is only to be created asks for nothing that is not there", async () => {
    const answers = answersIn(SHOP);
    const stacks = answers["DescribeStacks shop"] as { readonly Stacks: readonly Json[] };
    const description = (key: string): Json => ({
      ...answers[key],
      Changes: [
        {
          Type: "Resource",
          ResourceChange: { Action: "Add", LogicalResourceId: "Logs", ResourceType: "AWS::S3::Bucket" },
        },
      ],
    });
    const [plan, { operations }] = await livePlan({
      answers: {
        "DescribeChangeSet release-42": description("DescribeChangeSet release-42"),
        [`DescribeChangeSet ${ROOT}`]: description(`DescribeChangeSet ${ROOT}`),
        "DescribeStacks shop": { Stacks: [{ ...stacks.Stacks[0], StackStatus: "REVIEW_IN_PROGRESS", Outputs: [] }] },
        "GetTemplate shop change set": { TemplateBody: { Resources: { Logs: { Type: "AWS::S3::Bucket" } } } },
      },
    });
    expect([plan.summary.create, plan.existing, plan.existingIsKnown]).toEqual([1, 0, undefined]);
    expect(operations.filter((name) => name !== "DescribeChangeSet")).toEqual([
      "DescribeStacks",
      "GetTemplate",
      "GetTemplate",
    ]);
  });

  test("is explained and drawn as a file is", async () => {
    stubAws();
    const { url } = await serve({ answers: answersIn(SHOP) });
    const explained = await firebreak(["explain", INPUT, "web:Worker", "--endpoint-url", url]);
    expect([explained.code, explained.stdout]).toEqual([0, expect.stringContaining("export shop-orders-table")]);
    const drawn = await firebreak(["graph", INPUT, "--endpoint-url", url]);
    expect([drawn.code, drawn.stdout]).toEqual([0, expect.stringContaining("web#58;Worker")]);
  });

  test("gives away nothing secret, and asks only what the printed policy allows", async () => {
    stubAws();
    const { url, operations } = await serve({ answers: withHooks() });
    const { stdout, stderr } = await firebreak(["check", INPUT, "--endpoint-url", url, "--format", "json"]);
    expect(stdout + stderr).not.toMatch(/planted|AKIA|Signature/);
    const policy = JSON.parse((await firebreak(["init", "--aws-policy"])).stdout) as {
      readonly Statement: readonly { readonly Action: readonly string[] }[];
    };
    const allowed = policy.Statement.flatMap(({ Action }) => Action.map((name) => name.replace("cloudformation:", "")));
    expect([...new Set(operations)].sort()).toEqual([...allowed].sort());
    expect(allowed.filter((name) => !/^(Describe|Get|List)/.test(name))).toEqual([]);
  });
});

describe("what surrounds a change set", () => {
  test("refuses it: the stack policy, and exports that are in use", async () => {
    stubAws();
    const { url } = await serve({ answers: answersIn(SHOP) });
    const { findings } = await reportOf([INPUT, "--endpoint-url", url, "--quiet"]);
    const refused = findings.filter(({ ruleId }) => ruleId === "refused-change");
    expect(refused.map(({ level, address, message }) => [level, address, message])).toEqual([
      ["warning", "Orders", expect.stringContaining("the stack policy denies Update:Replace of Orders")],
      ["warning", "Orders", expect.stringContaining("the export shop-orders-table of Orders goes or changes")],
    ]);
  });

  test("refuses to let an export go that is in use, although what it names stays", async () => {
    stubAws();
    const answers = answersIn(SHOP);
    const { TemplateBody, ...rest } = answers["GetTemplate shop change set"] as { readonly TemplateBody: Json };
    const { url } = await serve({
      answers: {
        ...answers,
        "GetTemplate shop change set": { ...rest, TemplateBody: { ...TemplateBody, Outputs: {} } },
        "ListImports shop-orders-table": { Imports: [] },
        "ListImports shop-api": { Imports: ["web"] },
      },
    });
    const { findings } = await reportOf([INPUT, "--endpoint-url", url, "--quiet"]);
    const messages = findings.filter(({ ruleId }) => ruleId === "refused-change").map(({ message }) => message);
    expect(messages.join("\n")).toContain("the export shop-api of Api goes or changes, and web imports it");
  });

  /** Without the answer of one call: what the report says instead, and which bound is lost. */
  const DEGRADED: readonly (readonly [operation: string, says: string])[] = [
    ["DescribeStacks", "exports, tags and termination protection are not known"],
    ["GetStackPolicy", "whether the stack policy will refuse the update is not known"],
    ["GetTemplate", "what depends on an ending object is not known in full"],
    ["ListImports", "which other stacks use what this one exports is not known"],
    ["ListStackInstances", "in how many accounts and regions a stack set has instances is not known"],
    ["ListStackResources", "how many objects there are, and which stacks are nested, is not known for sure"],
  ];

  test.each(DEGRADED)("may be hidden: %s", async (operation, says) => {
    const message = "User: arn:aws:sts::123456789012:assumed-role/ci/planted-session-token is not authorized";
    const [plan, { operations }] = await livePlan({
      errors: { [operation]: { code: "AccessDenied", message, status: 403 } },
    });
    expect(operations).toContain(operation);
    const spots = plan.blindSpots.filter(({ code }) => code === "call-refused").map(({ message: text }) => text);
    expect(spots).toContainEqual(
      expect.stringMatching(new RegExp(`^cloudformation:${operation} is not allowed for .*${says}`)),
    );
    expect(spots.join()).not.toContain("planted");
    expect(plan.totals.ended.lower).toBe(1);
  });

  test("leaves no upper bound on dependents where no template may be read", async () => {
    const [plan] = await livePlan({ errors: { GetTemplate: { code: "AccessDenied", status: 403 } } });
    expect([plan.existing, plan.totals.affected.upper]).toEqual([9, null]);
  });

  test("leaves no upper bound on what ends where a nested change set may not be read", async () => {
    const child =
      "arn:aws:cloudformation:eu-west-1:123456789012:changeSet/shop-Data-1QWERTY-release-42/00000000-0000-4000-8000-000000000004";
    const [plan] = await livePlan({
      errors: { [`DescribeChangeSet ${child}`]: { code: "AccessDenied", status: 403 } },
    });
    expect(plan.totals.ended).toEqual({ lower: 1, upper: null });
    const messages = plan.blindSpots.map(({ message }) => message).join();
    expect(messages).toContain("the nested stack Data (2 objects) was not given");
    expect(messages).toContain("DescribeChangeSet is not allowed for shop-Data-1QWERTY-release-42");
  });
});

const corpus = corpusFolder("cloudformation");
if (corpus === undefined) sayMissing("the corpus of change sets");

describe.skipIf(corpus === undefined)("recorded change sets", () => {
  const entries =
    corpus === undefined ? [] : readJson<{ entries: { file: string }[] }>(corpus, "MANIFEST.json").entries;
  const described = entries
    .map(({ file }) => [file, readJson<Json>(corpus ?? "", file)] as const)
    .filter(([, content]) => content["Status"] === "CREATE_COMPLETE" && content["ExecutionStatus"] === "AVAILABLE");

  test("come through the API as they come from files", async () => {
    expect(described.length).toBeGreaterThan(40);
    stubAws();
    for (const [file, recorded] of described) {
      // The recorder put placeholders in the place of what is new each time.
      const content = { ...recorded, ChangeSetId: ROOT, CreationTime: "2026-01-31T11:00:00.000Z" };
      const answers = { "DescribeChangeSet recorded": content, [`DescribeChangeSet ${ROOT}`]: content };
      const { url } = await serve({ answers, pageSize: 3 });
      const live = await reportOf(["cfn://eu-west-1/recorded/recorded", "--endpoint-url", url, "--quiet"]);
      const saved = await reportOf([join(corpus ?? "", file)]);
      expect([file, live.plans[0]?.changes]).toEqual([file, saved.plans[0]?.changes]);
    }
  });
});
