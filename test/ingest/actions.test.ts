/** What a plan says it will do to each object, and how sure that is, on small plans in Terraform's own words. */

import { describe, expect, test } from "vitest";
import type { PlanReport } from "../../src/index.ts";
import { judged, judgedPlan } from "../support/judge.ts";
import { type ChangeJson, change, existing, type Json, plan, stateOf } from "../support/plan.ts";

const NONE = { lower: 0, upper: 0 };
const ONE = { lower: 1, upper: 1 };
const MAYBE_ONE = { lower: 0, upper: 1 };
/** Of a type that holds data. */
const DB = "aws_db_instance.main";

describe("action words", () => {
  const replaced = (order: string, fate: string) => ({ action: "replace", order, fate, certainty: "certain" });
  test.each<[string[], keyof PlanReport["summary"], Json | undefined, Json, Json]>([
    [["no-op"], "noop", undefined, NONE, NONE],
    [["create"], "create", { action: "create" }, NONE, NONE],
    [["update"], "update", { action: "update" }, NONE, NONE],
    [["delete"], "delete", { action: "delete", fate: "destroyed", certainty: "certain" }, ONE, ONE],
    [["delete", "create"], "replace", replaced("delete-before-create", "destroyed"), ONE, ONE],
    [["create", "delete"], "replace", replaced("create-before-delete", "destroyed"), ONE, ONE],
    [["forget"], "forget", { action: "forget" }, NONE, NONE],
    // Terraform's order, then OpenTofu's: the old object lives on, with its data, in nobody's hands.
    [["create", "forget"], "replace", replaced("create-then-forget", "retained"), ONE, NONE],
    [["forget", "create"], "replace", replaced("create-then-forget", "retained"), ONE, NONE],
  ])("%j", async (actions, counter, expected, ended, dataLoss) => {
    const { changes, summary, totals } = await judgedPlan(plan([change(DB, actions)]));
    const facts = changes.map(({ action, order, fate, certainty }) => ({ action, order, fate, certainty }));
    expect(facts).toEqual(expected === undefined ? [] : [expected]);
    expect(Object.entries(summary).filter(([, count]) => count > 0)).toEqual([[counter, 1]]);
    expect(totals).toMatchObject({ ended, dataLoss });
  });

  const unknown = [["obliterate"], ["delete", "obliterate"], ["create", "update"], ["no-op", "delete"], ["Delete"]];
  const more = [["read"], ["delete", "delete"], ["delete", "create", "forget"], [], "delete", null, undefined];
  const rows = [...unknown, ...more].map((actions) => ({ actions }));
  test.each(rows)("$actions are unknown: undecided, and the object is named", async ({ actions }) => {
    const { verdict, errors, plans } = await judged(plan([change(DB, [], { change: { actions } })]), {
      actor: "human",
    });
    expect(verdict).toBe("undecided");
    expect(errors).toMatchObject([{ code: "unknown-action", address: DB }]);
    expect(plans[0]).toMatchObject({ summary: { unknown: 1 }, changes: [{ address: DB, action: "unknown" }] });
  });
});

describe("modes", () => {
  test.each<[string, string, string[], "pass" | "undecided"]>([
    ["data", "data.aws_ami.image", ["read"], "pass"],
    ["data", "data.aws_ami.image", ["delete"], "undecided"],
    ["data", "data.aws_ami.image", ["obliterate"], "undecided"],
    ["ephemeral", "ephemeral.aws_secret.key", ["open"], "pass"],
    ["ephemeral", "ephemeral.aws_secret.key", ["renew"], "undecided"],
    ["list", "list.aws_ami.images", ["delete"], "undecided"],
  ])("%s %s %j: %s", async (mode, address, actions, expected) => {
    const { verdict, plans } = await judged(plan([change(address, actions, { mode })]), { actor: "agent" });
    expect(verdict).toBe(expected);
    // What is not understood may be the worst.
    expect(plans[0]?.totals.ended).toEqual(expected === "pass" ? NONE : { lower: 0, upper: 1 });
    expect(plans[0]?.summary).toMatchObject(expected === "pass" ? { read: 1 } : { unknown: 1 });
  });

  // Some filters drop the mode. A module may be called data: that makes its objects no data sources.
  test.each<[string, number]>([
    ["aws_db_instance.main", 1],
    ["module.data.aws_db_instance.main", 1],
    ['module.data["a.b"].aws_db_instance.main[0]', 1],
    ["module.app.module.data.aws_db_instance.main", 1],
    ["data.aws_ami.image", 0],
    ["module.data.data.aws_ami.image", 0],
  ])("%s without a mode: %j ends", async (address, count) => {
    const { totals } = await judgedPlan({ resource_changes: [{ address, change: { actions: ["delete"] } }] });
    // Terraform plans no deletion of a data source: what it may be counts above only, and there is no verdict on it.
    expect(totals.ended).toEqual({ lower: count, upper: 1 });
  });
});

