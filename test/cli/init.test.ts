/** `firebreak init`: what it finds, what it writes, and that it takes nothing away. */

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseConfig } from "../../src/policy/config/parse.ts";
import { GITHUB, init, ROOT_MODULE } from "../support/init.ts";
import { ROOT } from "../support/pipelines.ts";
import { firebreak, fixture, folderWith } from "../support/world.ts";

describe("finds", () => {
  test.each<[what: string, files: Record<string, string | Buffer>, found: string]>([
    [
      "Terraform in the root",
      { "main.tf": ROOT_MODULE, ...GITHUB },
      "Terraform in its root; GitHub Actions; no environments",
    ],
    [
      "root modules, and not what they call",
      {
        "envs/prod/main.tf": `${ROOT_MODULE}module "net" {\n  source = "../../modules/net"\n}\n`,
        "envs/dev/main.tf": ROOT_MODULE,
        "modules/net/main.tf": 'resource "aws_vpc" "this" {}\n',
        ".gitlab-ci.yml": "stages: []\n",
      },
      "Terraform in envs/dev and envs/prod; GitLab CI; production and development",
    ],
    [
      "OpenTofu by its lock",
      { "main.tf": ROOT_MODULE, ".terraform.lock.hcl": 'provider "registry.opentofu.org/hashicorp/aws" {}\n' },
      "OpenTofu in its root; no CI; no environments",
    ],
    [
      "OpenTofu by its files",
      { "main.tofu": ROOT_MODULE, Jenkinsfile: "" },
      "OpenTofu in its root; Jenkins; no environments",
    ],
    [
      "units of Terragrunt",
      {
        "root.hcl": "",
        "live/prod/db/terragrunt.hcl": "",
        "live/prod/terragrunt.hcl": "",
        "live/stage/db/terragrunt.hcl": "",
        "atlantis.yaml": "",
      },
      "Terragrunt in live/prod/db and live/stage/db; Atlantis; production and staging",
    ],
    [
      "the CDK",
      { "infra/cdk.json": "{}", "azure-pipelines.yml": "" },
      "the AWS CDK in infra; Azure Pipelines; no environments",
    ],
    [
      "SAM with its stacks",
      {
        "template.yaml": "Transform: AWS::Serverless-2016-10-31\n",
        "samconfig.toml": '[prod.deploy.parameters]\nstack_name = "shop-prod"\n',
        "bitbucket-pipelines.yml": "",
      },
      "AWS SAM in shop-prod; Bitbucket Pipelines; production",
    ],
    [
      "templates alone",
      { "stack.template.yaml": "AWSTemplateFormatVersion: 2010-09-09\n", ".circleci/config.yml": "" },
      "CloudFormation templates in its root; CircleCI; no environments",
    ],
    [
      "several, the wrapping one first",
      { "cdk.json": "{}", "net/main.tf": ROOT_MODULE, ...GITHUB },
      "the AWS CDK in its root; GitHub Actions; no environments (also seen: terraform)",
    ],
    [
      "environments by tags in a state",
      {
        "main.tf": ROOT_MODULE,
        "terraform.tfstate": JSON.stringify({
          resources: [{ instances: [{ attributes: { tags: { Environment: "prod" } } }] }],
        }),
      },
      "Terraform in its root; no CI; production",
    ],
    [
      "environments by tags in a saved plan",
      {
        "main.tf": ROOT_MODULE,
        tfplan: Buffer.from(zipSync({ "tfstate-prev": strToU8('{"tags": {"env": "staging"}}'), tfplan: strToU8("x") })),
      },
      "Terraform in its root; no CI; staging",
    ],
    [
      "environments by workspaces",
      { "main.tf": ROOT_MODULE, "terraform.tfstate.d/dev/terraform.tfstate": "{}" },
      "Terraform in its root; no CI; development",
    ],
    [
      "environments by files of variables",
      { "main.tf": ROOT_MODULE, "vars/prod.tfvars": "", "vars/qa.tfvars": "" },
      "Terraform in its root; no CI; production and test",
    ],
    [
      "no more than it understands in a broken archive",
      { "main.tf": ROOT_MODULE, "x.tfplan": "PK\u0003\u0004broken" },
      "Terraform in its root; no CI; no environments",
    ],
  ])("%s", async (_, files, expected) => {
    const { code, found, stderr } = await init(folderWith(files));
    expect({ code, stderr, found }).toEqual({ code: 0, stderr: "", found: `Found: ${expected}.` });
  });

  test.each<[url: string, name: string]>([
    ["git@github.com:company/infra.git", "GitHub Actions"],
    ["https://gitlab.company.example/infra.git", "GitLab CI"],
    ["git@bitbucket.org:company/infra.git", "Bitbucket Pipelines"],
    ["https://dev.azure.com/company/infra/_git/infra", "Azure Pipelines"],
    ["https://git.company.example/gitlab.git", "no CI"],
  ])("the host of %s", async (url, name) => {
    const folder = folderWith({ "main.tf": ROOT_MODULE, ".git/config": `[remote "origin"]\n\turl = ${url}\n` });
    expect((await init(folder)).found).toContain(`; ${name};`);
  });

  test("the repository from any folder of it", async () => {
    const folder = folderWith({ "envs/prod/main.tf": ROOT_MODULE, ".git/": "" });
    const { stdout, files } = await firebreak(["init"], { cwd: join(folder, "envs/prod") });
    expect(stdout).toContain(`Found in ${folder}: Terraform in envs/prod`);
    expect([...files.keys()]).toEqual([join(folder, "firebreak.yaml")]);
  });

  test("nothing to guard is bad usage, and nothing is written", async () => {
    const { code, stdout, stderr, written } = await init(folderWith({ "README.md": "" }));
    expect({ code, stdout, written }).toEqual({ code: 2, stdout: "", written: [] });
    expect(stderr).toContain("nothing here makes plans");
  });
});

