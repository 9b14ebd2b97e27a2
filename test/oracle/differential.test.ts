/**
 * Random configurations, applied and edited: for every object that ends, firebreak's upper bound is the set that
 * `terraform plan -destroy -target=ADDRESS` gives on the applied configuration. A few seeds here, hundreds with
 * `npm run test:oracle`; ORACLE_SEEDS says how many, ORACLE_FIRST where to start.
 *
 * Edits add no reference from an existing object to one that ends (`edit-redirect.ts`): the plan would know of it, and the
 * applied state that Terraform is asked about would not.
 */

import { afterAll, describe, expect, test } from "vitest";
import { sayMissing } from "../support/corpus.ts";
import { terraformVersion, Workspace } from "../support/terraform.ts";
import { compare } from "./compare.ts";
import { refuse } from "./failure.ts";
import { playScenario } from "./scenario.ts";
import { type Figures, NO_FIGURES, sum } from "./truth-check.ts";

/** With many dependents each: keys replaced, a module moved, blocks removed, and a removal with a move and replacements. */
const FEW = [9, 11, 43, 63, 48];

const hasTerraform = terraformVersion() !== undefined;
if (!hasTerraform) sayMissing("terraform");

describe.runIf(hasTerraform)("edits of random configurations", () => {
  let figures: Figures = NO_FIGURES;

  test.each(seeds())("seed %i", async (seed) => {
    const scenario = await playScenario(seed);
    const files = Workspace.create();
    // Either form of the state is taken.
    const state = seed % 2 === 0 ? scenario.rawState : scenario.state;
    files.write({ "before.tfstate": state, "plan.bin": scenario.savedPlan });
    const result = await compare(scenario, { state: files.path("before.tfstate"), savedPlan: files.path("plan.bin") });
    files.remove();
    figures = sum(figures, result.figures);
    refuse(scenario, result.disagreements);
  });

  afterAll(() => {
    console.log(describeFigures(figures));
    // Edits that end nothing would let every test pass.
    expect(figures.dependents).toBeGreaterThan(figures.scenarios);
  });
});

function seeds(): number[] {
  // `npm run` says which script it runs, on every platform.
  const usual = process.env["npm_lifecycle_event"] === "test:oracle" ? 200 : 0;
  const count = Number(process.env["ORACLE_SEEDS"] ?? usual);
  const first = Number(process.env["ORACLE_FIRST"] ?? 1);
  return count === 0 ? FEW : Array.from({ length: count }, (_, place) => first + place);
}

function describeFigures(figures: Figures): string {
  const { scenarios, ending, agreed, dependents, hidden, hiddenDependents, hiddenListed } = figures;
  const { reached, reachedCertain, certain, certainUnreached } = figures;
  const share = (part: number, of: number): string =>
    `${part} of ${of} (${Math.round((100 * part) / Math.max(of, 1))} %)`;
  return [
    `${scenarios} configurations; ${share(agreed, ending)} ending objects agree, with ${dependents} dependents by Terraform's rule.`,
    `${hidden} of them have dependents that the edit cut; without the state ${share(hiddenListed, hiddenDependents)} are listed.`,
    `Of what the value of an ending object reaches, ${share(reachedCertain, reached)} are certain;`,
    `of the certain entries, ${share(certain - certainUnreached, certain)} are reached by a value.`,
  ].join(" ");
}
