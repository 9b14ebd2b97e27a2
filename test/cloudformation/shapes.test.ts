/** Every shape in which people save a change set, and every way in which one can be unfit to judge. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../../src/index.ts";
import {
  added,
  changed,
  changeSet,
  contexts,
  edited,
  follows,
  modified,
  nestedHead,
  removed,
  replaced,
} from "../support/change-set.ts";
import { judged, judgedFile, judgedPlan, refusal } from "../support/judge.ts";
import { change, type Json, plan } from "../support/plan.ts";
import { firebreak, folderWith } from "../support/world.ts";

const QUEUE = "AWS::SQS::Queue";
const ROWS = [added("New", QUEUE), removed("Old", QUEUE), replaced("Other", QUEUE, [edited("QueueName")])];
const WHOLE = changeSet(ROWS);

/** The console's spelling. */
function camel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camel);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.charAt(0).toLowerCase() + key.slice(1), camel(inner)]),
  );
}

/** What every shape of the same change comes to. */
const SUMMARY = { create: 1, update: 0, delete: 1, replace: 1 };

describe("shapes", () => {
  const [first = {}, ...rest] = ROWS;
  const firstPage = changeSet([first], { NextToken: "more" });
  const lastPage = changeSet(rest);
  test.each<[string, string]>([
    ["a description", JSON.stringify(WHOLE)],
    ["a description, indented", JSON.stringify(WHOLE, null, 4)],
    ["pages one after the other", `${JSON.stringify(firstPage)}\n${JSON.stringify(lastPage)}`],
    ["pages in an array", JSON.stringify([firstPage, lastPage])],
    ["the console's list", JSON.stringify(camel(ROWS))],
    ["a bare list in the API's spelling", JSON.stringify(ROWS)],
    ["the deploy action's summary", JSON.stringify({ changes: ROWS, totalChanges: 3, truncated: false })],
    ["contexts as texts", JSON.stringify(withContexts(contexts({ Properties: {} }, { Properties: {} })))],
    ["contexts as objects", JSON.stringify(withContexts({ BeforeContext: { Properties: {} }, AfterContext: {} }))],
    ["log lines around it", `creating change set\n${JSON.stringify(WHOLE)}\ndone\n`],
  ])("%s", async (_, text) => {
    const { summary, kind } = await judgedPlan(text);
    expect(summary).toMatchObject(SUMMARY);
    expect(kind).toBe("cloudformation-change-set");
  });

  function withContexts(more: Json): Json {
    return changeSet([
      added("New", QUEUE),
      removed("Old", QUEUE, more),
      replaced("Other", QUEUE, [edited("QueueName")], more),
    ]);
  }

  test("a folder with a root, its nested change sets, and the templates they came from", async () => {
    const root = changeSet([
      modified("Net", "AWS::CloudFormation::Stack", { ChangeSetId: nestedHead("Net")["ChangeSetId"] }),
    ]);
    const folder = folderWith({
      "a-child.json": JSON.stringify(changeSet([removed("Vpc", "AWS::EC2::VPC")], nestedHead("Net"))),
      "root.json": JSON.stringify(root),
      "template.json": JSON.stringify({ Resources: { Net: { Type: "AWS::CloudFormation::Stack" } } }),
    });
    const { plans, skipped } = await judgedFile(folder);
    expect(plans.map(({ input }) => input)).toEqual([join(folder, "root.json")]);
    expect(plans[0]?.changes.map(({ address }) => address)).toEqual(["Net", "Net/Vpc"]);
    expect(skipped.map(({ message }) => message)).toEqual([expect.stringMatching(/CloudFormation template/)]);
  });

  test("beside a Terraform plan in one run, limits hold for the sum", async () => {
    const report = await check([
      { input: "plan.json", bytes: Buffer.from(JSON.stringify(plan([change("aws_sqs_queue.a", ["delete"])]))) },
      { input: "set.json", bytes: Buffer.from(JSON.stringify(WHOLE)) },
    ]);
    expect(report.plans.map(({ kind }) => kind)).toEqual(["terraform-plan", "cloudformation-change-set"]);
  });

  test("a state goes with no change set, and the error says what does", async () => {
    const folder = folderWith({ "set.json": JSON.stringify(WHOLE), "state.json": "{}" });
    const { code, stderr } = await firebreak([
      "check",
      join(folder, "set.json"),
      "--state",
      join(folder, "state.json"),
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--source cdk\.out/);
  });

  test("from standard input, by the command line", async () => {
    const { code, stdout } = await firebreak(["check", "-"], { stdin: JSON.stringify(WHOLE) });
    expect(code).toBe(3);
    expect(stdout).toMatch(/^REVIEW {2}-: 2 of at least 2 objects end/);
  });
});

describe("unfit to judge: undecided, in one sentence, with a command that helps", () => {
  const head = (more: Json): Json => changeSet(ROWS, more);
  const WARNING =
    "[WARN] --include-property-values option can return incomplete ChangeSet data because: Logical Id: X, failed property validation";
  test.each<[string, Json, string, RegExp]>([
    ["a page with more behind it", head({ NextToken: "t" }), "incomplete-change-set", /NextToken/],
    ["AWS's warning", head({ StatusReason: WARNING }), "incomplete-change-set", /leaves? .*out|left out/],
    [
      "a summary that was cut",
      { changes: ROWS, totalChanges: 40, truncated: true },
      "incomplete-change-set",
      /truncated/,
    ],
    ["a summary that miscounts", { changes: ROWS, totalChanges: 4, truncated: false }, "incomplete-change-set", /./],
    ["no list", head({ Changes: null }), "incomplete-change-set", /no list of changes/],
    ["still being created", head({ Status: "CREATE_IN_PROGRESS" }), "failed-change-set", /not created yet/],
    ["failed", head({ Status: "FAILED", StatusReason: "Transform failed" }), "failed-change-set", /FAILED/],
    ["deleted", head({ Status: "DELETE_COMPLETE" }), "failed-change-set", /DELETE_COMPLETE/],
    ["a status from the future", head({ Status: "SHINY" }), "failed-change-set", /SHINY/],
    ["no status", head({ Status: undefined }), "failed-change-set", /no Status/],
    ["executed", head({ ExecutionStatus: "EXECUTE_COMPLETE" }), "stale-change-set", /too late/],
    ["obsolete", head({ ExecutionStatus: "OBSOLETE" }), "stale-change-set", /obsolete/],
    ["a root that cannot be executed", head({ ExecutionStatus: "UNAVAILABLE" }), "stale-change-set", /UNAVAILABLE/],
    ["an unknown action", changeSet([changed("Teleport", "A", QUEUE)]), "unknown-action", /Teleport/],
    [
      "an unknown word for a replacement",
      changeSet([modified("A", QUEUE, { Replacement: "Perhaps" })]),
      "unknown-action",
      /Perhaps/,
    ],
  ])("%s", async (_, content, code, sentence) => {
    const { verdict, errors } = await judged(content);
    expect(verdict).toBe("undecided");
    expect(errors.map((error) => error.code)).toEqual([code]);
    expect(errors[0]?.message).toMatch(sentence);
    expect(errors[0]?.message).not.toContain("\n");
    expect(errors[0]?.hint).toBeTruthy();
  });

  test.each<[string, string, RegExp]>([
    ["cut in the middle", JSON.stringify(WHOLE).slice(0, -200), /stops at byte/],
    ["a list that is cut", JSON.stringify(camel(ROWS)).slice(0, -1), /stops at byte/],
    [
      "a field given twice",
      JSON.stringify(WHOLE).replace('"Action":"Remove"', '"Action":"Add","Action":"Remove"'),
      /twice/,
    ],
    ["a change without an action", JSON.stringify(WHOLE).replace('"Action":"Remove",', ""), /has no "Action"/],
    [
      "a change of another type",
      JSON.stringify(WHOLE).replace('"Type":"Resource"', '"Type":"Account"'),
      /another type/,
    ],
    ["a change set quoted in text beside", `${JSON.stringify(WHOLE)}\n"ResourceChange": {`, /beside the change set/],
    [
      "rows without what is around them",
      JSON.stringify(ROWS.map(({ ResourceChange }) => ResourceChange)),
      /piece of a CloudFormation change set/,
    ],
    ["the AWS CLI's YAML", "Changes:\n- ResourceChange:\n    Action: Remove\n", /as text, which is not read/],
    ["the AWS CLI's lines", "CHANGES\tResource\nRESOURCECHANGE\tRemove\tOrders\n", /as text, which is not read/],
    ["one change alone", JSON.stringify(ROWS[1]), /piece of a CloudFormation change set/],
  ])("refused: %s", async (_, text, sentence) => {
    const { message, hint } = await refusal(text);
    expect(message).toMatch(sentence);
    expect(hint).toMatch(/aws cloudformation describe-change-set/);
  });
});

describe("fit to judge", () => {
  test.each([
    "The submitted information didn't contain changes. Submit different information to create a change set.",
    "No updates are to be performed.",
  ])("an empty change set passes: %s", async (reason) => {
    const report = await judged(
      changeSet([], { Status: "FAILED", ExecutionStatus: "UNAVAILABLE", StatusReason: reason }),
    );
    expect(report.verdict).toBe("pass");
    expect(report.plans[0]?.totals.affected).toEqual({ lower: 0, upper: 0 });
  });

  test("a change that calls itself empty and lists something is not", async () => {
    const report = await judged(changeSet(ROWS, { Status: "FAILED", StatusReason: "No updates are to be performed." }));
    expect(report.verdict).toBe("undecided");
  });

  test("the change set of a nested stack alone: judged, and said not to be all", async () => {
    const { plans, findings } = await judged(changeSet(ROWS, nestedHead("Net")));
    expect(plans[0]?.complete).toBe(false);
    expect(findings.map(({ ruleId }) => ruleId)).toContain("incomplete-plan");
  });

  test("drift, modules and hooks of newer answers", async () => {
    const row = removed("A", QUEUE, {
      ResourceDriftStatus: "MODIFIED",
      ResourceDriftIgnoredAttributes: [{ Path: "/Tags", Reason: "SENSITIVE_PROPERTY" }],
      ModuleInfo: { TypeHierarchy: "My::Inner::MODULE/My::Outer::MODULE", LogicalIdHierarchy: "Inner/Outer" },
      PreviousDeploymentContext: "{}",
    });
    const gone = modified("B", QUEUE, { ResourceDriftStatus: "DELETED" });
    const [plan] = (
      await judged(
        changeSet([{ ...row, HookInvocationCount: 2 }, gone], { DeploymentMode: "REVERT_DRIFT", NewField: {} }),
      )
    ).plans;
    expect(plan?.drift).toEqual({ changed: ["A"], deleted: ["B"] });
    expect(plan?.changes[0]?.label).toBe("Outer/Inner");
    expect(plan?.blindSpots.map(({ code }) => code)).toContain("reverts-drift");
  });

  const DRIFT_AWARE = { DeploymentMode: "REVERT_DRIFT", StackDriftStatus: "DRIFTED" };
  const actual = (name: string, more: Json = {}): Json => {
    const detail = edited(name, { value: "differs" });
    return { ...detail, Target: { ...(detail["Target"] as Json), BeforeValueFrom: "ACTUAL_STATE", ...more } };
  };
  async function spots(content: Json, source?: string): Promise<Record<string, string>> {
    const { blindSpots } = await judgedPlan(content, source === undefined ? {} : { source });
    return Object.fromEntries(blindSpots.map(({ code, message }) => [code, message]));
  }

  test("what was changed by hand and is undone is named, and what nobody compared", async () => {
    const rows = [
      modified("Undone", QUEUE, { ResourceDriftStatus: "MODIFIED", Details: [actual("DelaySeconds")] }),
      modified("Dark", QUEUE, { ResourceDriftStatus: "UNSUPPORTED" }),
      modified("Partly", QUEUE, {
        ResourceDriftStatus: "IN_SYNC",
        ResourceDriftIgnoredAttributes: [{ Path: "/Properties/Secret", Reason: "WRITE_ONLY_PROPERTY" }],
      }),
    ];
    const found = await spots(changeSet(rows, DRIFT_AWARE));
    expect(found["reverts-drift"]).toMatch(/made by hand since the last deployment on Undone are undone/);
    expect(found["drift-unknown"]).toBe("Whether Dark has been changed by hand is not known (UNSUPPORTED).");
    expect(found["drift-ignored"]).toMatch(/1 attribute of Partly .*\(WRITE_ONLY_PROPERTY\)/);
  });

  test("a property that only the record of CloudFormation changes of forces no replacement", async () => {
    const rows = [
      modified("Kept", QUEUE, { Details: [edited("DelaySeconds", { recreation: "Never", value: "differs" })] }),
      replaced("Queue", QUEUE, [
        actual("QueueName", { AttributeChangeType: "SyncWithActual" }),
        ...follows("Other", "Kept", { value: "later" }),
      ]),
    ];
    const plan = await judgedPlan(changeSet(rows, DRIFT_AWARE));
    expect(plan.changes.find(({ address }) => address === "Queue")?.action).toBe("update");
  });

  describe("hooks", () => {
    const hooked = changeSet([{ ...removed("A", QUEUE), HookInvocationCount: 2 }, modified("B", QUEUE)]);
    const hook = (TypeName: string, FailureMode: string): Json => ({
      TypeName,
      FailureMode,
      InvocationPoint: "PRE_PROVISION",
      TargetDetails: { TargetType: "RESOURCE", ResourceTargetDetails: { LogicalResourceId: "A" } },
    });
    const answered = (more: Json): Promise<Record<string, string>> =>
      spots(hooked, folderWith({ "shop/describe-change-set-hooks.json": JSON.stringify(more) }));
    const Hooks = [hook("My::Guard::Hook", "FAIL"), hook("My::Advice::Hook", "WARN")];

    test("that run are counted in a change set, and not named", async () => {
      const { hooks } = await spots(hooked);
      expect(hooks).toMatch(
        /^Hooks run before A, and what they will say is not known: aws cloudformation describe-change-set-hooks /,
      );
    });

    test("that were asked for are named, with what they can do", async () => {
      const { hooks } = await answered({ Status: "PLANNED", Hooks });
      expect(hooks).toMatch(/not known: My::Advice::Hook only warns, My::Guard::Hook can stop the change\.$/);
    });

    test.each<[string, Json]>([
      ["still being planned", { Status: "PLANNING", Hooks }],
      ["with another page behind it", { Status: "PLANNED", Hooks, NextToken: "t" }],
    ])("of a list %s are not known", async (_, answer) => {
      expect((await answered(answer))["hooks"]).toMatch(/describe-change-set-hooks/);
    });

    test("that do not run are no blind spot", async () => {
      expect(await spots(changeSet([{ ...removed("A", QUEUE), HookInvocationCount: null }]))).not.toHaveProperty(
        "hooks",
      );
    });
  });

  test("no value of a change set leaves the process", async () => {
    const secret = "hunter2-planted";
    const values = contexts(
      { Properties: { Password: secret, DeletionProtection: true } },
      { Properties: { Password: secret } },
    );
    const detail = edited("Password", { value: "differs" });
    const planted = JSON.parse(JSON.stringify(detail).replaceAll('"old"', JSON.stringify(secret)));
    const content = changeSet([replaced("A", QUEUE, [planted], values)], {
      Parameters: [{ ParameterKey: "Password", ParameterValue: secret }],
      Description: secret,
      StatusReason: secret,
    });
    const folder = folderWith({ "set.json": JSON.stringify(content) });
    writeFileSync(join(folder, "failed.json"), JSON.stringify({ ...content, ChangeSetId: "other", Status: "FAILED" }));
    for (const format of ["json", "pretty", "mermaid", "dot"]) {
      const { stdout, stderr } = await firebreak(["check", folder, "--verbose", "--format", format]);
      expect(stdout + stderr).not.toContain("hunter2");
    }
  });
});
