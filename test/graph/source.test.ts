/**
 * The configuration with its source, and without any state, against Terraform's own answer: the same sets, by Terraform's own
 * rules (whole resources; no edge between different instances of one module).
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { followReferences } from "../../src/graph/references.ts";
import { readSource } from "../../src/ingest/hcl/index.ts";
import type { Configuration } from "../../src/model/configuration.ts";
import type { ExistingObject } from "../../src/model/dependencies.ts";
import type { ChangePlan } from "../../src/model/plan.ts";
import { corpusFolder, readJson, sayMissing } from "../support/corpus.ts";
import { readPlan } from "../support/read-plan.ts";
import { oracleSources, treeOf } from "../support/source.ts";

const folder = corpusFolder("oracle");
if (folder === undefined) sayMissing("the recorded oracle");

interface Counted {
  readonly equal: number;
  readonly targets: number;
  readonly missing: number;
  readonly extra: number;
}

describe.runIf(folder !== undefined)("recorded answers of Terraform, from the configuration alone", () => {
  test("with source every set is Terraform's, unless the target holds a data source", () => {
    const withoutSource = countAll((plan) => plan);
    const [managed, withData] = [
      countAll(complete, (target, plan) => !holdsData(target, plan)),
      countAll(complete, holdsData),
    ];
    console.log(
      `without source ${show(withoutSource)}; with it ${show(managed)}; of targets that hold data sources ${show(withData)}`,
    );
    expect(managed.equal).toBe(managed.targets);
    // Terraform lists who reads a data source of the target; here edges lead through data sources, which never end.
    expect([withData.targets - withData.equal, withData.extra]).toEqual([5, 0]);
    expect(withoutSource.equal).toBeLessThan(managed.equal);
  });
});

function show({ equal, targets, missing, extra }: Counted): string {
  return `${equal} of ${targets} equal (${missing} addresses missing, ${extra} too many)`;
}

function holdsData(target: string, plan: ChangePlan): boolean {
  return plan.dependencies.objects().some(({ managed, address }) => !managed && selects(target, address));
}

function complete(plan: ChangePlan, name: string): ChangePlan {
  return readSource(plan, treeOf(oracleSources().get(name) ?? {}));
}

function countAll(
  prepare: (plan: ChangePlan, name: string) => ChangePlan,
  counts: (target: string, plan: ChangePlan) => boolean = () => true,
): Counted {
  let [equal, targets, missing, extra] = [0, 0, 0, 0];
  for (const name of oracleSources().keys()) {
    const plan = prepare(planOf(name), name);
    const configuration = plan.dependencies.configuration();
    if (configuration === undefined) throw new Error(`${name} has no configuration`);
    const dependents = dependentsIn(configuration, plan.dependencies.objects());
    const { targets: answers } = readJson<{ targets: Record<string, string[]> }>(folder ?? "", name, "oracle.json");
    for (const [target, expected] of Object.entries(answers)) {
      if (!counts(target, plan)) continue;
      const found = dependents(target);
      const absent = expected.filter((address) => !found.has(address)).length;
      const surplus = found.size - (expected.length - absent);
      targets++;
      equal += Number(absent + surplus === 0);
      missing += absent;
      extra += surplus;
    }
  }
  return { equal, targets, missing, extra };
}

function planOf(name: string): ChangePlan {
  const file = join(folder ?? "", name, "noop.json");
  return readPlan(file, readFileSync(file));
}

/** What `-target` selects: a resource covers its instances, a module its content. */
function selects(target: string, address: string): boolean {
  return address === target || address.startsWith(`${target}[`) || address.startsWith(`${target}.`);
}

/** The reverse closure over whole resources, from what a target selects. */
function dependentsIn(
  configuration: Configuration,
  objects: readonly ExistingObject[],
): (target: string) => Set<string> {
  const managed = objects.filter((object) => object.managed);
  const named = new Map(
    [...followReferences(configuration)].map(([block, targets]) => [
      block,
      new Set(targets.map(({ config }) => config)),
    ]),
  );
  const dependsOn = (one: ExistingObject, other: ExistingObject): boolean =>
    named.get(one.parts.config)?.has(other.parts.config) === true &&
    !(one.parts.moduleConfig === other.parts.moduleConfig && one.parts.module !== other.parts.module);
  return (target) => {
    const reached = new Set(managed.filter(({ address }) => selects(target, address)));
    // A set is walked in the order of insertion, what is added on the way included.
    for (const ending of reached) for (const one of managed) if (dependsOn(one, ending)) reached.add(one);
    return new Set([...reached].map(({ address }) => address));
  };
}
