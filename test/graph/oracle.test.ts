/** The graph against Terraform's own answer: what `terraform plan -destroy -target=ADDRESS` lists depends on ADDRESS. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DependencyGraph } from "../../src/graph/index.ts";
import type { ChangePlan } from "../../src/model/plan.ts";
import { corpusFolder, readJson, sayMissing } from "../support/corpus.ts";
import { readPlan } from "../support/read-plan.ts";

interface Recorded {
  /** Address of a target to everything that Terraform would destroy with it, itself included. */
  readonly targets: Readonly<Record<string, readonly string[]>>;
  readonly cases: readonly { readonly plan: string; readonly target: string; readonly oracle: readonly string[] }[];
}

const folder = corpusFolder("oracle");
if (folder === undefined) sayMissing("the recorded oracle");

describe.runIf(folder !== undefined)("recorded answers of Terraform", () => {
  const names = folder === undefined ? [] : readJson<{ name: string }[]>(folder, "INDEX.json").map(({ name }) => name);

  test.each(names)("%s: dependents of every object are those that Terraform lists", (name) => {
    const plan = planAt(join(folder ?? "", name, "noop.json"));
    const { targets } = readJson<Recorded>(folder ?? "", name, "oracle.json");
    const addresses = plan.dependencies.objects().map(({ address }) => address);
    for (const [target, expected] of Object.entries(targets)) {
      const seeds = addresses.filter((address) => selects(target, address));
      expect([...new Set([...managedOnly(plan, seeds), ...dependents(plan, seeds)])].sort(), target).toEqual(expected);
    }
  });
});

function planAt(file: string): ChangePlan {
  return readPlan(file, readFileSync(file));
}

/** What `-target` selects: a resource covers its instances, a module its content. */
function selects(target: string, address: string): boolean {
  return address === target || address.startsWith(`${target}[`) || address.startsWith(`${target}.`);
}

function managedOnly(plan: ChangePlan, addresses: readonly string[]): string[] {
  const managed = new Set(plan.dependencies.objects().flatMap((object) => (object.managed ? object.address : [])));
  return addresses.filter((address) => managed.has(address));
}

function dependents(plan: ChangePlan, seeds: readonly string[]): string[] {
  const graph = new DependencyGraph(
    plan.dependencies,
    seeds.map((address) => ({ address, identifiers: [] })),
    [],
  );
  const nodes = seeds.map((address) => graph.nodeOf(address)).filter((node) => node !== undefined);
  const reached = graph.dependentsOf(nodes, "all");
  return graph.objects.flatMap(({ address, managed }, node) => (managed && reached[node] === 1 ? address : []));
}