describe("firebreak.yaml", () => {
  const EVERYTHING = {
    "envs/prod/main.tf": ROOT_MODULE,
    "envs/staging/main.tf": ROOT_MODULE,
    "terraform.tfstate": '{"tags": {"env": "dev"}}',
    "vars/qa.tfvars": "",
  };

  test("is valid, and says what was found", async () => {
    const { files } = await init(folderWith(EVERYTHING));
    const [text = ""] = files.values();
    expect((await parseConfig(text, "firebreak.yaml")).config).toEqual({
      extends: "recommended",
      environments: {
        production: { match: { path: "envs/prod/**" }, limits: { agent: { ended: 0 } } },
        staging: { match: { path: "envs/staging/**" } },
        development: { match: { tags: { env: ["dev"] } } },
        test: { limits: {} },
      },
    });
    expect(text.split("\n")[0]).toMatch(/^# yaml-language-server: \$schema=https:\/\/unpkg\.com\/firebreak@\d/);
  });

  test.each([[EVERYTHING], [{ "main.tf": ROOT_MODULE }]])(
    "is valid with every comment taken up",
    async (repository) => {
      const { files } = await init(folderWith(repository));
      const [text = ""] = files.values();
      const open = text
        .replace(/^#(?= {4}\w)/gm, "")
        .replace(/^# (?=(limits|signOff|protected|environments):| {2})/gm, "");
      const { config } = await parseConfig(open.replace("ADDRESS OF THEIR COMMITS", "somebody"), "firebreak.yaml");
      const recommended = parse(readFileSync(join(ROOT, "rulesets/recommended.yaml"), "utf8"));
      const { bound: _, ...agent } = recommended.limits.agent;
      const { bound: __, ...human } = recommended.limits.human;
      expect(config.limits, "the limits of recommended").toEqual({ agent, human });
      expect(Object.keys(config)).toEqual(expect.arrayContaining(["signOff", "protected", "environments"]));
    },
  );

  test("holds for plans that are made where it says", async () => {
    const folder = folderWith({ ...EVERYTHING, "envs/prod/plan.json": readFileSync(fixture("story/plan.json")) });
    await init(folder);
    const { stdout } = await firebreak(["check", join(folder, "envs/prod/plan.json"), "-f", "json"], { cwd: folder });
    const report = JSON.parse(stdout);
    expect(report.plans[0].environment).toBe("production");
    expect(report.policy.environments.production.ended).toBe(0);
  });

  test("several folders of one environment are one pattern", async () => {
    const { files } = await init(folderWith({ "a/prod/main.tf": ROOT_MODULE, "b/prod/main.tf": ROOT_MODULE }));
    expect(parse([...files.values()][0] ?? "").environments.production.match).toEqual({ path: "prod/**" });
  });

  test("the schema of the package that is installed is taken where there is one", async () => {
    const folder = folderWith({
      "main.tf": ROOT_MODULE,
      "package.json": '{"devDependencies": {"firebreak": "0.1.0"}}',
    });
    expect([...(await init(folder)).files.values()][0]).toContain(
      "$schema=./node_modules/firebreak/schema/config.schema.json",
    );
    expect(existsSync(join(ROOT, "schema/config.schema.json"))).toBe(true);
  });

  test("names of files break out of no comment", async () => {
    const folder = folderWith({ "main.tf": ROOT_MODULE, "x\nextends: observe\n/prod.tfvars": "" });
    const [text = ""] = (await init(folder)).files.values();
    expect(parse(text).extends).toBe("recommended");
  });
});

describe("takes nothing away", () => {
  const REPOSITORY = { "main.tf": ROOT_MODULE, ...GITHUB };
  const ALL = [".github/workflows/firebreak-comment.yml", ".github/workflows/firebreak.yml", "firebreak.yaml"];

  test("twice is as once", async () => {
    const folder = folderWith(REPOSITORY);
    expect((await init(folder)).written).toEqual(ALL);
    const { code, written, stdout } = await init(folder);
    expect({ code, written }).toEqual({ code: 0, written: [] });
    expect(stdout.match(/^Unchanged/gm)).toHaveLength(3);
  });

  test("without a terminal it refuses, and writes none of the files", async () => {
    const folder = folderWith({ ...REPOSITORY, "firebreak.yaml": "extends: strict\n" });
    const { code, stdout, stderr, written } = await init(folder);
    expect({ code, stdout, written }).toEqual({ code: 2, stdout: "", written: [] });
    expect(stderr).toBe(
      "firebreak: nothing was written: firebreak.yaml is there already\n  See what would change with --dry-run, and overwrite with --yes.\n",
    );
  });

  test.each<[answers: readonly string[], written: readonly string[]]>([
    [["n"], ALL.slice(0, 2)],
    [[""], ALL.slice(0, 2)],
    [["maybe"], ALL.slice(0, 2)],
    [[], ALL.slice(0, 2)],
    [["y"], ALL],
    [["YES"], ALL],
  ])("on a terminal it asks: %j", async (answers, expected) => {
    const folder = folderWith({ ...REPOSITORY, "firebreak.yaml": "extends: strict\n" });
    const { code, stderr, written } = await init(folder, [], { answers });
    expect({ code, written }).toEqual({ code: 0, written: expected });
    expect(stderr).toBe("firebreak.yaml is there already. Overwrite it? [y/N] ");
  });

  test("--yes overwrites", async () => {
    const folder = folderWith({ ...REPOSITORY, "firebreak.yaml": "extends: strict\n" });
    const { stdout, written } = await init(folder, ["--yes"]);
    expect(written).toEqual(ALL);
    expect(stdout).toContain("Overwrote  firebreak.yaml");
  });

  test("--dry-run writes nothing and shows everything", async () => {
    const folder = folderWith({ ...REPOSITORY, "firebreak.yaml": "extends: strict\n" });
    const { code, stdout, written } = await init(folder, ["--dry-run"]);
    expect({ code, written }).toEqual({ code: 0, written: [] });
    expect(stdout.match(/^--- .*/gm)).toEqual(
      ["firebreak.yaml", ...ALL.slice(0, 2).reverse()].map((path) => `--- ${path}`),
    );
    expect(existsSync(join(folder, ".github/workflows/firebreak.yml"))).toBe(false);
  });

  test("a policy under another name is the policy", async () => {
    const yml = folderWith({ ...REPOSITORY, "firebreak.yml": "extends: strict\n" });
    expect((await init(yml)).code).toBe(2);
    const json = folderWith({ ...REPOSITORY, "firebreak.json": '{"extends": "strict"}' });
    expect((await init(json)).written).toEqual(ALL.slice(0, 2));
  });
});

test("what to do next is five lines", async () => {
  for (const files of [
    { "main.tf": ROOT_MODULE },
    { "cdk.json": "{}", ...GITHUB },
    { "a.template.json": "AWSTemplateFormatVersion" },
  ]) {
    const { stdout } = await init(folderWith(files));
    expect(
      stdout
        .split("Next:\n")[1]
        ?.trimEnd()
        .split("\n")
        .map((line) => line.slice(0, 5)),
    ).toEqual([1, 2, 3, 4, 5].map((number) => `  ${number}. `));
  }
});

test("what it says to try works", async () => {
  if (spawnSync("terraform", ["version"]).status !== 0)
    return console.warn("skipped: terraform is not on this machine");
  const folder = folderWith({ "envs/prod/main.tf": 'resource "terraform_data" "object" {}\n' });
  const { stdout } = await init(folder);
  const [, command = ""] = /1\. Try it: (.*)/.exec(stdout) ?? [];
  const bin = folderWith({});
  writeFileSync(join(bin, "firebreak"), `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, "dist/bin.js")}" "$@"\n`, {
    mode: 0o755,
  });
  const env = { PATH: `${bin}:${process.env["PATH"]}`, HOME: bin };
  expect(execFileSync("sh", ["-c", command], { cwd: folder, env, encoding: "utf8" })).toContain(
    "PASS  envs/prod/tfplan",
  );
});

test.each([
  [["somewhere"], "init takes no input"],
  [["--ci", "githb"], 'unknown CI "githb". Did you mean github?'],
])("init %j is bad usage", async (argv, message) => {
  const { code, stdout, stderr } = await firebreak(["init", ...argv]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
});
