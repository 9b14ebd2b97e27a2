/** The built-in rulesets, cell by cell of the table in design.md section 4: exactly at each limit, and one above it. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { assess } from "../../src/blast/index.ts";
import { loadCatalogue } from "../../src/catalogue.ts";
import { ACTOR_KINDS, type ActorKind, type Grade } from "../../src/model/authorship.ts";
import type { Judgement, Verdict } from "../../src/model/judgement.ts";
import { judge, loadPolicy } from "../../src/policy/index.ts";
import { readPlan } from "../support/read-plan.ts";
import { many, type SmallPlan, smallPlan } from "../support/small-plan.ts";
import { fixture } from "../support/world.ts";

type Objects = SmallPlan["objects"];

const RULESETS = ["recommended", "strict", "observe"];
const catalogue = await loadCatalogue();

/** The verdict on some plans, given as their JSON. */
async function judged(plans: readonly string[], ruleset: string, kind: ActorKind, grade?: Grade): Promise<Judgement> {
  const policy = await loadPolicy({
    rulesets: [ruleset],
    readFile: () => Promise.reject(new Error("no file is named")),
  });
  const assessed = plans
    .map((text, place) => readPlan(`${place}.json`, Buffer.from(text)))
    .map((plan) => assess(plan, catalogue, { each: 1000, budget: { left: 20_000 } }));
  return judge(assessed, { kind, ...(grade && { grade }), confidence: 1, signals: [], operators: [] }, policy, {
    asOf: "2026-01-31T12:00:00Z",
  });
}

/** What was found, with the signatures that lift it: `limit-ended 6 of 5: 2`; `!` where nothing lifts it. */
function found({ findings }: Judgement): string[] {
  return findings
    .filter(({ level }) => level === "error")
    .map((finding) => {
      const numbers = "limit" in finding ? ` ${finding.actual} of ${finding.limit}` : "";
      return `${finding.ruleId}${numbers}: ${finding.signatures ?? "!"}`;
    });
}

/** Enough objects that nothing happens to, so that a share never matters. */
const CROWD: Objects = many(500, "aws_iam_policy", "keep");

/** A plan of which exactly one measure comes to a number. None of its groups is recreated. */
const PLANS = {
  dataLoss: (count: number): Objects => ({ ...CROWD, ...many(count, "aws_s3_bucket", "delete") }),
  ended: (count: number): Objects => ({ ...CROWD, ...many(count, "aws_security_group", "replace") }),
  affected: (count: number): Objects => ({
    ...CROWD,
    "aws_vpc.main": "delete",
    ...many(count, "aws_cloudwatch_dashboard", { fate: "keep", dependsOn: ["aws_vpc.main"] }),
  }),
  /** So many objects end of 20. */
  share: (count: number): Objects => ({
    ...many(count, "aws_security_group", "delete"),
    ...many(20 - count, "aws_iam_policy", "keep"),
  }),
  /** So many objects of an environment of subnets end, all in one family. */
  recreated: (count: number): Objects => ({
    ...CROWD,
    ...Object.fromEntries([0, 1, 2].map((key) => [`aws_subnet.private[${key}]`, key < count ? "replace" : "keep"])),
  }),
} as const;

/** Ruleset, actor, what is measured, the most that passes, what one more comes to, and how sure the actor is. */
type Cell = [string, ActorKind, keyof typeof PLANS, number, Verdict, string, Grade?];

const AGENTS = (actor: "agent" | "mixed" | "unknown", signatures: number): Cell[] => [
  ["recommended", actor, "dataLoss", 0, "review", `limit-data-loss 1 of 0: ${signatures}`],
  ["recommended", actor, "ended", 5, "review", `limit-ended 6 of 5: ${signatures}`],
  ["recommended", actor, "affected", 25, "review", `limit-affected 26 of 25: ${signatures}`],
  ["recommended", actor, "share", 2, "review", `limit-share 0.15 of 0.1: ${signatures}`],
  ["recommended", actor, "recreated", 2, "fail", "environment-recreated: !"],
];

