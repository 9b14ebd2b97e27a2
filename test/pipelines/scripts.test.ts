/** The scripts of every pipeline run as their hosts run them: with the real Terraform, in a real clone, on what is built here. */

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { sayMissing } from "../support/corpus.ts";
import { PIPELINES, ROOT, scriptsOf } from "../support/pipelines.ts";
import { repositoryIn } from "../support/repository.ts";
import { isInstalled } from "../support/shell.ts";
import { folderWith } from "../support/world.ts";

const hasTerraform = isInstalled("terraform");
if (!hasTerraform) sayMissing("terraform");

interface Host {
  readonly file: string;
  /** How the host starts a script. */
  readonly shell: readonly string[];
  /** Variables that it sets in a pull request that goes into main. */
  readonly env: (clone: Clone) => Readonly<Record<string, string>>;
  /** Where the report is. */
  readonly report: (clone: Clone) => string;
}

interface Clone {
  readonly folder: string;
  readonly temp: string;
  readonly base: string;
}

const BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"];
const HOSTS: readonly Host[] = [
  {
    file: "github.yml",
    shell: BASH,
    env: ({ temp }) => ({
      ROOTS: "envs/prod envs/dev",
      BASE: "origin/main",
      RUNNER_TEMP: temp,
      GITHUB_STEP_SUMMARY: join(temp, "summary"),
      NUMBER: "7",
    }),
    report: ({ temp }) => join(temp, "firebreak/report.json"),
  },
  {
    file: "gitlab.yml",
    shell: ["sh", "-ec"],
    env: ({ base }) => ({ ROOTS: "envs/prod envs/dev", CI_MERGE_REQUEST_DIFF_BASE_SHA: base, GITLAB_TOKEN: "none" }),
    report: ({ folder }) => join(folder, "firebreak-report/report.json"),
  },
  {
    file: "bitbucket.yml",
    shell: ["sh", "-ec"],
    env: ({ base }) => ({ ROOTS: "envs/prod envs/dev", BITBUCKET_PR_DESTINATION_COMMIT: base }),
    report: ({ folder }) => join(folder, "firebreak-report/report.json"),
  },
  {
    file: "azure.yml",
    shell: ["bash", "--noprofile", "--norc", "-c"],
    env: ({ temp }) => ({
      ROOTS: "envs/prod envs/dev",
      SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/main",
      BUILD_ARTIFACTSTAGINGDIRECTORY: temp,
      AGENT_TEMPDIRECTORY: temp,
    }),
    report: ({ temp }) => join(temp, "firebreak/report.json"),
  },
  {
    file: "circleci.yml",
    shell: BASH,
    env: () => ({ ROOTS: "envs/prod envs/dev", BASE: "main" }),
    report: ({ folder }) => join(folder, "firebreak-report/report.json"),
  },
  {
    file: "Jenkinsfile",
    shell: ["sh", "-xec"],
    env: ({ temp }) => ({ ROOTS: "envs/prod envs/dev", CHANGE_TARGET: "main", WORKSPACE_TMP: temp }),
    report: ({ folder }) => join(folder, "firebreak-report/report.json"),
  },
];

/** A clone of a branch that takes these objects of production away, where main has them applied. */
async function cloneOf(kept: number): Promise<Clone> {
  const remote = folderWith({
    "envs/prod/main.tf": configuration(8),
    "envs/dev/main.tf": configuration(1),
    "firebreak.yaml": "environments: {production: {match: {path: envs/prod/**}}}\n",
    ".gitignore": ".terraform*\ntfplan\n",
  });
  const repository = repositoryIn(remote);
  repository.git("init", "--quiet", "--initial-branch=main");
  for (const root of ["envs/prod", "envs/dev"]) {
    terraform(join(remote, root), "init", "-input=false");
    terraform(join(remote, root), "apply", "-auto-approve", "-input=false");
  }
  repository.git("add", "-A");
  const base = repository.commit("first");
  repository.git("checkout", "--quiet", "-b", "change");
  writeFileSync(join(remote, "envs/prod/main.tf"), configuration(kept));
  repository.git("add", "-A");
  repository.commit("change production");
  const folder = folderWith({});
  execFileSync("git", ["clone", "--quiet", "--branch=change", remote, folder], { stdio: "ignore" });
  return { folder, temp: folderWith({}), base };
}

