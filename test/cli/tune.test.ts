/** `firebreak tune`: what past plans say about limits. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Tuning } from "../../src/model/tuning.ts";
import { corpusFolder, sayMissing } from "../support/corpus.ts";
import { many, smallPlan } from "../support/small-plan.ts";
import { firebreak, folderWith } from "../support/world.ts";

/** Ends so many security groups, of which each is an object and none holds data, beside ten that stay. */
function ending(count: number): string {
  const stays = many(10, "aws_iam_role", "keep");
  return smallPlan({ objects: { ...many(count, "aws_security_group", "delete"), ...stays } });
}

/** Twenty plans that end 0, 1, 2, ... 19 objects. */
const TWENTY = Object.fromEntries(
  Array.from({ length: 20 }, (_, count) => [`${count < 10 ? "a" : "b/deep"}/${count}.json`, ending(count)]),
);

async function tuned(folder: string, ...argv: string[]): Promise<Tuning> {
  const { code, stdout, stderr } = await firebreak(["tune", folder, "-f", "json", ...argv], { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

const ended = ({ groups: [group] }: Tuning) => group?.limits.find(({ name }) => name === "ended");

describe("limits", () => {
  test.each([
    [95, 18],
    [90, 17],
    [100, 19],
    [50, 9],
    [5, 0],
    [51, 10],
    [0, 0],
  ])("that let %i %% of 0 to 19 pass: %i", async (percent, needed) => {
    const tuning = await tuned(folderWith(TWENTY), "--pass", String(percent));
    expect(tuning.plans).toHaveLength(20);
    // An unknown author may end 5: 6 to 19 are above it.
    expect(ended(tuning)).toMatchObject({ now: 5, over: 14, needed });
  });

  test("steps count what is within", async () => {
    const { steps = [] } = ended(await tuned(folderWith(TWENTY))) ?? {};
    for (const { limit, within } of steps) expect(within).toBe(Math.min(limit, 19) + 1);
    expect(steps.map(({ limit }) => limit)).toEqual(
      [...steps.map(({ limit }) => limit)].sort((left, right) => left - right),
    );
  });

  test("those that are suggested together do let as many pass", async () => {
    const folder = folderWith(TWENTY);
    const [group] = (await tuned(folder, "--pass", "80")).groups;
    const { limits = {}, passing } = group?.together ?? {};
    const config = folderWith({ "firebreak.yaml": JSON.stringify({ limits: { unknown: limits } }) });
    const { stdout } = await firebreak(["tune", folder, "-f", "json", "-c", join(config, "firebreak.yaml")]);
    const after: Tuning = JSON.parse(stdout);
    const pass = after.plans.filter(({ verdict }) => verdict === "pass").length;
    expect(pass).toBe(passing);
    expect(pass).toBeGreaterThanOrEqual(16);
  });

  test("never come out tighter than those in force", async () => {
    const [group] = (await tuned(folderWith({ "a.json": ending(1), "b.json": ending(0) }))).groups;
    expect(group?.together?.limits).toMatchObject({ ended: 5, affected: 25 });
  });

  test("are of no help where a count cannot be known", async () => {
    // Without a state nobody knows what depends on what ends.
    const { prior_state: _, ...stateless } = JSON.parse(ending(3));
    const folder = folderWith({ "a.json": JSON.stringify(stateless), "b.json": ending(0) });
    const [group] = (await tuned(folder)).groups;
    expect(group?.limits.find(({ name }) => name === "affected")).toMatchObject({ over: 1, needed: null });
    expect(group?.together).toBeUndefined();
    const { stdout } = await firebreak(["tune", folder], { cwd: folder });
    expect(stdout).toContain("No limits let 95 % of these pass.");
    expect(stdout).toContain("Of 1 plan nobody can tell: objects affected.");
  });
});

describe("the plans", () => {
  test("are judged by themselves, under the policy and as the author that are named", async () => {
    const folder = folderWith(TWENTY);
    const stopped = async (...argv: string[]) =>
      (await tuned(folder, ...argv)).plans.filter(({ verdict }) => verdict !== "pass").length;
    expect(await stopped()).toBe(14);
    expect(await stopped("--actor", "human"), "25 are allowed, and a share of 25 %").toBe(10);
    expect(await stopped("--ruleset", "strict"), "none is").toBe(19);
    expect(await stopped("--ruleset", "observe"), "as if it were enforced").toBe(14);
  });

  test("are held to the limits of where they go", async () => {
    const folder = folderWith({
      "plans/prod/1.json": ending(1),
      "plans/dev/1.json": ending(2),
      "firebreak.yaml": "environments: {prod: {match: {path: prod/**}, limits: {agent: {ended: 0}}}}\n",
    });
    const { stdout } = await firebreak(["tune", join(folder, "plans"), "-f", "json"], { cwd: folder });
    const { groups }: Tuning = JSON.parse(stdout);
    expect(
      groups.map(({ environment, plans, limits }) => [
        environment,
        plans,
        limits.find(({ name }) => name === "ended")?.over,
      ]),
    ).toEqual([
      ["prod", 1, 1],
      [undefined, 1, 0],
    ]);
  });

  test("count once, and what is none is passed over or said", async () => {
    const folder = folderWith({
      "a.json": ending(1),
      "copy of a.json": ending(1),
      "package.json": "{}",
      "broken.json": ending(2).slice(0, 300),
      "errored.json": ending(2).replace('"errored":false', '"errored":true'),
      "notes.txt": "none",
      ".hidden/c.json": ending(3),
      "node_modules/x/d.json": ending(3),
    });
    const { plans, skipped, undecided } = await tuned(folder);
    expect(plans.map(({ input }) => input)).toEqual([join(folder, "a.json")]);
    expect({ skipped, undecided: undecided.map(({ input }) => input.slice(folder.length + 1)).sort() }).toEqual({
      skipped: 2,
      undecided: ["broken.json", "errored.json"],
    });
  });

  test("the environment of this process says nothing about them", async () => {
    const folder = folderWith({ "a.json": ending(1) });
    const { stdout } = await firebreak(["tune", folder, "-f", "json", "--actor", "human"], {
      env: { CLAUDECODE: "1" },
    });
    expect((JSON.parse(stdout) as Tuning).heldTo).toEqual({ actor: "human", bound: "lower" });
  });
});

describe("as text", () => {
  test("says what was stopped, why, and what would have let it pass", async () => {
    const folder = folderWith(TWENTY);
    const { code, stdout } = await firebreak(["tune", folder], { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toContain(
      "20 plans, held to the limits of agent, by the worst that each can come to\n6 pass (30 %)",
    );
    expect(stdout).toMatch(/objects that end +5 +14 +18\n/);
    expect(stdout).toMatch(/ {5}5 {2}█{12}░{28} {3}30 % {2}← now\n/);
    expect(stdout).toMatch(/ {4}18 {2}█{38}░{2} {3}95 % {2}← for 95 %\n/);
    expect(stdout).toMatch(/REVIEW {2}b\/deep\/19\.json {2}objects that end: 19 \(5\)/);
    expect(stdout).toContain(`stopped: 14, in ${folder}/`);
  });

  test.each([40, 60, 80])("fits into %i columns", async (columns) => {
    const folder = folderWith(TWENTY);
    const { stdout } = await firebreak(["tune", folder, "--verbose"], { cwd: folder, terminal: true, columns });
    const plain = stdout.replace(/\u001b\[\d+m/g, "").split("\n");
    expect(plain.filter((line) => line.length > columns)).toEqual([]);
  });

  test("--quiet leaves the plans out", async () => {
    const folder = folderWith(TWENTY);
    expect((await firebreak(["tune", folder, "-q"], { cwd: folder })).stdout).not.toContain("stopped:");
  });
});

test.each<[argv: readonly string[], message: string]>([
  [[], "no folder of past plans given\n  Keep what `terraform show -json tfplan` prints"],
  [["/no/such/folder"], "/no/such/folder: this folder cannot be read"],
  [["EMPTY"], "there is no plan here that can be judged"],
  [["EMPTY", "--pass", "101"], '--pass "101" is no part of a hundred'],
  [["EMPTY", "--pass", "most"], '--pass "most" is no part of a hundred'],
  [["EMPTY", "--format", "sarif"], 'unknown format "sarif"'],
])("tune %j is undecided", async (argv, message) => {
  const empty = folderWith({ "notes.txt": "" });
  const { code, stdout, stderr } = await firebreak(["tune", ...argv.map((word) => (word === "EMPTY" ? empty : word))]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
});

const corpus = corpusFolder("terraform");
if (corpus === undefined) sayMissing("the corpus of public plans");
test.runIf(corpus !== undefined)(
  "public plans: the limits that are suggested for people do let as many pass",
  async () => {
    const argv = ["tune", corpus ?? "", "--actor", "human", "--pass", "90", "-f", "json"];
    const before: Tuning = JSON.parse((await firebreak(argv)).stdout);
    expect(before.plans.length).toBeGreaterThan(250);
    const everywhere = before.groups.find(({ environment }) => environment === undefined);
    const folder = folderWith({});
    writeFileSync(join(folder, "firebreak.yaml"), JSON.stringify({ limits: { human: everywhere?.together?.limits } }));
    const after: Tuning = JSON.parse((await firebreak([...argv, "-c", join(folder, "firebreak.yaml")])).stdout);
    const passing = after.plans.filter(
      ({ verdict, environment }) => verdict === "pass" && environment === undefined,
    ).length;
    expect(passing).toBe(everywhere?.together?.passing);
    expect(passing / (everywhere?.plans ?? 0)).toBeGreaterThanOrEqual(0.9);
  },
);
