/** What people read, as whole pages under goldens/ (written anew with UPDATE_GOLDENS=1), and what holds for every page. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { type CheckOptions, check, type RenderOptions, type Report, render } from "../../src/index.ts";
import { change, existing, plan, stateOf } from "../support/plan.ts";
import { smallPlan } from "../support/small-plan.ts";
import { fixture } from "../support/world.ts";

const STORY = readFileSync(fixture("story/plan.json"));
const fixturePlan = (name: string): Buffer => readFileSync(fixture("terraform", name, "plan.json"));

/** A report on plans by the names that they go by. */
function reportOn(plans: Readonly<Record<string, string | Buffer>>, options: CheckOptions = {}): Promise<Report> {
  const inputs = Object.entries(plans).map(([input, text]) => ({ input, bytes: Buffer.from(text) }));
  return check(inputs, { now: new Date("2026-01-31T12:00:00Z"), ...options });
}

/** Nothing says what existed before, so nobody can say what depends on the VPC. */
const BLIND = smallPlan({
  objects: {
    "aws_vpc.main": "replace",
    "aws_subnet.a": "replace",
    "aws_instance.web": "update",
    "acme_widget.x": "delete",
  },
  sections: { prior_state: undefined },
});

interface Page {
  readonly report: () => Promise<Report>;
  readonly options?: Partial<RenderOptions>;
}

const PAGES: Readonly<Record<string, Page>> = {
  "story-agent": { report: () => reportOn({ "plan.json": STORY }, { actor: "agent:claude-code" }) },
  "story-agent-quiet": {
    report: () => reportOn({ "plan.json": STORY }, { actor: "agent" }),
    options: { verbosity: "quiet" },
  },
  "story-agent-verbose": {
    report: () => reportOn({ "plan.json": STORY }, { actor: "agent" }),
    options: { verbosity: "verbose" },
  },
  "story-agent-narrow": { report: () => reportOn({ "plan.json": STORY }, { actor: "agent" }), options: { width: 60 } },
  "story-human": { report: () => reportOn({ "plan.json": STORY }, { actor: "human" }) },
  "story-unknown": { report: () => reportOn({ "plan.json": STORY }) },
  "story-observed": { report: () => reportOn({ "plan.json": STORY }, { actor: "agent", rulesets: ["observe"] }) },
  everyday: { report: () => reportOn({ "plan.json": fixturePlan("update-in-place") }) },
  "everyday-verbose": {
    report: () => reportOn({ "plan.json": fixturePlan("update-in-place") }),
    options: { verbosity: "verbose" },
  },
  "small-deletion": { report: () => reportOn({ "plan.json": fixturePlan("dependents-for-each") }, { actor: "human" }) },
  undecided: { report: () => reportOn({ "plan.json": fixturePlan("errored-prevent-destroy") }, { actor: "agent" }) },
  "several-plans": {
    report: () =>
      reportOn(
        { "network/plan.json": STORY, "app/plan.json": fixturePlan("update-in-place"), "data/plan.json": BLIND },
        { actor: "agent" },
      ),
  },
  "several-plans-pass": {
    report: () =>
      reportOn(
        { "a.json": fixturePlan("create-only"), "b.json": fixturePlan("deposed"), "c.json": fixturePlan("moved") },
        { actor: "agent" },
      ),
  },
  "unknown-bound": { report: () => reportOn({ "plan.json": BLIND }, { actor: "agent" }) },
};

const PLAIN: RenderOptions = { color: false, width: 100, verbosity: "normal" };

describe("pages", () => {
  test.each(Object.entries(PAGES))("%s", async (name, { report, options }) => {
    const page = await render(await report(), "pretty", { ...PLAIN, ...options });
    const file = join(import.meta.dirname, "goldens", `${name}.txt`);
    if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(file, page);
    expect(page).toBe(readFileSync(file, "utf8"));
  });
});