describe("deposed objects", () => {
  test("are told apart from the live object of their address, which comes first", async () => {
    const [one, other] = ["bbbbbbbb", "aaaaaaaa"].map((deposed) => change(DB, ["delete"], { deposed }));
    const both = plan([one as ChangeJson, change(DB, ["delete", "create"]), other as ChangeJson]);
    const { changes, totals, existing: count } = await judgedPlan(both);
    const keys = changes.map(({ deposed, action }) => `${deposed} ${action}`);
    expect(keys).toEqual(["undefined replace", "aaaaaaaa delete", "bbbbbbbb delete"]);
    expect({ ended: totals.ended, count }).toEqual({ ended: { lower: 3, upper: 3 }, count: 3 });
  });

  test("end while the live object stays", async () => {
    const leftover = change(DB, ["delete"], { deposed: "a1b2c3d4" });
    const { changes, summary } = await judgedPlan(plan([leftover, change(DB, ["no-op"])]));
    expect(changes).toMatchObject([{ address: DB, deposed: "a1b2c3d4", certainty: "certain" }]);
    expect(summary).toMatchObject({ delete: 1, noop: 1 });
  });
});

describe("moves", () => {
  const old = "aws_db_instance.old";
  test.each<[string, string[], string, string | undefined, Json]>([
    ["a pure move", ["no-op"], old, "move", NONE],
    ["moved and updated", ["update"], old, "update", NONE],
    ["moved and replaced", ["delete", "create"], old, "replace", ONE],
    ["moved and dropped", ["delete"], old, "delete", ONE],
  ])("%s", async (_, actions, from, action, ended) => {
    const { changes, summary, totals } = await judgedPlan(plan([change(DB, actions, { previous_address: from })]));
    expect(changes).toMatchObject(action === undefined ? [] : [{ address: DB, action, previousAddress: old }]);
    expect({ ended: totals.ended, moved: summary.move }).toEqual({ ended, moved: action === "move" ? 1 : 0 });
  });
});

describe("imports", () => {
  const ways = { "by-id": { id: "i-1" }, "by-identity": { identity: { arn: "a" } }, "unknown-id": { unknown: true } };
  const actions = { "no-op": "import", update: "update", "delete,create": "replace", "create,delete": "replace" };
  const cases = Object.entries(ways).flatMap(([way, importing]) =>
    Object.entries(actions).map(([words, action]) => [way, words, action, importing] as const),
  );
  test.each([...cases, ["not at all", "no-op", undefined, null] as const])("%s with %s", async (...row) => {
    const [way, words, action, importing] = row;
    const { plans, findings } = await judged(plan([change(DB, words.split(","), { change: { importing } })]));
    expect(plans[0]?.changes).toMatchObject(action === undefined ? [] : [{ address: DB, action, importing: way }]);
    expect(plans[0]?.summary).toMatchObject({ [action ?? "noop"]: 1 });
    const rules = findings.map(({ ruleId }) => ruleId);
    expect(rules.includes("imported-object-ends"), "it ends what was somebody else's").toBe(action === "replace");
  });
});

