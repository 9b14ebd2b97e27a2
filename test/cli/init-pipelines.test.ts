/** Pipelines that `firebreak init` writes: those of docs/pipelines, with the steps of the tool that was found. */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { HOSTS, pipelineFiles } from "../../src/cli/init/pipeline.ts";
import { type PipelineTool, TOOL_STEPS } from "../../src/cli/init/tool-steps.ts";
import { CI_NAMES, type CiSystem } from "../../src/model/project.ts";
import { GITHUB, init, ROOT_MODULE } from "../support/init.ts";
import { pipeline, scriptsOf } from "../support/pipelines.ts";
import { parsedWorkflow } from "../support/workflow-parser.ts";
import { folderWith } from "../support/world.ts";

describe("pipelines", () => {
  const TOOLS = Object.keys(TOOL_STEPS) as PipelineTool[];
  const NOTHING = { files: new Set<string>(), branch: "main" };

  test.each(CI_NAMES)("for %s and Terraform is the file of docs/pipelines, without its marks", (ci) => {
    const { files } = pipelineFiles(ci, "terraform", ["."], NOTHING);
    for (const [place, { text }] of files.entries()) {
      const [source = "github.yml"] = HOSTS[ci].files[place] ?? [];
      const lines = pipeline(source)
        .split("\n")
        .filter((line) => !/^ *(#|\/\/) \w+: (from|to) here$/.test(line));
      expect(text).toBe(lines.join("\n"));
    }
  });

  const ALL = CI_NAMES.flatMap((ci) => TOOLS.map((tool) => ({ ci, tool })));
  test.each(ALL)("for $ci and $tool parse, scripts too", async ({ ci, tool }) => {
    for (const { path, text } of pipelineFiles(ci, tool, ["envs/prod", "envs/dev"], NOTHING).files) {
      expect(text).not.toMatch(/from here|to here/);
      if (ci === "github") expect((await parsedWorkflow(path, text)).errors).toEqual([]);
      else if (ci !== "jenkins") expect(parse(text)).toBeTypeOf("object");
      const scripts = scriptsOf(ci === "jenkins" ? "Jenkinsfile" : `${ci}.yml`, text);
      for (const { text: script, shell } of scripts) {
        const { stderr } = spawnSync(shell, ["-n"], { input: script, encoding: "utf8" });
        expect(stderr).toBe("");
      }
      // Atlantis plans by itself.
      if (ci !== "atlantis" && !path.includes("comment")) expect(text).toMatch(/(ROOTS|STACKS)\W+envs\/prod envs\/dev/);
    }
  });

  test.each<[ci: CiSystem, taken: string, written: string]>([
    ["gitlab", ".gitlab-ci.yml", ".gitlab/firebreak.gitlab-ci.yml"],
    ["bitbucket", "bitbucket-pipelines.yml", "bitbucket-pipelines.firebreak.yml"],
    ["circleci", ".circleci/config.yml", ".circleci/firebreak.yml"],
  ])("of their own on %s stay as they are", async (_, taken, expected) => {
    const folder = folderWith({ "main.tf": ROOT_MODULE, [taken]: "# theirs\n" });
    const { written, stdout } = await init(folder, ["--yes"]);
    expect(written).toEqual([expected, "firebreak.yaml"].sort());
    expect(stdout).toMatch(/3\. (Add|Move) .* credentials/);
  });

  test("go to another branch than main where the remote has one", async () => {
    const folder = folderWith({
      "main.tf": ROOT_MODULE,
      ".git/refs/remotes/origin/HEAD": "ref: refs/remotes/origin/trunk\n",
    });
    const { files } = await init(folder, ["--ci", "circleci"]);
    const config = parse(files.get(join(folder, ".circleci/config.yml")) ?? "");
    expect(config.jobs.firebreak.environment.BASE).toBe("trunk");
    expect(config.workflows.firebreak.jobs[0].firebreak.filters.branches.ignore).toBe("trunk");
  });

  test.each(["$(touch pwned)", "a b", "-rf", "a;b", "a`b`"])("a folder called %j is in no script", async (name) => {
    const folder = folderWith({ [`${name}/main.tf`]: ROOT_MODULE, ...GITHUB });
    const { code, stderr, written } = await init(folder);
    expect({ code, written }).toEqual({ code: 2, written: [] });
    expect(stderr).toContain("no list in a script can hold this name");
  });
});