describe("every page", () => {
  const VERBOSITIES = ["quiet", "normal", "verbose"] as const;
  const everyOptions = VERBOSITIES.flatMap((verbosity) =>
    [47, 60, 80, 100, 120].map((width) => ({ verbosity, width })),
  );

  test.each([40, 60, 80, 120])("keeps to a width of %d", async (width) => {
    const tooWide = new Set<string>();
    for (const { report } of Object.values(PAGES)) {
      const done = await report();
      for (const verbosity of VERBOSITIES) {
        const page = await render(done, "pretty", { color: false, width, verbosity });
        for (const line of page.split("\n")) if (line.length > width) tooWide.add(line);
      }
    }
    expect([...tooWide]).toEqual([]);
  });

  test.each(Object.entries(PAGES))("%s says the same with colour and without", async (_, { report }) => {
    const done = await report();
    for (const options of everyOptions) {
      const coloured = await render(done, "pretty", { ...options, color: true });
      expect(stripVTControlCharacters(coloured)).toBe(await render(done, "pretty", { ...options, color: false }));
    }
  });

  test.each(Object.entries(PAGES))("%s has no trailing blanks and no empty lines in a row", async (_, { report }) => {
    const done = await report();
    for (const options of everyOptions) {
      expect(await render(done, "pretty", { ...PLAIN, ...options })).not.toMatch(/[ \t]\n|\n\n\n|\n\n$/);
    }
  });

  test("is coloured when it is asked to be, wherever the process writes to", async () => {
    const report = await reportOn({ "plan.json": STORY });
    expect(await render(report, "pretty", { ...PLAIN, color: true })).toContain("\u001b[");
  });
});

describe("hostile names", () => {
  const ESC = "\u001b[2J\u001b[31m";
  const SIGNS = [
    ESC,
    "\u009b31m",
    "\r\nPASS  plan.json: nothing ends\n",
    "\u202egnp.exe",
    "\u2066",
    "\u200b\u2028\u0007",
  ];

  /** The same signs with nothing in them that does anything. */
  const harmlessOf = (signs: string): string => signs.replace(/[\p{Cc}\p{Cf}\p{Zl}]/gu, "x");

  /** A plan in which everything that can have a name has one that ends in these signs. */
  function planNamed(signs: string): string {
    const gone = (address: string, more = {}) =>
      change(address, ["delete", "create"], { change: { replace_paths: [[`cause${signs}`]] }, ...more });
    const addresses = [`acme_database${signs}.a`, `aws_s3_bucket.b["${signs}"]`, `aws_s3_bucket.c${signs}`];
    const changes = [
      ...addresses.map((address) => gone(address, { action_reason: `because${signs}` })),
      gone(addresses[0] ?? "", { deposed: `00000000${signs}` }),
      change(`aws_instance.odd${signs}`, [`explode${signs}`]),
    ];
    const state = stateOf(
      ...addresses.map((address) => existing(address)),
      existing(addresses[0] ?? "", [], { deposed_key: `00000000${signs}` }),
      existing(`aws_lambda_function.reader${signs}`, addresses),
    );
    const checks = [{ address: { to_display: `check.health${signs}` }, status: "fail" }];
    const action_invocations = [
      { address: `action.run${signs}`, lifecycle_action_trigger: { triggering_resource_address: `x${signs}` } },
    ];
    return JSON.stringify(plan(changes, { prior_state: state, checks, action_invocations }));
  }

  async function pageOf(signs: string, verbosity: RenderOptions["verbosity"]): Promise<string> {
    const report = await reportOn({ [`plan${signs}.json`]: planNamed(signs) }, { environment: `production${signs}` });
    return render(report, "pretty", { color: false, width: undefined, verbosity });
  }

  test.each(SIGNS)("that hold %j come out inert", async (signs) => {
    for (const verbosity of ["quiet", "normal", "verbose"] as const) {
      const [hostile, harmless] = [await pageOf(signs, verbosity), await pageOf(harmlessOf(signs), verbosity)];
      expect(hostile).not.toMatch(/(?!\n)[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u);
      expect(hostile.split("\n").length, "no name makes a line of its own").toBe(harmless.split("\n").length);
    }
  });
});
