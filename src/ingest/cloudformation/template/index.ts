/** Files beside a change set to templates: the door of this folder. */

import { ownValue } from "../../../model/values.ts";
import {
  isOriginalAnswer,
  isTemplateAfter,
  isTemplateAnswer,
  readOriginalLines,
  readTemplate,
  type TemplateFile,
} from "./read.ts";
import { type Template, toTemplate } from "./template.ts";

export type { TemplateFile } from "./read.ts";

/** All templates that were given, and which stack each is for where somebody says so. */
export interface TemplateSet {
  readonly templates: readonly Template[];
  /**
   * Paths of its templates by stack name: from the manifests of a CDK assembly (`cdk.out`), and from folders of saved answers
   * that are named for their stack.
   */
  readonly byStackName: ReadonlyMap<string, readonly string[]>;
  /** Lines in the texts that were submitted for a stack, by its name: of the one that a change set brings first. */
  readonly submittedLines: ReadonlyMap<string, readonly ReadonlyMap<string, number>[]>;
}

/** Files that are no templates are passed over: a folder holds other things too. */
export async function readTemplates(files: readonly TemplateFile[]): Promise<TemplateSet> {
  const texts = await Promise.all(files.map(readTemplate));
  return {
    templates: texts.flatMap((text) => (text === undefined ? [] : toTemplate(text))),
    byStackName: grouped(files.flatMap((file) => [...stacksOf(file), ...stackOfAnswer(file)])),
    submittedLines: grouped(await submittedLines(files)),
  };
}

async function submittedLines(files: readonly TemplateFile[]): Promise<[string, ReadonlyMap<string, number>][]> {
  const answers = files.filter(({ path }) => isOriginalAnswer(path));
  const read = await Promise.all(
    answers.map(async (file) => ({
      stack: file.path.split("/").at(-2),
      after: isTemplateAfter(file.path),
      lines: await readOriginalLines(file),
    })),
  );
  return read
    .sort((left, right) => Number(right.after) - Number(left.after))
    .flatMap(({ stack, lines }): [string, ReadonlyMap<string, number>][] =>
      stack === undefined || lines === undefined ? [] : [[stack, lines]],
    );
}

function grouped<Value>(
  pairs: readonly (readonly [name: string, value: Value])[],
): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return groups;
}

/** The answer of GetTemplate stands in a folder that is named for the stack. */
function stackOfAnswer({ path }: TemplateFile): [string, string][] {
  const folder = isTemplateAnswer(path) && !isOriginalAnswer(path) ? path.split("/").at(-2) : undefined;
  return folder === undefined ? [] : [[folder, path]];
}

/** Stacks in the manifest of an assembly: `artifacts[].type` is `aws:cloudformation:stack`. */
function stacksOf({ path, bytes }: TemplateFile): [string, string][] {
  if (!/(^|\/)manifest\.json$/.test(path)) return [];
  const folder = path.slice(0, path.length - "manifest.json".length);
  const artifacts = ownValue(parsed(bytes), "artifacts");
  if (typeof artifacts !== "object" || artifacts === null) return [];
  return Object.entries(artifacts).flatMap(([id, artifact]): [string, string][] => {
    const properties = ownValue(artifact, "properties");
    const file = ownValue(properties, "templateFile");
    if (ownValue(artifact, "type") !== "aws:cloudformation:stack" || typeof file !== "string") return [];
    const name = ownValue(properties, "stackName");
    return [[typeof name === "string" ? name : id, `${folder}${file}`]];
  });
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
  } catch {
    // Not an assembly's manifest: its templates are matched by what is in them.
    return undefined;
  }
}