const CELLS: Cell[] = [
  ...AGENTS("agent", 2),
  ...AGENTS("mixed", 2),
  ...AGENTS("unknown", 1),
  ["recommended", "bot", "dataLoss", 0, "review", "limit-data-loss 1 of 0: 1"],
  ["recommended", "bot", "ended", 25, "review", "limit-ended 26 of 25: 1"],
  ["recommended", "bot", "share", 5, "review", "limit-share 0.3 of 0.25: 1"],
  ["recommended", "human", "dataLoss", 1, "review", "limit-data-loss 2 of 1: 1"],
  ["recommended", "human", "ended", 25, "review", "limit-ended 26 of 25: 1"],
  ["recommended", "human", "share", 5, "review", "limit-share 0.3 of 0.25: 1"],
  ...ACTOR_KINDS.map((actor): Cell => ["strict", actor, "ended", 0, "fail", "limit-ended 1 of 0: !"]),
  ["strict", "human", "ended", 0, "fail", "limit-ended 1 of 0: !", "proven"],
  ["strict", "human", "dataLoss", 0, "review", "limit-data-loss 1 of 0: 2", "attested"],
  ["strict", "human", "ended", 5, "review", "limit-ended 6 of 5: 2", "attested"],
];

describe("limits", () => {
  test.each(CELLS)("%s: %s, %s: %d passes, one more is %s, %s", async (ruleset, actor, name, most, ...above) => {
    const [verdict, why, grade] = above;
    const at = await judged([smallPlan({ objects: PLANS[name](most) })], ruleset, actor, grade);
    expect([at.verdict, found(at)]).toEqual(["pass", []]);
    const over = await judged([smallPlan({ objects: PLANS[name](most + 1) })], ruleset, actor, grade);
    expect([over.verdict, found(over)]).toEqual([verdict, [why]]);
  });

  test("strict holds a human whom nobody attests to an agent's limits", async () => {
    const one = await judged([smallPlan({ objects: PLANS.ended(1) })], "strict", "human", "claimed");
    expect([one.verdict, one.heldTo]).toEqual(["fail", { actor: "agent", bound: "upper" }]);
  });

  test.each(CELLS.filter(([ruleset]) => ruleset === "recommended"))(
    "observe reports what %s says of %s and %s, and passes",
    async (_, actor, name, most) => {
      const objects = PLANS[name](most + 1);
      const enforced = await judged([smallPlan({ objects })], "recommended", actor);
      const observed = await judged([smallPlan({ objects })], "observe", actor);
      expect(observed.verdict).toBe("pass");
      expect(observed.findings.map(({ ruleId }) => ruleId)).toEqual(enforced.findings.map(({ ruleId }) => ruleId));
      expect(observed.findings.every(({ level }) => level !== "error")).toBe(true);
    },
  );

  test.each<[ActorKind, "lower" | "upper"]>([
    ["agent", "upper"],
    ["mixed", "upper"],
    ["unknown", "upper"],
    ["bot", "lower"],
    ["human", "lower"],
  ])("recommended holds %s to the %s bound", async (actor, bound) => {
    const most = bound === "upper" ? 5 : 25;
    const objects: Objects = { ...PLANS.ended(most), "aws_vpc.main": "maybe" };
    const { heldTo, verdict } = await judged([smallPlan({ objects })], "recommended", actor);
    expect([heldTo.bound, verdict]).toEqual([bound, bound === "upper" ? "review" : "pass"]);
  });

  test("a bound that cannot be known is above every number", async () => {
    // Without a state nobody can say what depends on the VPC.
    const plan = smallPlan({ objects: { ...CROWD, "aws_vpc.main": "delete" }, sections: { prior_state: undefined } });
    const agent = await judged([plan], "recommended", "agent");
    expect([agent.verdict, found(agent)]).toEqual(["review", ["limit-affected null of 25: 2"]]);
    expect((await judged([plan], "recommended", "human")).verdict).toBe("pass");
  });

  test("share is not looked at below 20 existing objects", async () => {
    const objects = { ...PLANS.share(5) };
    expect((await judged([smallPlan({ objects })], "recommended", "agent")).verdict).toBe("review");
    const { "aws_iam_policy.n0": _, ...nineteen } = objects;
    expect((await judged([smallPlan({ objects: nineteen })], "recommended", "agent")).verdict).toBe("pass");
  });
});

