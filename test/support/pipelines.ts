/** The pipelines under docs/pipelines/, and the scripts in them. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export const ROOT = join(import.meta.dirname, "../..");
export const PIPELINES = join(ROOT, "docs/pipelines");

export function pipeline(name: string): string {
  return readFileSync(join(PIPELINES, name), "utf8");
}

export interface Script {
  readonly file: string;
  /** Number within its file. */
  readonly place: number;
  readonly text: string;
  /** What runs it where nothing else is said: bash on GitHub, Azure and CircleCI, sh elsewhere. */
  readonly shell: "bash" | "sh";
}

export const YAML_FILES = [
  "github.yml",
  "github-comment.yml",
  "github-apply.yml",
  "gitlab.yml",
  "bitbucket.yml",
  "azure.yml",
  "circleci.yml",
  "atlantis.yml",
] as const;

/** Every script of a pipeline, in order. */
export function scriptsOf(file: string, text = pipeline(file)): Script[] {
  const shell = /^(github|azure|circleci)/.test(file) ? "bash" : "sh";
  const found = file.includes("Jenkinsfile")
    ? [...text.matchAll(/sh '''\n([\s\S]*?)'''/g)].map(([, script = ""]) => script)
    : scriptsIn(parse(text), undefined);
  return found.map((script, place) => ({ file, place, text: script, shell }));
}

/** Keys that hold scripts, or lists of them. */
const SCRIPT_KEYS = ["run", "script", "command", "bash"];

function scriptsIn(node: unknown, key: string | undefined): string[] {
  if (typeof node === "string") return key !== undefined && SCRIPT_KEYS.includes(key) ? [node] : [];
  if (Array.isArray(node)) return node.flatMap((one) => scriptsIn(one, key));
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([name, inner]) => scriptsIn(inner, name));
}
