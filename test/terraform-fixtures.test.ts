/** The plans that Terraform made for this repository, against what Terraform itself said of each. */

import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { AffectedObject, PlanReport, Report, ReportedChange } from "../src/index.ts";
import { readJson, sayMissing } from "./support/corpus.ts";
import { judgedFile } from "./support/judge.ts";
import { terraformVersion } from "./support/terraform.ts";
import { fixture } from "./support/world.ts";

/** What `fixtures/terraform/make.mjs` took from Terraform's own texts. */
interface Expected {
  readonly terraform: Readonly<Record<"add" | "change" | "destroy" | "import" | "forget", number>>;
  /** Addresses of the objects that end; one with a deposed object may stand there twice. */
  readonly ends: readonly string[];
  readonly deposed?: readonly { readonly address: string; readonly key: string }[];
  readonly forgotten?: readonly string[];
  /** What `plan -destroy -target` of the applied configuration destroys with each of them. */
  readonly dependents?: Readonly<Record<string, readonly string[]>>;
  /** Exit code of the plan command, when it failed. */
  readonly exit?: number;
}

/** What the ruleset `recommended` says, by actor: read and confirmed by hand. */
type Findings = Readonly<Record<string, { readonly verdict: string; readonly rules: readonly string[] }>>;

interface Difference {
  readonly why: string;
  readonly of: string;
  /** Terraform lists them, and this plan alone cannot say that they depend on it. */
  readonly hidden?: readonly string[];
  /** They depend on it, and Terraform's answer on the applied configuration leaves them out. */
  readonly more?: readonly string[];
  /** The plan shows that its lists are not all there, so that the upper bound is not known. */
  readonly unbounded?: true;
}

/** Where the plan's own JSON and Terraform's answer on the state before it cannot agree. */
const DIFFERENCES: Readonly<Record<string, Difference>> = {
  "forget-under-destroy": {
    why: "the change cuts the reference; planning rewrote the list, and no attribute of reader carries an identifier",
    of: "terraform_data.bucket",
    hidden: ["terraform_data.reader"],
  },
  "moved-no-target": {
    why: "the change cuts the reference; planning rewrote the list, and no attribute of record carries an identifier",
    of: "terraform_data.web",
    hidden: ["terraform_data.record"],
  },
  "dependents-new-edge": {
    why: "the reference comes with this change: the applied configuration does not have it yet",
    of: "terraform_data.database",
    more: ["terraform_data.app"],
  },
  "dependents-new-edge-no-refresh": {
    why: "the same, and with -refresh=false the state's lists lack what the configuration has",
    of: "terraform_data.database",
    more: ["terraform_data.app"],
    unbounded: true,
  },
  "dependents-module-own-output": {
    why: "Terraform drops edges between instances of one module, this true one too (semantics, part B)",
    of: 'module.site["primary"].terraform_data.source',
    more: ['module.site["replica"].terraform_data.sink'],
  },
};

const ROOT = fixture("terraform");
const names = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

test("every case is here, and every difference belongs to one", () => {
  expect(names.length).toBeGreaterThan(50);
  expect(names).toEqual(expect.arrayContaining(Object.keys(DIFFERENCES)));
});

describe.each(names)("%s", (name) => {
  const expected = readJson<Expected>(ROOT, name, "expected.json");

  test("counts are those of Terraform's own line", async () => {
    const { summary, changes } = await planOf(name);
    const { create, update, replace, delete: deleted, forget } = summary;
    expect({
      add: create + replace,
      change: update,
      destroy: deleted + replace,
      import: changes.filter(({ importing }) => importing !== undefined).length,
      forget,
    }).toEqual(expected.terraform);
  });

  test("what ends and what is forgotten is what Terraform's text says", async () => {
    const { changes } = await planOf(name);
    expect(endingOf(changes).map(({ address }) => address)).toEqual(expected.ends);
    const deposed = changes.flatMap(({ address, deposed: key }) => (key === undefined ? [] : [{ address, key }]));
    expect(deposed).toEqual(expected.deposed ?? []);
    const forgotten = changes.filter(({ action }) => action === "forget").map(({ address }) => address);
    expect(forgotten).toEqual(expected.forgotten ?? []);
  });

  test("dependents are those that Terraform lists", async () => {
    const { changes } = await planOf(name);
    expect(radiiOf(changes, expected)).toEqual(expectedRadii(changes, expected, DIFFERENCES[name]));
  });

  test("what recommended says of it", async () => {
    const findings = readJson<Findings>(ROOT, name, "findings.json");
    expect(Object.keys(findings)).toEqual(["agent", "human", "unknown"]);
    for (const [actor, { verdict, rules }] of Object.entries(findings)) {
      const report = await reportOn(name, actor);
      expect({ verdict: report.verdict, rules: rulesIn(report) }, actor).toEqual({ verdict, rules });
    }
  });

  test("a plan that failed is not decided, and no other one is left undecided", async () => {
    const { verdict, errors } = await reportOn(name);
    expect(verdict === "undecided").toBe(expected.exit !== undefined);
    expect(errors.map(({ code }) => code)).toEqual(expected.exit === undefined ? [] : ["errored-plan"]);
  });
});

