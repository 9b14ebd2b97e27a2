/** What makes plans here, told by files and by the words in them. */

import { join } from "node:path";
import { type FoundTool, TOOLS, type Tool } from "../../model/project.ts";
import { folderOf, textOf } from "./files.ts";

const MOST_SOURCE_BYTES = 1 << 20;

export function toolsIn(root: string, files: readonly string[]): FoundTool[] {
  const text = (path: string): string => textOf(join(root, path), MOST_SOURCE_BYTES);
  const roots = terraformRoots(files, text);
  const opentofu = speaksOfTofu(files, text);
  const templates = templatesIn(files, text);
  const folders: Readonly<Record<Tool, readonly string[]>> = {
    terragrunt: terragruntUnits(files),
    cdk: foldersWith(files, /(^|\/)cdk\.json$/),
    sam: [...new Set([...foldersWith(files, /(^|\/)samconfig\.(toml|ya?ml)$/), ...templates.sam])],
    opentofu: opentofu ? roots : [],
    terraform: opentofu ? [] : roots,
    cloudformation: templates.plain,
  };
  const found = TOOLS.map((tool) => ({ tool, folders: folders[tool], stacks: [] as readonly string[] }));
  const named = found.map((one) => (one.tool === "sam" ? { ...one, stacks: samStacks(files, text) } : one));
  // A template of the CDK or of SAM is what these made of the source, or their source itself.
  const wraps = named.some(({ tool, folders: own }) => (tool === "cdk" || tool === "sam") && own.length > 0);
  return named.filter(({ tool, folders: own }) => own.length > 0 && !(tool === "cloudformation" && wraps));
}

function foldersWith(files: readonly string[], pattern: RegExp): string[] {
  return [...new Set(files.filter((path) => pattern.test(path)).map(folderOf))];
}

/** Folders with source that no other calls as a module. */
function terraformRoots(files: readonly string[], text: (path: string) => string): string[] {
  const sources = files.filter((path) => /\.(tf|tofu)$/.test(path));
  const folders = new Set(sources.map(folderOf));
  const called = new Set<string>();
  const anchored = new Set<string>();
  for (const path of sources) {
    const source = text(path);
    for (const [, target = ""] of source.matchAll(/^\s*source\s*=\s*"(\.\.?\/[^"]*)"/gm))
      called.add(within(folderOf(path), target));
    // A backend or a provider's settings stand in root modules alone.
    if (/^\s*(backend\s+"|cloud\s*\{|provider\s+")/m.test(source)) anchored.add(folderOf(path));
  }
  const aside = /(^|\/)(modules?|examples?|tests?|fixtures)(\/|$)/;
  const usual = [...folders].filter((folder) => !called.has(folder) && !aside.test(folder));
  const sure = usual.filter((folder) => anchored.has(folder));
  return sure.length > 0 ? sure : usual;
}

/** A relative path from a folder, both relative to the root. */
function within(folder: string, target: string): string {
  const at = folder === "." ? [] : folder.split("/");
  for (const part of target.split("/")) {
    if (part === "..") at.pop();
    else if (part !== "." && part !== "") at.push(part);
  }
  return at.length === 0 ? "." : at.join("/");
}

function speaksOfTofu(files: readonly string[], text: (path: string) => string): boolean {
  if (files.some((path) => /\.tofu$|(^|\/)\.opentofu-version$/.test(path))) return true;
  const locks = files.filter((path) => /(^|\/)\.terraform\.lock\.hcl$/.test(path));
  return locks.some((path) => text(path).includes("registry.opentofu.org"));
}

/** Folders of units: those with a terragrunt.hcl and none below them, which would include it. */
function terragruntUnits(files: readonly string[]): string[] {
  const folders = foldersWith(files, /(^|\/)terragrunt\.hcl$/);
  return folders.filter((folder) => !folders.some((other) => other !== folder && isBelow(other, folder)));
}

function isBelow(path: string, folder: string): boolean {
  return folder === "." || path.startsWith(`${folder}/`);
}

const TEMPLATE = /(^|\/)[^/]*(template|stack|cfn|cloudformation)[^/]*\.(ya?ml|json)$/i;

function templatesIn(files: readonly string[], text: (path: string) => string) {
  const sam = new Set<string>();
  const plain = new Set<string>();
  for (const path of files.filter((name) => TEMPLATE.test(name))) {
    const template = text(path);
    if (/\bAWS::Serverless-2016-10-31\b/.test(template)) sam.add(folderOf(path));
    else if (/AWSTemplateFormatVersion/.test(template)) plain.add(folderOf(path));
  }
  return { sam: [...sam], plain: [...plain] };
}

/** `stack_name = "shop"` of samconfig.toml. */
function samStacks(files: readonly string[], text: (path: string) => string): string[] {
  const configs = files.filter((path) => /(^|\/)samconfig\.toml$/.test(path));
  const names = configs.flatMap((path) => [
    ...text(path).matchAll(/^\s*stack_name\s*=\s*"([A-Za-z][A-Za-z0-9-]{0,127})"/gm),
  ]);
  return [...new Set(names.map(([, name = ""]) => name))];
}
