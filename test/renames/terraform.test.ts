/** Real renames: the blocks that firebreak prints, appended to the configuration, are what Terraform needs to end nothing. */

import { describe, expect, test } from "vitest";
import { check, type PlanReport } from "../../src/index.ts";
import { sayMissing } from "../support/corpus.ts";
import { terraformVersion, Workspace } from "../support/terraform.ts";
import { type Files, randomRename } from "./random-renames.ts";

const hasTerraform = terraformVersion() !== undefined;
if (!hasTerraform) sayMissing("terraform");

interface Outcome {
  /** What firebreak said of the plan without any blocks. */
  readonly plan: PlanReport;
  /** What Terraform plans with them: actions by address, without those that do nothing. */
  readonly left: Readonly<Record<string, readonly string[]>>;
  /** Previous addresses in that plan. */
  readonly moved: number;
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly previous_address?: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/** Applies, renames, plans, asks firebreak, appends what it says, and plans again. The folder stays when something fails. */
async function renamed(before: Files, after: Files): Promise<Outcome> {
  const workspace = Workspace.create();
  workspace.write(before);
  await workspace.init();
  await workspace.apply();
  workspace.write(after);
  await workspace.init();
  await workspace.plan("plan.bin");
  const bytes = Buffer.from(await workspace.show("plan.bin"));
  const report = await check([{ input: "plan.json", bytes }], {
    now: new Date("2026-01-31T12:00:00Z"),
    actor: "agent",
  });
  const plan = report.plans[0] as PlanReport;
  const text = plan.suggestions
    .filter(({ kind }) => kind === "moved")
    .map((one) => one.text)
    .join("\n");
  workspace.write({ "moved.tf": text });
  await workspace.plan("moved.bin");
  const { resource_changes: changes = [] } = JSON.parse(await workspace.show("moved.bin")) as PlanJson;
  const left = changes.filter(({ change }) => change.actions.join() !== "no-op");
  workspace.remove();
  return {
    plan,
    left: Object.fromEntries(left.map(({ address, change }) => [address, change.actions])),
    moved: changes.filter(({ previous_address }) => previous_address !== undefined).length,
  };
}

const NETWORK = `
variable "cidr" {}
resource "terraform_data" "vpc" { input = var.cidr }
resource "terraform_data" "subnet" {
  count = 3
  input = terraform_data.vpc.id
}
resource "terraform_data" "rule" {
  for_each = toset(["a.b", "q\\"t", "d$\${l}"])
  input    = { key = each.key, subnet = terraform_data.subnet[0].id }
}
module "inner" {
  source = "./inner"
  id     = terraform_data.subnet[1].id
}
output "ids" { value = terraform_data.subnet[*].id }
`;
const INNER = `
variable "id" {}
resource "terraform_data" "leaf" { input = var.id }
resource "terraform_data" "empty" { count = 2 }
`;

const call = (name: string, more = ""): string =>
  `module "${name}" {\n  source = "./network"\n  cidr = "10.0.0.0/16"\n${more}}\n`;
const server = (name: string): string => `resource "terraform_data" "server" {\n  input = module.${name}.ids\n}\n`;
const modules: Files = { "network/main.tf": NETWORK, "network/inner/main.tf": INNER };

const inner = (name: string, id: string, more = ""): string =>
  `module "${name}" {\n  source = "./inner"\n  id = ${id}\n${more}}\n`;
const keyed = (name: string, keys: string): string => inner(name, "each.key", `  for_each = toset(${keys})\n`);

interface Case {
  readonly before: Files;
  readonly after: Files;
  /** The blocks that say it best. */
  readonly blocks: readonly (readonly [from: string, to: string])[];
}

const CASES: Readonly<Record<string, Case>> = {
  "a module with count, for_each and a module in it": {
    before: { ...modules, "main.tf": call("network") + server("network") },
    after: { ...modules, "main.tf": call("vpc") + server("vpc") },
    blocks: [["module.network", "module.vpc"]],
  },
  "a module within a module": {
    before: { ...modules, "main.tf": call("network") + server("network") },
    after: {
      ...modules,
      "main.tf": call("network") + server("network"),
      "network/main.tf": NETWORK.replace('module "inner"', 'module "core"'),
    },
    blocks: [["module.network.module.inner", "module.network.module.core"]],
  },
  "a resource within every instance of a module": {
    before: { ...modules, "main.tf": call("network", '  for_each = toset(["eu", "us"])\n') },
    after: {
      ...modules,
      "main.tf": call("network", '  for_each = toset(["eu", "us"])\n'),
      "network/main.tf": NETWORK.replaceAll("terraform_data.vpc", "terraform_data.main").replace('"vpc"', '"main"'),
    },
    blocks: [
      ['module.network["eu"].terraform_data.vpc', 'module.network["eu"].terraform_data.main'],
      ['module.network["us"].terraform_data.vpc', 'module.network["us"].terraform_data.main'],
    ],
  },
  "a module that gets a key": {
    before: { ...modules, "main.tf": call("network") },
    after: { ...modules, "main.tf": call("network", '  for_each = toset(["eu"])\n') },
    blocks: [["module.network", 'module.network["eu"]']],
  },
  "two modules at once, one of them by its key": {
    before: { "inner/main.tf": INNER, "main.tf": keyed("m", '["a", "b"]') },
    after: { "inner/main.tf": INNER, "main.tf": inner("a", '"a"') + inner("b", '"b"') },
    blocks: [
      ['module.m["a"]', "module.a"],
      ['module.m["b"]', "module.b"],
    ],
  },
  "count to for_each": {
    before: {
      "main.tf": 'resource "terraform_data" "w" {\n  count = 3\n  input = ["a", "b", "c"][count.index]\n}\n',
    },
    after: {
      "main.tf": 'resource "terraform_data" "w" {\n  for_each = toset(["c", "b", "a"])\n  input = each.key\n}\n',
    },
    blocks: [
      ["terraform_data.w[0]", 'terraform_data.w["a"]'],
      ["terraform_data.w[1]", 'terraform_data.w["b"]'],
      ["terraform_data.w[2]", 'terraform_data.w["c"]'],
    ],
  },
  "resources that hold nothing, by their keys": {
    before: { "main.tf": 'resource "terraform_data" "a" {\n  count = 3\n}\n' },
    after: { "main.tf": 'resource "terraform_data" "b" {\n  count = 3\n}\n' },
    blocks: [["terraform_data.a", "terraform_data.b"]],
  },
  "a resource into a module": {
    before: { ...modules, "main.tf": 'resource "terraform_data" "leaf" {\n  input = "x"\n}\n' },
    after: {
      "inner/main.tf": INNER.replace(/resource.*"empty".*/, ""),
      "main.tf": 'module "m" {\n  source = "./inner"\n  id = "x"\n}\n',
    },
    blocks: [["terraform_data.leaf", "module.m.terraform_data.leaf"]],
  },
};

describe.runIf(hasTerraform)("renames that the real Terraform plans", () => {
  test.each(Object.entries(CASES))("%s", async (_, { before, after, blocks }) => {
    const { plan, left, moved } = await renamed(before, after);
    expect(plan.totals.ended.upper).toBeGreaterThan(0);
    const [suggestion] = plan.suggestions;
    expect(suggestion?.blocks.map(({ from, to }) => [from, to])).toEqual(blocks);
    expect(suggestion).toMatchObject({ wouldEnd: { lower: 0, upper: 0 }, verdict: "pass" });
    expect(left).toEqual({});
    expect(moved).toBe(plan.summary.delete);
  });

  test("indices that shift: with for_each and the blocks, keys filled in, only what was taken out ends", async () => {
    const disks = (repetition: string, value: string): Files => ({
      "main.tf": `resource "terraform_data" "disk" {\n  ${repetition}\n  triggers_replace = ${value}\n}\n`,
    });
    const counted = (names: string): Files => disks(`count = length(${names})`, `${names}[count.index]`);
    const { plan } = await renamed(counted('["a", "b", "c", "d"]'), counted('["a", "c", "d"]'));
    expect(plan.totals.ended).toEqual({ lower: 3, upper: 3 });
    const [suggestion] = plan.suggestions;
    expect(suggestion).toMatchObject({ kind: "for-each", wouldEnd: { lower: 1, upper: 1 } });
    const names: Readonly<Record<string, string>> = { 0: "a", 2: "c", 3: "d" };
    const blocks = suggestion?.text.replace(/KEY_OF_(\d)/g, (_, index: string) => names[index] ?? "?") ?? "";
    const keyed = disks('for_each = toset(["a", "c", "d"])', "each.key");
    const { left } = await renamed(counted('["a", "b", "c", "d"]'), { ...keyed, "keys.tf": blocks });
    expect(left).toEqual({ "terraform_data.disk[1]": ["delete"] });
  });

  test("another value is no rename, nor is one of several that are alike", async () => {
    const resource = (name: string, input: string): string =>
      `resource "terraform_data" "${name}" {\n  input = "${input}"\n}\n`;
    const { plan } = await renamed(
      { "main.tf": resource("a", "1") + resource("b", "2") + resource("c", "2") },
      { "main.tf": resource("d", "3") + resource("e", "2") + resource("f", "2") },
    );
    expect(plan.summary).toMatchObject({ delete: 3, create: 3 });
    expect(plan.suggestions).toEqual([]);
  });
});

const seeds = (first: number): number[] =>
  Array.from({ length: Number(process.env["RENAME_SEEDS"] ?? 6) }, (_, place) => first + place);

describe.runIf(hasTerraform)("random renames", () => {
  test.each(seeds(1))("seed %i: where every object can be told apart, nothing changes", async (seed) => {
    const { before, after } = randomRename(seed, true);
    const { left } = await renamed(before, after);
    expect(left).toEqual({});
  });

  test.each(seeds(1001))("seed %i: where not, Terraform ends what firebreak says", async (seed) => {
    const { before, after } = randomRename(seed, false);
    const { plan, left } = await renamed(before, after);
    const ended = Object.values(left).filter((actions) => actions.includes("delete")).length;
    const { lower, upper } = plan.suggestions[0]?.wouldEnd ?? plan.totals.ended;
    expect(ended).toBeGreaterThanOrEqual(lower);
    expect(ended).toBeLessThanOrEqual(upper ?? Number.POSITIVE_INFINITY);
    const kept = plan.suggestions.flatMap(({ blocks }) => blocks.map(({ to }) => to));
    const isKept = (address: string): boolean =>
      kept.some((to) => address === to || address.startsWith(`${to}.`) || address.startsWith(`${to}[`));
    expect(Object.keys(left).filter(isKept)).toEqual([]);
  });
});