describe("replacements that may not come", () => {
  const before = { a: "1", b: "1", block: [{ x: "1", y: "1" }], list: ["1"] };
  const known = { b: "1", block: [{ y: "1" }], list: ["1"] };
  const unknown = { a: true, block: [{ x: true }] };
  test.each<[string, "certain" | "conditional", unknown[], Json, unknown]>([
    ["a known value", "certain", [["b"]], { ...known, b: "2" }, unknown],
    ["an unknown value", "conditional", [["a"]], known, unknown],
    ["an unknown and a known value", "certain", [["a"], ["b"]], { ...known, b: "2" }, unknown],
    ["an unknown value and one that stays", "certain", [["a"], ["b"]], known, unknown],
    ["two unknown values", "conditional", [["a"], ["block", 0, "x"]], known, unknown],
    ["a block with an unknown leaf", "conditional", [["block"]], known, unknown],
    ["a block with an unknown leaf and a new one", "certain", [["block"]], { ...known, block: [{ y: "2" }] }, unknown],
    ["a block more, with an unknown leaf", "certain", [["block"]], { ...known, block: [{ y: "1" }, {}] }, unknown],
    ["a leaf of a block that is unknown whole", "conditional", [["block", 0, "x"]], { b: "1" }, { block: true }],
    ["anything, when all is unknown", "conditional", [["a"], ["list", 0]], {}, true],
    ["no value: tainted, or asked for", "certain", [], known, unknown],
    // An element of a set is named by itself; whatever cannot be followed may be known.
    ["an unknown value and a path into a set", "certain", [["a"], ["set", { x: "1" }]], known, unknown],
  ])("forced by %s: %s", async (_, certainty, replace_paths, after, after_unknown) => {
    const inner = { before, after, after_unknown, ...(replace_paths.length > 0 && { replace_paths }) };
    for (const words of ["delete,create", "create,delete"]) {
      const { changes, totals } = await judgedPlan(plan([change(DB, words.split(","), { change: inner })]));
      expect(changes).toMatchObject([{ certainty }]);
      expect(totals.ended).toEqual(certainty === "certain" ? ONE : MAYBE_ONE);
    }
  });
});

describe("deferred changes", () => {
  const deferred = (resource_change: ChangeJson): Json => {
    const deferred_changes = [{ reason: "resource_config_unknown", resource_change }];
    return plan([], { complete: false, deferred_changes, prior_state: stateOf(existing(DB)) });
  };
  test.each(["update", "delete", "delete,create"])("%s counts in the upper bound alone", async (words) => {
    const { changes, totals, summary, ...rest } = await judgedPlan(deferred(change(DB, words.split(","))));
    expect(totals).toMatchObject({ ended: MAYBE_ONE, dataLoss: MAYBE_ONE });
    expect(changes).toMatchObject([{ certainty: "conditional", deferred: "resource_config_unknown" }]);
    expect(new Set(Object.values(summary)), "it is no part of this plan").toEqual(new Set([0]));
    expect(rest.incompleteReasons, "for no other reason").toEqual(["1 change is put off to a later plan"]);
  });

  test("an instance whose key is not known may have any dependents", async () => {
    const some = change("aws_db_instance.shard[*]", ["update"], { index_unknown: true });
    const { changes, totals } = await judgedPlan(deferred(some));
    expect(totals.ended).toEqual(MAYBE_ONE);
    expect(changes[0]?.blastRadius).toMatchObject({ lower: 0, upper: null });
  });

  const harmless = [change("aws_vpc.new", ["create"]), change("data.aws_ami.image", ["read"])];
  test.each(harmless)("$address ends nothing", async (entry) => {
    expect((await judgedPlan(deferred(entry))).totals.ended).toEqual(NONE);
  });
});

