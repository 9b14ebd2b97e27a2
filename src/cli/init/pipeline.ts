/** The files of docs/pipelines, for the host and the tool that were found. */

import pipelines from "../../generated/pipelines.json" with { type: "json" };
import type { CiSystem, Project } from "../../model/project.ts";
import { type PipelineTool, TOOL_STEPS, type ToolSteps } from "./tool-steps.ts";

export interface HostFiles {
  /** As people call it. */
  readonly name: string;
  /** What is one workflow, as people call it there. */
  readonly what: string;
  /** File under docs/pipelines, and where it goes. */
  readonly files: readonly (readonly [source: keyof typeof pipelines, path: string])[];
  /** Where it goes when that is taken by a pipeline of their own, and what to do then. */
  readonly beside?: { readonly path: string; readonly how: string };
  readonly toolsOf: (steps: ToolSteps) => readonly string[];
}

export const HOSTS: Readonly<Record<CiSystem, HostFiles>> = {
  github: {
    name: "GitHub Actions",
    what: "the workflow",
    files: [
      ["github.yml", ".github/workflows/firebreak.yml"],
      ["github-comment.yml", ".github/workflows/firebreak-comment.yml"],
    ],
    toolsOf: ({ onGithub }) => onGithub,
  },
  gitlab: {
    name: "GitLab CI",
    what: "the job",
    files: [["gitlab.yml", ".gitlab-ci.yml"]],
    beside: {
      path: ".gitlab/firebreak.gitlab-ci.yml",
      how: "add to .gitlab-ci.yml: include: [{local: .gitlab/firebreak.gitlab-ci.yml}]",
    },
    toolsOf: ({ inImage }) => inImage,
  },
  bitbucket: {
    name: "Bitbucket Pipelines",
    what: "the step",
    files: [["bitbucket.yml", "bitbucket-pipelines.yml"]],
    beside: {
      path: "bitbucket-pipelines.firebreak.yml",
      how: "move its step into bitbucket-pipelines.yml, under pull-requests, with clone: {depth: full}",
    },
    toolsOf: ({ inImage }) => inImage,
  },
  azure: {
    name: "Azure Pipelines",
    what: "the pipeline",
    files: [["azure.yml", "azure-pipelines.firebreak.yml"]],
    toolsOf: ({ onAzure }) => onAzure,
  },
  circleci: {
    name: "CircleCI",
    what: "the job",
    files: [["circleci.yml", ".circleci/config.yml"]],
    beside: { path: ".circleci/firebreak.yml", how: "move its job and its workflow into .circleci/config.yml" },
    toolsOf: ({ inImage }) => inImage,
  },
  jenkins: {
    name: "Jenkins",
    what: "the pipeline",
    files: [["Jenkinsfile", "Jenkinsfile.firebreak"]],
    toolsOf: () => [],
  },
  atlantis: {
    name: "Atlantis",
    what: "the server's configuration",
    files: [["atlantis.yml", "atlantis-repos.yaml"]],
    toolsOf: () => [],
  },
};

export interface PipelineFile {
  readonly path: string;
  readonly text: string;
}

/** What is written for a host, and what is left to do when their own pipeline is in the way. */
export function pipelineFiles(
  ci: CiSystem,
  tool: PipelineTool,
  places: readonly string[],
  { files, branch }: Pick<Project, "files" | "branch">,
): { readonly files: readonly PipelineFile[]; readonly how: string | undefined } {
  const host = HOSTS[ci];
  const steps = TOOL_STEPS[tool];
  const isTaken = host.beside !== undefined && host.files.some(([, path]) => files.has(path));
  const made = host.files.map(([source, path]) => ({
    path: isTaken && host.beside ? host.beside.path : path,
    text: filled(pipelines[source], steps, places, host).replace(MAIN, (_, before: string) => `${before}${branch}`),
  }));
  return { files: made, how: isTaken ? host.beside?.how : undefined };
}

function filled(text: string, steps: ToolSteps, places: readonly string[], host: HostFiles): string {
  const parts: Readonly<Record<string, readonly string[]>> = {
    tools: host.toolsOf(steps),
    plan: steps.plan,
    inputs: steps.inputs,
  };
  const named = text.replace(PART, (_, indent: string, _mark: string, name: string, body: string) =>
    name === "variables"
      ? variables(body, steps, places)
      : (parts[name] ?? []).map((line) => `${indent}${line}\n`).join(""),
  );
  return named.replaceAll("hashicorp/terraform:1.13", steps.image);
}

/** Where a pipeline names the branch that changes go into. */
const MAIN = /((?:BASE: |ignore: |include: \[))main\b/g;

/** From `# NAME: from here` to `# NAME: to here`, with whatever begins a comment there. */
const PART = /^( *)(#|\/\/) (\w+): from here\n([\s\S]*?)^ *(?:#|\/\/) \3: to here\n/gm;

/** The line that names the root modules, in the host's own spelling. */
function variables(line: string, { variable }: ToolSteps, places: readonly string[]): string {
  const what = variable === "STACKS" ? "names of stacks" : "folders of root modules";
  return line
    .replace("folders of root modules", what)
    .replace("ROOTS", variable)
    .replace(/(?<=[:=] ?["']?)\.(?=["']? )/, () => places.join(" "));
}