/** `terraform_data` needs no provider to be fetched. */
function configuration(objects: number): string {
  return `resource "terraform_data" "object" {\n  count = ${objects}\n  input = count.index\n}\n`;
}

function terraform(cwd: string, ...args: readonly string[]): void {
  execFileSync("terraform", args, { cwd, stdio: "ignore" });
}

/** What is installed from outside is here already: programs that do nothing, and firebreak as it is built. */
function programs(): string {
  const bin = folderWith({});
  for (const name of ["apk", "npm", "curl", "sudo", "sha256sum"])
    writeFileSync(join(bin, name), "#!/bin/sh\n", { mode: 0o755 });
  symlinkSync(join(ROOT, "dist/bin.js"), join(bin, "firebreak"));
  return bin;
}

function run({ file, shell, env }: Host, clone: Clone): { readonly code: number; readonly log: string } {
  const bin = programs();
  mkdirSync(join(clone.temp, "home"), { recursive: true });
  let log = "";
  let code = 0;
  const [program = "sh", ...options] = shell;
  for (const { text } of scriptsOf(file)) {
    // After a step that failed only those run that show what there is.
    if (code !== 0 && !text.includes("annotations.txt ]")) continue;
    // The host sets these itself; in Bitbucket they are exported by a line of the script.
    if (/^export ROOTS=/.test(text)) continue;
    const ran = spawnSync(program, [...options, text], {
      cwd: clone.folder,
      encoding: "utf8",
      env: { PATH: `${bin}${delimiter}${process.env["PATH"]}`, HOME: join(clone.temp, "home"), ...env(clone) },
    });
    log += ran.stdout + ran.stderr;
    code ||= ran.status ?? -1;
  }
  return { code, log };
}

describe.runIf(hasTerraform)("in a pull request", () => {
  test.each(HOSTS)("$file passes a change that ends nothing", async (host) => {
    const clone = await cloneOf(9);
    const { code, log } = run(host, clone);
    expect(code, log).toBe(0);
    const report = JSON.parse(readFileSync(host.report(clone), "utf8"));
    expect(report.verdict).toBe("pass");
    expect(report.plans.map(({ input }: { input: string }) => input)).toEqual(["envs/prod/tfplan", "envs/dev/tfplan"]);
    expect(report.plans[0].environment, "the policy of the base").toBe("production");
    expect(report.policy.base.commit).toBe(clone.base);
  });

  test.each(HOSTS)("$file stops one that ends too much, whatever report the change brings along", async (host) => {
    const clone = await cloneOf(0);
    for (const planted of ["firebreak-report", "firebreak-report/junit"]) {
      mkdirSync(join(clone.folder, planted), { recursive: true });
      writeFileSync(join(clone.folder, planted, "report.json"), '{"verdict": "pass"}');
    }
    const { code, log } = run(host, clone);
    expect(log).toMatch(/^(REVIEW|FAIL) /m);
    expect([1, 3], log).toContain(code);
    expect(JSON.parse(readFileSync(host.report(clone), "utf8")).verdict).toMatch(/^(review|fail)$/);
  });

  test.each(HOSTS)("$file stops when there is no plan", async (host) => {
    const clone = await cloneOf(9);
    writeFileSync(join(clone.folder, "envs/prod/main.tf"), "resource {");
    const { code } = run(host, clone);
    expect(code).not.toBe(0);
    expect(existsSync(host.report(clone))).toBe(false);
  });
});

test("every pipeline that runs in a pull request is run here", () => {
  const elsewhere = ["github-comment.yml", "github-apply.yml", "atlantis.yml", "README.md"];
  const files = readdirSync(PIPELINES).filter((name) => !elsewhere.includes(name));
  expect(HOSTS.map(({ file }) => file).sort()).toEqual(files.sort());
});

test("the list of roots stands where the host hands it to scripts", () => {
  const places = {
    "github.yml": (file: { env: unknown }) => file.env,
    "gitlab.yml": (file: { firebreak: { variables: unknown } }) => file.firebreak.variables,
    "azure.yml": (file: { variables: unknown }) => file.variables,
    "circleci.yml": (file: { jobs: { firebreak: { environment: unknown } } }) => file.jobs.firebreak.environment,
  } as const;
  for (const [name, place] of Object.entries(places)) {
    const file = parse(readFileSync(join(ROOT, "docs/pipelines", name), "utf8"));
    expect((place as (file: unknown) => unknown)(file), name).toMatchObject({ ROOTS: "." });
  }
});
