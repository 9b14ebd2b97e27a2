/** What firebreak says about a scenario, held against what Terraform says. */

import type { PlanReport, ReportedChange } from "../../src/index.ts";
import { withoutKeys } from "../../src/model/address.ts";
import { erasedIn, type Lists, type PlanFacts, planFacts, stateLists } from "./plan-facts.ts";
import { type Knowledge, readingsOf, reportOn, type ScenarioFiles } from "./readings.ts";
import type { Scenario } from "./scenario.ts";
import { dependentsIn } from "./truth.ts";
import { type Figures, TruthCheck } from "./truth-check.ts";

/** Two sets that should have been one, or one inside the other. */
export interface Disagreement {
  /** What firebreak was given. */
  readonly reading: string;
  /** Address of the object that ends. */
  readonly ending: string;
  readonly what: string;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

export interface Comparison {
  readonly disagreements: readonly Disagreement[];
  readonly figures: Figures;
}

export async function compare(scenario: Scenario, files: ScenarioFiles): Promise<Comparison> {
  const facts = planFacts(scenario.plan, scenario.state);
  const before = stateLists(scenario.state);
  const expected = expectedSets(scenario, facts);
  const hidden = hiddenIn(scenario, facts, before);
  const truth = new TruthCheck(scenario.truth, facts.moved);
  const disagreements = ownMistakes(scenario, facts);
  for (const reading of readingsOf(scenario.plan, files, facts, before)) {
    const report = await reportOn(reading);
    for (const { address } of facts.ending) {
      const change = report.changes.find((candidate) => candidate.address === address && !candidate.deposed);
      const knows = reading.knows === "plan" && !hidden.has(address) ? "all" : reading.knows;
      const dependents = expected.get(address) ?? new Set();
      const found = change
        ? [...judge(change, dependents, knows, report), ...truth.judge(change)]
        : [disagreement("is not reported", [address])];
      for (const one of found) disagreements.push({ reading: reading.name, ending: address, ...one });
      if (reading.name === "plan" && change) truth.count(change, dependents.size, hidden.has(address));
    }
  }
  const disputed = new Set(disagreements.map(({ ending }) => ending));
  return { disagreements, figures: { ...truth.figures, agreed: truth.figures.ending - disputed.size } };
}

/** What really depends on an object is in Terraform's set too, or the tests compute it wrongly. */
function ownMistakes({ truth, oracle, state }: Scenario, { ending }: PlanFacts): Disagreement[] {
  const managed = stateLists(state);
  return ending.flatMap(({ previous }) => {
    const dependents = [...dependentsIn(truth.applied.loose, previous)].filter((address) => managed.has(address));
    const extra = dependents.filter((address) => !oracle[previous]?.includes(address));
    return extra.length === 0
      ? []
      : { reading: "truth", ending: previous, what: "is beyond Terraform's set", missing: [], extra };
  });
}

/** New address of what ends, to the new addresses of all that Terraform would destroy with it, itself left out. */
function expectedSets({ oracle }: Scenario, { ending, moved }: PlanFacts): Map<string, ReadonlySet<string>> {
  return new Map(
    ending.map(({ address, previous }) => {
      const others = (oracle[previous] ?? []).filter((other) => other !== previous);
      return [address, new Set(others.map((other) => moved.get(other) ?? other))];
    }),
  );
}

/** What ends and has dependents that the plan alone cannot know: one of them has lost a dependency on the way to it. */
function hiddenIn({ oracle }: Scenario, facts: PlanFacts, before: Lists): ReadonlySet<string> {
  const erased = erasedIn(facts, before);
  const hidden = facts.ending.filter(({ previous }) => {
    const destroyed = oracle[previous] ?? [];
    const blocks = new Set(destroyed.map(withoutKeys));
    return destroyed.some((address) => [...(erased.get(address) ?? [])].some((block) => blocks.has(block)));
  });
  return new Set(hidden.map(({ address }) => address));
}

type Found = Pick<Disagreement, "what" | "missing" | "extra">;

function judge(
  { blastRadius: { affected, upper, truncated } }: ReportedChange,
  expected: ReadonlySet<string>,
  knows: Knowledge,
  report: PlanReport,
): Found[] {
  const listed = affected.map(({ address }) => address);
  const certain = affected.flatMap((entry) => (entry.certain ? entry.address : []));
  const beyond = (addresses: readonly string[]): string[] => addresses.filter((address) => !expected.has(address));
  const found = [
    disagreement("certain entries are not in Terraform's set", [], beyond(certain)),
    disagreement("entries are not in Terraform's set", [], beyond(listed)),
  ];
  if (knows === "all") {
    const missing = [...expected].filter((address) => !listed.includes(address));
    found.push(disagreement("entries of Terraform's set are missing", missing));
    if (upper !== listed.length || truncated) {
      found.push(disagreement(`upper is ${upper}, and ${listed.length} are listed`, ["-"]));
    }
  }
  // With a single object there is nothing that could depend on it.
  if (knows === "references" && report.existing > 1) {
    const why = report.blindSpots.some(({ code }) => code === "no-prior-state");
    if (upper !== null || !why) found.push(disagreement(`upper is ${upper}, told why: ${why}`, ["-"]));
  }
  return found.filter(({ missing, extra }) => missing.length + extra.length > 0);
}

function disagreement(what: string, missing: readonly string[], extra: readonly string[] = []): Found {
  return { what, missing, extra };
}