describe("what a plan says about itself", () => {
  const changes = [change(DB, ["delete"]), change("aws_vpc.main", ["no-op"])];
  const withOther = stateOf(
    existing(DB),
    existing("aws_vpc.main"),
    existing("aws_vpc.other"),
    existing("data.aws_ami.x"),
  );
  const isNotListed = /^1 existing object is not in the list/;
  test.each<[string, Json, RegExp | undefined]>([
    ["all is listed", {}, undefined],
    ["applyable false alone", { applyable: false }, undefined],
    ["OpenTofu has no flags", { applyable: undefined, complete: undefined }, undefined],
    ["complete false alone", { complete: false }, /"complete": false/],
    ["targeted: an existing object is not listed", { complete: false, prior_state: withOther }, isNotListed],
    ["excluded with OpenTofu, which has no flag", { complete: undefined, prior_state: withOther }, isNotListed],
  ])("%s", async (_, sections, reason) => {
    const { verdict, plans, findings } = await judged(plan(changes, sections), { actor: "human" });
    expect(verdict, "it does exactly what it lists").toBe("pass");
    expect(plans[0]).toMatchObject({ complete: reason === undefined, totals: { ended: ONE } });
    expect(plans[0]?.incompleteReasons).toEqual(reason === undefined ? [] : [expect.stringMatching(reason)]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(reason === undefined ? [] : ["incomplete-plan"]);
  });

  test("errored: undecided, and what it lists is told", async () => {
    const { verdict, errors, plans } = await judged(
      plan(changes, { errored: true, complete: false, applyable: false }),
    );
    expect(verdict).toBe("undecided");
    expect(errors).toMatchObject([{ code: "errored-plan", message: expect.stringContaining("already ends 1 object") }]);
    expect(plans[0]).toMatchObject({ complete: false, changes: [{ address: DB, action: "delete" }] });
  });

  test("drift is no change; with -refresh-only there is no list at all", async () => {
    const moved = change("aws_vpc.new", ["no-op"], { previous_address: "aws_vpc.old" });
    const resource_drift = [
      change(DB, ["delete"]),
      change("aws_vpc.b", ["update"]),
      change("aws_vpc.a", ["update"]),
      moved,
    ];
    for (const resource_changes of [undefined, [change("aws_vpc.a", ["no-op"])]]) {
      const { verdict, plans } = await judged(plan([], { resource_drift, resource_changes }), { actor: "agent" });
      expect(verdict).toBe("pass");
      expect(plans[0]).toMatchObject({ complete: true, changes: [], totals: { ended: NONE } });
      expect(plans[0]?.drift).toEqual({ changed: ["aws_vpc.a", "aws_vpc.b"], deleted: [DB] });
    }
  });

  test("provider actions and failing checks are told, and the plan passes", async () => {
    const lifecycle_action_trigger = { triggering_resource_address: DB, action_trigger_event: "BeforeDestroy" };
    const action_invocations = [{ address: "action.aws_lambda.a", type: "aws_lambda", lifecycle_action_trigger }];
    const checks = ["pass", "fail", "error", "unknown"].map((status) => ({ address: { to_display: status }, status }));
    const { verdict, findings } = await judged(plan([], { action_invocations, checks }), { actor: "agent" });
    expect(verdict).toBe("pass");
    const told = findings.map(({ ruleId, address, level }) => `${level} ${ruleId} ${address}`).sort();
    const failing = ["error", "fail"].map((status) => `warning failing-check ${status}`);
    expect(told).toEqual([...failing, "warning provider-action action.aws_lambda.a"]);
  });

  test.each<[string, Json, string[]]>([
    ["nothing but the list", { resource_changes: [] }, ["no-configuration", "no-format-version"]],
    [
      "nothing but the envelope",
      { format_version: "1.2", terraform_version: "1.11.4", planned_values: {}, configuration: {} },
      [],
    ],
    ["everything null", plan([], { resource_changes: null, prior_state: null, configuration: null, checks: null }), []],
    ["redacted by HCP", { plan_format_version: "1.2", resource_changes: [] }, ["no-configuration"]],
    ["of Terraform 0.12", plan([], { format_version: "0.1", complete: undefined }), ["old-format"]],
  ])("absent sections: %s", async (_, content, codes) => {
    const { verdict, plans } = await judged(content, { actor: "agent" });
    expect(verdict).toBe("pass");
    expect(plans[0]?.blindSpots.map(({ code }) => code).sort()).toEqual(codes);
  });
});
