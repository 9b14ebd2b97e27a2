/** `firebreak init`: a policy and a pipeline for the repository that this runs in. */

import version from "../generated/version.json" with { type: "json" };
import { FirebreakError } from "../model/error.ts";
import { printable } from "../model/printable.ts";
import { CI_NAMES, type CiSystem, type Project } from "../model/project.ts";
import { nearestWord } from "../policy/config/nearest-word.ts";
import { readOnlyPolicy } from "../sources/cloudformation/policy.ts";
import { CONFIG_NAMES } from "../sources/config-file.ts";
import { lookAtRepository, placeFor, projectFile } from "../sources/project/index.ts";
import type { Invocation, OptionValues } from "./arguments.ts";
import { openQuestions } from "./ask.ts";
import { exitCodeOf } from "./exit-code.ts";
import { configText } from "./init/config-text.ts";
import { foundText, nextSteps, type Plan } from "./init/next-steps.ts";
import { type PipelineFile, pipelineFiles } from "./init/pipeline.ts";
import { TOOL_STEPS } from "./init/tool-steps.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError `bad-usage`, `no-input` */
export async function runInit({ inputs, values }: Invocation, world: World): Promise<number> {
  if (inputs.length > 0) {
    throw new FirebreakError("bad-usage", "init takes no input: it looks at the repository that it runs in", {
      hint: "Run it there: firebreak init --dry-run prints what it would write.",
    });
  }
  if (values.has("aws-policy")) {
    world.stdout.write(`${JSON.stringify(readOnlyPolicy(), null, 2)}\n`);
    return exitCodeOf("pass");
  }
  const project = await lookAtRepository(world.cwd);
  const { plan, files } = planFor(project, ciFrom(values));
  // Before the first word, since nothing is said when nothing may be written.
  const lines = values.has("dry-run")
    ? files.map(({ path, text }) => `--- ${path}\n${text}`)
    : await write(project, files, values, world);
  world.stdout.write(`${printable(foundText(project, plan, world.cwd))}\n\n${lines.join("\n")}\n\n`);
  world.stdout.write(nextSteps(project, plan));
  return exitCodeOf("pass");
}

function ciFrom(values: OptionValues): CiSystem | undefined {
  const named = values.text("ci");
  const known = CI_NAMES.find((name) => name === named);
  if (named === undefined || known !== undefined) return known;
  const near = nearestWord(named, CI_NAMES);
  throw new FirebreakError(
    "bad-usage",
    `unknown CI ${JSON.stringify(named)}.${near === undefined ? "" : ` Did you mean ${near}?`}`,
    {
      hint: `Known: ${CI_NAMES.join(", ")}.`,
    },
  );
}

/** Names that stand in a list with spaces between them, in a script. */
const PLAIN = /^[\w.@][\w./@-]*$/;

function planFor(project: Project, named: CiSystem | undefined): { plan: Plan; files: readonly PipelineFile[] } {
  const [found] = project.tools;
  if (found === undefined) {
    throw new FirebreakError(
      "no-input",
      `${project.root}: nothing here makes plans, no Terraform, OpenTofu, Terragrunt, CDK or SAM`,
      {
        hint: "Run it in the repository with the .tf files, cdk.json or samconfig.toml.",
      },
    );
  }
  const tool = found.tool === "cloudformation" ? undefined : found.tool;
  const ci = named ?? project.ci[0];
  const places = tool !== undefined && TOOL_STEPS[tool].variable === "STACKS" ? stacksOf(found.stacks) : found.folders;
  const strange = places.filter((place) => !PLAIN.test(place));
  if (strange.length > 0 && ci !== undefined) {
    throw new FirebreakError(
      "bad-usage",
      `${strange.map((place) => JSON.stringify(place)).join(", ")}: no list in a script can hold this name`,
      {
        hint: "Rename it, or write the pipeline by hand, after docs/pipelines of firebreak.",
      },
    );
  }
  const pipeline =
    ci === undefined || tool === undefined ? { files: [], how: undefined } : pipelineFiles(ci, tool, places, project);
  const text = configText(project.environments, schemaOf(project));
  const path = CONFIG_NAMES.find((name) => project.files.has(name)) ?? "firebreak.yaml";
  // A policy in JSON is somebody's work, and comments have no place in it.
  const config = path.endsWith(".json") ? [] : [{ path, text }];
  return { plan: { tool, ci, places, how: pipeline.how }, files: [...config, ...pipeline.files] };
}

/** The name that SAM's own guide gives a stack. */
const USUAL_STACK = "sam-app";

function stacksOf(stacks: readonly string[]): readonly string[] {
  return stacks.length > 0 ? stacks : [USUAL_STACK];
}

/** For editors: the one that is installed, else the one that was published with this version. */
function schemaOf(project: Project): string {
  const isInstalled = /"firebreak"\s*:/.test(projectFile(project, "package.json") ?? "");
  return isInstalled
    ? "./node_modules/firebreak/schema/config.schema.json"
    : `https://unpkg.com/firebreak@${version}/schema/config.schema.json`;
}

/** Lines that say what became of each file. Nothing is written before it is known that everything may be. */
async function write(
  project: Project,
  files: readonly PipelineFile[],
  values: OptionValues,
  world: World,
): Promise<string[]> {
  const before = new Map(files.map(({ path }) => [path, projectFile(project, path)]));
  const inTheWay = files.filter(({ path, text }) => before.get(path) !== undefined && before.get(path) !== text);
  const kept = await keptOf(inTheWay, values, world);
  return files.map((file) => {
    if (before.get(file.path) === file.text) return `Unchanged  ${file.path}`;
    if (kept.includes(file)) return `Kept       ${file.path}`;
    world.writeFile(placeFor(project, file.path), file.text);
    return `${before.get(file.path) === undefined ? "Wrote     " : "Overwrote "} ${file.path}`;
  });
}

/** Files that stay as they are. @throws FirebreakError `bad-usage` when nobody can be asked */
async function keptOf(inTheWay: readonly PipelineFile[], values: OptionValues, world: World): Promise<PipelineFile[]> {
  if (inTheWay.length === 0 || values.has("yes")) return [];
  const questions = openQuestions(world);
  if (questions === undefined) {
    const names = inTheWay.map(({ path }) => path).join(", ");
    throw new FirebreakError(
      "bad-usage",
      `nothing was written: ${names} ${inTheWay.length === 1 ? "is" : "are"} there already`,
      {
        hint: "See what would change with --dry-run, and overwrite with --yes.",
      },
    );
  }
  const kept: PipelineFile[] = [];
  for (const file of inTheWay) {
    if (!(await questions.isYes(`${file.path} is there already. Overwrite it? [y/N] `))) kept.push(file);
  }
  questions.close();
  return kept;
}