describe("several plans", () => {
  const three = smallPlan({ objects: PLANS.ended(3) });
  const about = ({ findings }: Judgement) => findings.map(({ ruleId, input }) => [ruleId, input]);

  test("limits hold for their sum", async () => {
    const five = await judged([three, smallPlan({ objects: PLANS.ended(2) })], "recommended", "agent");
    expect(five.verdict).toBe("pass");
    const six = await judged([three, three], "recommended", "agent");
    expect([six.verdict, found(six)]).toEqual(["review", ["limit-ended 6 of 5: 2"]]);
    expect(about(six)).toEqual([["limit-ended", undefined]]);
  });

  test("a plan that is over by itself is named, and the sum is not added to it", async () => {
    const over = await judged([three, smallPlan({ objects: PLANS.ended(6) })], "recommended", "agent");
    expect(about(over)).toEqual([["limit-ended", "1.json"]]);
  });

  test("a share holds for each plan and each environment, never for unrelated plans together", async () => {
    const small = (tags: object) =>
      smallPlan({
        objects: {
          ...many(2, "aws_security_group", { fate: "delete", values: { tags } }),
          ...many(13, "aws_iam_policy", "keep"),
        },
      });
    const unrelated = await judged([small({}), small({})], "recommended", "agent");
    expect([unrelated.verdict, about(unrelated)]).toEqual(["pass", []]);
    const production = small({ Environment: "production" });
    const related = await judged([production, production], "recommended", "agent");
    expect(found(related)).toEqual([`limit-share ${4 / 30} of 0.1: 2`]);
    expect(related.findings[0]).toMatchObject({ environment: "production" });
  });

  test("an unknown bound makes the sum unknown", async () => {
    const blind = smallPlan({ objects: { ...CROWD, "aws_vpc.main": "delete" }, sections: { prior_state: undefined } });
    expect(about(await judged([three, blind], "recommended", "agent"))).toEqual([["limit-affected", "1.json"]]);
  });
});

describe("rules", () => {
  test.each<[string, ActorKind, Grade, Verdict]>([
    ["recommended", "bot", "proven", "pass"],
    ["recommended", "human", "claimed", "pass"],
    ["strict", "agent", "claimed", "fail"],
    ["strict", "human", "attested", "review"],
  ])("%s says of a recreated environment: %s, %s, %s", async (ruleset, actor, grade, verdict) => {
    const all = await judged([smallPlan({ objects: PLANS.recreated(3) })], ruleset, actor, grade);
    expect(all.findings).toContainEqual(expect.objectContaining({ ruleId: "environment-recreated" }));
    expect(all.verdict).toBe(verdict);
  });

  test("strict sends a plan that leaves something out to review, recommended says so", async () => {
    const targeted = readFileSync(fixture("terraform/create-only/plan.json"), "utf8").replace(
      '"complete":true',
      '"complete":false',
    );
    const strict = await judged([targeted], "strict", "human");
    expect([strict.verdict, found(strict)]).toEqual(["review", ["incomplete-plan: 1"]]);
    const { verdict, findings } = await judged([targeted], "recommended", "agent");
    expect([verdict, findings.map(({ level }) => level)]).toEqual(["pass", ["note"]]);
  });
});

describe("routine objects", () => {
  const routine = { ...many(30, "null_resource", "replace"), ...many(10, "aws_ecs_task_definition", "replace") };

  test.each(RULESETS.flatMap((ruleset) => ACTOR_KINDS.map((actor) => [ruleset, actor] as const)))(
    "%s: %s may replace any number of them",
    async (ruleset, actor) => {
      const { verdict, findings } = await judged([smallPlan({ objects: routine })], ruleset, actor);
      expect([verdict, findings]).toEqual(["pass", []]);
    },
  );

  test("count when something that is not routine ends because of them", async () => {
    const server = (fate: "update" | "replace") => ({ fate, dependsOn: ["null_resource.n0"] });
    const ended = async (objects: Objects) =>
      (await judged([smallPlan({ objects })], "recommended", "agent")).plans[0]?.measures.ended;
    expect(await ended({ ...routine, "aws_instance.server": server("update") })).toEqual({ lower: 0, upper: 0 });
    expect(await ended({ ...routine, "aws_instance.server": server("replace") })).toEqual({ lower: 2, upper: 2 });
  });
});

describe("everyday plans", () => {
  const fixtures = ["create-only", "update-in-place", "no-changes", "moved", "import-by-id", "outputs-only"];
  const mixed = smallPlan({
    objects: { ...CROWD, ...many(40, "aws_instance", "create"), ...many(40, "aws_s3_bucket", "update") },
  });

  const plans = fixtures.map((name) => [name, readFileSync(fixture("terraform", name, "plan.json"), "utf8")] as const);

  test.each([...plans, ["many creates and updates", mixed] as const])(
    "%s: no findings for anybody",
    async (_, plan) => {
      for (const ruleset of RULESETS) {
        for (const actor of ACTOR_KINDS) {
          const { verdict, findings } = await judged([plan], ruleset, actor);
          expect([ruleset, actor, verdict, findings]).toEqual([ruleset, actor, "pass", []]);
        }
      }
    },
  );
});