describe("the state from before the plan", () => {
  const before = ["before.tfstate", "before.tfstate.json"];
  const cases = names.flatMap((name) => before.map((file) => [name, file] as const));
  test.each(cases.filter(([name, file]) => existsSync(fixture("terraform", name, file))))(
    "%s with --state %s: dependents are Terraform's, without exception",
    async (name, file) => {
      const report = await judgedFile(planPath(name), { state: fixture("terraform", name, file) });
      expectTerraformsRadii(report.plans[0] as PlanReport, readJson<Expected>(ROOT, name, "expected.json"));
    },
  );
});

const terraform = terraformVersion();
if (terraform === undefined) sayMissing("terraform, which saved plans are read with,");

describe.runIf(terraform !== undefined)("saved plans", () => {
  const saved = names.filter((name) => existsSync(fixture("terraform", name, "plan.bin")));

  test("there are some", () => {
    expect(saved.length).toBeGreaterThan(0);
  });

  test.each(saved)("%s: the answer is that of the plan's JSON", async (name) => {
    const [binary, json] = await Promise.all([judgedFile(fixture("terraform", name, "plan.bin")), reportOn(name)]);
    expect(verdictsOf(binary)).toEqual(verdictsOf(json));
  });

  test.each(saved)("%s: dependents are Terraform's, without exception", async (name) => {
    const { plans } = await judgedFile(fixture("terraform", name, "plan.bin"));
    expectTerraformsRadii(plans[0] as PlanReport, readJson<Expected>(ROOT, name, "expected.json"));
  });
});

/** The state from before tells every dependency, and that it does is no blind spot any more. */
function expectTerraformsRadii({ changes, blindSpots }: PlanReport, expected: Expected): void {
  expect(radiiOf(changes, expected)).toEqual(expectedRadii(changes, expected));
  expect(blindSpots.map(({ code }) => code)).not.toContain("no-state-before");
}

/** What does not depend on how much is known about dependencies. */
function verdictsOf({ verdict, findings, plans }: Report): unknown {
  const rules = findings.map(({ ruleId, level, limit, actual }) => ({ ruleId, level, limit, actual }));
  const facts = plans.map(({ summary, existing, share, changes, totals, complete, fingerprint }) => {
    // The saved plan alone has its source, and so the places.
    const ending = changes.map(({ blastRadius: _, location: __, ...rest }) => rest);
    return { summary, existing, share, ending, ended: totals.ended, dataLoss: totals.dataLoss, complete, fingerprint };
  });
  return { verdict, rules, facts };
}

interface Radius {
  readonly of: string;
  readonly affected: readonly string[];
  readonly upper: number | null;
}

/** The radii of the objects that Terraform gave an answer for, one for each object that ends. */
function radiiOf(changes: readonly ReportedChange[], { dependents = {} }: Expected): Radius[] {
  return endingOf(changes)
    .filter(({ address }) => Object.hasOwn(dependents, address))
    .map(({ address, blastRadius: { affected, upper } }) => ({ of: address, affected: addressesOf(affected), upper }));
}

function expectedRadii(
  changes: readonly ReportedChange[],
  { dependents = {} }: Expected,
  difference?: Difference,
): Radius[] {
  return endingOf(changes)
    .filter(({ address }) => Object.hasOwn(dependents, address))
    .map(({ address }) => {
      const { hidden = [], more = [], unbounded = false } = difference?.of === address ? difference : {};
      const seen = (dependents[address] ?? []).filter((dependent) => !hidden.includes(dependent));
      const affected = [...seen, ...more].sort();
      return { of: address, affected, upper: unbounded ? null : affected.length };
    });
}

function endingOf(changes: readonly ReportedChange[]): ReportedChange[] {
  return changes.filter(({ certainty }) => certainty !== undefined);
}

function addressesOf(affected: readonly AffectedObject[]): string[] {
  return affected.map(({ address }) => address).sort();
}

function rulesIn({ findings }: Report): string[] {
  return [...new Set(findings.map(({ ruleId }) => ruleId))];
}

function planPath(name: string): string {
  return fixture("terraform", name, "plan.json");
}

function reportOn(name: string, actor?: string): Promise<Report> {
  return judgedFile(planPath(name), actor === undefined ? {} : { actor });
}

async function planOf(name: string): Promise<PlanReport> {
  const { plans } = await reportOn(name);
  expect(plans).toHaveLength(1);
  return plans[0] as PlanReport;
}
