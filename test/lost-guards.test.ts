/** Guards that the source had on the base and has no more: found through every disguise, and not where nothing is lost. */

import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { check, type Report } from "../src/index.ts";
import { committed, type Repository, repository } from "./support/repository.ts";
import { smallPlan } from "./support/small-plan.ts";
import { firebreak, reportOf } from "./support/world.ts";

type Files = Readonly<Record<string, string | undefined>>;

const db = (...lines: readonly string[]): string =>
  `resource "aws_db_instance" "orders" {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
const GUARD = "lifecycle { prevent_destroy = true }";
const GUARDED = db("deletion_protection = true", GUARD);
const SOURCE_RULES =
  /^(prevent-destroy-removed|protection-argument-removed|changes-ignored|(module|provider)-version-changed)$/;

const KEPT = smallPlan({ objects: { "aws_db_instance.orders": "keep" } });

interface Run {
  readonly plan?: string;
  readonly source?: string;
  readonly argv?: readonly string[];
}

function judged({ folder }: Repository, { plan = KEPT, source = "stack", argv = [] }: Run = {}): Promise<Report> {
  return reportOf(["--base", "main", "--source", source, "--actor", "agent", ...argv, "-"], {
    cwd: folder,
    stdin: plan,
  });
}

const found = ({ findings }: Report): string[] =>
  findings
    .filter(({ ruleId }) => SOURCE_RULES.test(ruleId))
    .map(({ ruleId, address, location }) => `${ruleId} ${address} ${location?.file}:${location?.line}`);

async function lost(base: Files, head: Files, run?: Run): Promise<string[]> {
  const made = repository({ "main.tf": "", ...(base as Record<string, string>) });
  committed(made, head);
  return found(await judged(made, run));
}

describe("is found, at its line", () => {
  test.each<[what: string, base: Files, head: Files, expected: string[]]>([
    [
      "prevent_destroy that is switched off",
      { "stack/db.tf": GUARDED },
      { "stack/db.tf": db("deletion_protection = true", "lifecycle {", "  prevent_destroy = false", "}") },
      ["prevent-destroy-removed aws_db_instance.orders stack/db.tf:4"],
    ],
    [
      "prevent_destroy behind an expression",
      { "stack/db.tf": GUARDED },
      { "stack/db.tf": db("deletion_protection = true", "lifecycle { prevent_destroy = var.guard }") },
      ["prevent-destroy-removed aws_db_instance.orders stack/db.tf:3"],
    ],
    [
      "an override file that switches it off",
      { "stack/db.tf": GUARDED },
      { "stack/x_override.tf": db("lifecycle { prevent_destroy = false }") },
      ["prevent-destroy-removed aws_db_instance.orders stack/x_override.tf:2"],
    ],
    [
      "a new name on the way",
      { "stack/db.tf": GUARDED },
      {
        "stack/db.tf": `${db("deletion_protection = true").replace("orders", "all")}moved {\n  from = aws_db_instance.orders\n  to = aws_db_instance.all\n}\n`,
      },
      ["prevent-destroy-removed aws_db_instance.all stack/db.tf:1"],
    ],
    [
      "a move into a module that leaves it out",
      { "stack/db.tf": GUARDED },
      {
        "stack/db.tf":
          'module "db" { source = "./db" }\nmoved {\n  from = aws_db_instance.orders\n  to = module.db.aws_db_instance.orders\n}\n',
        "stack/db/main.tf": db("deletion_protection = true"),
      },
      ["prevent-destroy-removed module.db.aws_db_instance.orders stack/db/main.tf:1"],
    ],
    [
      "a folder that was renamed on the way",
      { "stack/main.tf": 'module "db" { source = "./db" }\n', "stack/db/main.tf": GUARDED },
      {
        "stack/main.tf": 'module "db" { source = "../modules/data" }\n',
        "stack/db/main.tf": undefined,
        "modules/data/database.tf": db("deletion_protection = true"),
      },
      ["prevent-destroy-removed module.db.aws_db_instance.orders modules/data/database.tf:1"],
    ],
    [
      "a root module that was moved on the way",
      { "envs/prod/db.tf": GUARDED },
      { "envs/prod/db.tf": undefined, "stack/all.tf": db(GUARD) },
      ["protection-argument-removed aws_db_instance.orders stack/all.tf:1"],
    ],
    [
      "the same in JSON",
      { "stack/db.tf": GUARDED },
      {
        "stack/db.tf": undefined,
        "stack/db.tf.json":
          '{"resource": {"aws_db_instance": {"orders": {\n"deletion_protection": false,\n"lifecycle": {"prevent_destroy": false}}}}}',
      },
      [
        "prevent-destroy-removed aws_db_instance.orders stack/db.tf.json:3",
        "protection-argument-removed aws_db_instance.orders stack/db.tf.json:2",
      ],
    ],
    [
      "ignore_changes for everything",
      { "stack/db.tf": GUARDED },
      {
        "stack/db.tf": db(
          "deletion_protection = true",
          "lifecycle {",
          "  prevent_destroy = true",
          "  ignore_changes = all",
          "}",
        ),
      },
      ["changes-ignored aws_db_instance.orders stack/db.tf:5"],
    ],
    [
      "another revision of a module in git",
      { "stack/m.tf": 'module "m" {\n  source = "git::https://example.com/m.git?ref=v1"\n}\n' },
      { "stack/m.tf": 'module "m" {\n  source = "git::https://example.com/m.git?ref=v2"\n}\n' },
      ["module-version-changed module.m stack/m.tf:2"],
    ],
    [
      "a module of the registry in place of the own one",
      { "stack/m.tf": 'module "m" { source = "./m" }\n', "stack/m/main.tf": "" },
      { "stack/m.tf": 'module "m" {\n  source = "evil/m/aws"\n}\n' },
      ["module-version-changed module.m stack/m.tf:2"],
    ],
    [
      "a constraint on a provider",
      {
        "stack/v.tf":
          'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "~> 5.0" }\n  }\n}\n',
      },
      {
        "stack/v.tf":
          'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "~> 6.0" }\n  }\n}\n',
      },
      ["provider-version-changed provider hashicorp/aws stack/v.tf:3"],
    ],
    [
      "a lock file that is gone",
      {
        "stack/db.tf": GUARDED,
        "stack/.terraform.lock.hcl": 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.0.0"\n}\n',
      },
      { "stack/.terraform.lock.hcl": undefined },
      ["provider-version-changed .terraform.lock.hcl undefined:undefined"],
    ],
  ])("%s", async (_, base, head, expected) => {
    expect(await lost(base, head)).toEqual(expected);
  });

  test("a block that goes with its guard, when its object ends", async () => {
    const made = repository({ "stack/db.tf": GUARDED });
    committed(made, { "stack/db.tf": "" });
    const plan = smallPlan({ objects: { "aws_db_instance.orders": "delete" } });
    expect(found(await judged(made, { plan }))).toEqual([
      "prevent-destroy-removed aws_db_instance.orders undefined:undefined",
    ]);
    expect(found(await judged(made))).toEqual([]);
  });

  test("what the base has got since the branch began", async () => {
    const made = repository({ "stack/db.tf": db("deletion_protection = true") });
    made.git("checkout", "--quiet", "main");
    committed(made, { "stack/db.tf": GUARDED });
    made.git("checkout", "--quiet", "work");
    committed(made, { "other.tf": "" });
    expect(found(await judged(made))).toEqual(["prevent-destroy-removed aws_db_instance.orders stack/db.tf:1"]);
  });

  test("what nobody committed", async () => {
    const made = repository({ "stack/db.tf": GUARDED });
    writeFileSync(join(made.folder, "stack/db.tf"), db("deletion_protection = true"));
    expect(found(await judged(made))).toHaveLength(1);
  });
});

describe("is no finding", () => {
  test.each<[what: string, base: Files, head: Files]>([
    [
      "another layout",
      { "stack/db.tf": GUARDED },
      { "stack/db.tf": db(GUARD, "# why", "", "deletion_protection=true") },
    ],
    ["another file", { "stack/db.tf": GUARDED }, { "stack/db.tf": undefined, "stack/data.tf": GUARDED }],
    [
      "a folder of a module with another name",
      { "stack/main.tf": 'module "db" { source = "./db" }\n', "stack/db/main.tf": GUARDED },
      {
        "stack/main.tf": 'module "db" { source = "./data" }\n',
        "stack/db/main.tf": undefined,
        "stack/data/main.tf": GUARDED,
      },
    ],
    [
      "a root module elsewhere",
      { "envs/prod/db.tf": GUARDED },
      { "envs/prod/db.tf": undefined, "stack/db.tf": GUARDED },
    ],
    [
      "attributes that guard nothing",
      { "stack/db.tf": GUARDED },
      {
        "stack/db.tf": db(
          "deletion_protection = true",
          "lifecycle {",
          "  prevent_destroy = true",
          "  ignore_changes = [tags, apply_immediately]",
          "}",
        ),
      },
    ],
    [
      "a guard that was never there",
      { "stack/db.tf": db("deletion_protection = false") },
      { "stack/db.tf": db("engine = 1") },
    ],
    [
      "a provider that nobody needs any more",
      {
        "stack/db.tf": GUARDED,
        "stack/.terraform.lock.hcl": 'provider "registry.terraform.io/hashicorp/random" {\n  version = "3.0.0"\n}\n',
      },
      { "stack/.terraform.lock.hcl": "" },
    ],
  ])("%s", async (_, base, head) => {
    expect(await lost(base, head)).toEqual([]);
  });

  test("what the plan itself says already", async () => {
    const values = (protection: boolean) => ({ deletion_protection: protection });
    const plan = JSON.parse(smallPlan({ objects: { "aws_db_instance.orders": "update" } }));
    plan.resource_changes[0].change = {
      actions: ["update"],
      before: values(true),
      after: values(false),
      after_unknown: {},
    };
    const made = repository({ "stack/db.tf": db("deletion_protection = true") });
    committed(made, { "stack/db.tf": db("deletion_protection = false") });
    const report = await judged(made, { plan: JSON.stringify(plan) });
    expect(report.findings.map(({ ruleId }) => ruleId)).toEqual(["protection-disabled"]);
  });
});

describe("what cannot be compared is said", () => {
  const spots = ({ plans }: Report): string[] =>
    (plans[0]?.blindSpots ?? []).filter(({ code }) => code === "source-not-compared").map(({ message }) => message);

  test("a folder that nobody named", async () => {
    const made = repository({ "stack/db.tf": GUARDED });
    committed(made, { "stack/db.tf": db() });
    const { stdout } = await firebreak(["check", "--base", "main", "-"], { cwd: made.folder, stdin: KEPT });
    expect(stdout.replace(/\s+/g, " ")).toContain("nobody said which files are this plan's (--source DIR");
    // A change of other files needs no word on it.
    const other = repository({ "stack/db.tf": GUARDED });
    committed(other, { "README.md": "words" });
    const quiet = await firebreak(["check", "--base", "main", "-"], { cwd: other.folder, stdin: KEPT });
    expect(quiet.stdout).not.toContain("Guards");
  });

  test("a folder that the base does not have, of a plan whose objects exist", async () => {
    const made = repository({ "other/db.tf": GUARDED });
    committed(made, { "stack/db.tf": db() });
    expect(spots(await judged(made))).toEqual([
      "Guards that the source had on main and has no more were not all looked for: main has no folder stack, nor one that it was made of.",
    ]);
    const fresh = smallPlan({ objects: { "aws_db_instance.orders": "create" } });
    expect(spots(await judged(made, { plan: fresh }))).toEqual([]);
  });

  test("source on the base that is broken, or a link", async () => {
    const made = repository({ "stack/db.tf": GUARDED, "stack/broken.tf": "resource {" });
    made.git("checkout", "--quiet", "main");
    symlinkSync("/etc/passwd", join(made.folder, "stack/link.tf"));
    committed(made, {});
    made.git("checkout", "--quiet", "work");
    made.git("reset", "--quiet", "--hard", "main");
    committed(made, { "stack/broken.tf": undefined, "stack/link.tf": undefined });
    const [spot = ""] = spots(await judged(made));
    expect(spot).toContain("stack/broken.tf:1: ");
    expect(spot).toContain("stack/link.tf: this is a link");
  });

  test("names that are hostile", async () => {
    const name = "stack/\u001b[31m\n::error::x.tf";
    const made = repository({ [name]: "resource {" });
    committed(made, { [name]: undefined, "stack/db.tf": db() });
    const [spot = ""] = spots(await judged(made));
    expect(spot).not.toMatch(/[\u001b\n]/);
  });
});

test("the library compares too, or says that it did not", async () => {
  const made = repository({ "stack/db.tf": GUARDED });
  committed(made, { "stack/db.tf": db("deletion_protection = true") });
  const from = process.cwd();
  process.chdir(made.folder);
  try {
    const inputs = [{ input: "plan.json", bytes: Buffer.from(KEPT) }];
    expect(found(await check(inputs, { base: "main", source: "stack" }))).toHaveLength(1);
    const { plans } = await check(inputs, { base: "main" });
    expect(plans[0]?.blindSpots.map(({ code }) => code)).toContain("source-not-compared");
  } finally {
    process.chdir(from);
  }
});

test("a saved plan is compared where the repository has its very files", async () => {
  const made = repository({ "envs/prod/db.tf": GUARDED, "envs/dev/db.tf": db() });
  const now = db("deletion_protection = true");
  committed(made, { "envs/prod/db.tf": now });
  const { sourceInPlan } = await import("../src/sources/saved-source.ts");
  const { earlierSource } = await import("../src/sources/earlier-source.ts");
  const manifest = JSON.stringify([{ Key: "", Source: "", Dir: "." }]);
  const archive = { "tfconfig/modules.json": Buffer.from(manifest), "tfconfig/m-/db.tf": Buffer.from(now) };
  const tree = await sourceInPlan(Buffer.from(zipSync(archive)), "tfplan");
  const trees = await earlierSource(made.folder, "main").before(tree);
  expect(typeof trees === "string" ? trees : trees.map((one) => one.root().files.map((file) => file.name))).toEqual([
    ["envs/prod/db.tf"],
  ]);
});
