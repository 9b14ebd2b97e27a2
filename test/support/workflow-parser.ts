/** GitHub's own parser of workflows and actions. It imports JSON as bundlers take it and Node does not, so it is bundled first. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Actions from "@actions/workflow-parser/actions/index";
import type * as Workflows from "@actions/workflow-parser/index";
import { rolldown } from "rolldown";
import { folderWith } from "./world.ts";

/** What GitHub says against a workflow, and its jobs. */
export async function parsedWorkflow(name: string, content: string) {
  const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await load<typeof Workflows>("index");
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  const errors = context.errors.getErrors().map(String);
  if (value === undefined || errors.length > 0) return { errors, jobs: [] };
  const template = await convertWorkflowTemplate(context, value);
  return { errors: (template.errors ?? []).map(({ Message }) => Message), jobs: template.jobs };
}

/** What GitHub says against an action. */
export async function parsedAction(content: string): Promise<string[]> {
  const { parseAction } = await load<typeof Actions>("actions/index");
  const silent = { error: () => {}, info: () => {}, verbose: () => {} };
  return parseAction({ name: "action.yml", content }, silent).context.errors.getErrors().map(String);
}

async function load<Module>(part: string): Promise<Module> {
  const file = join(folderWith({}), "parser.mjs");
  const bundle = await rolldown({ input: `@actions/workflow-parser/${part}`, platform: "node", logLevel: "silent" });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  await bundle.close();
  return (await import(pathToFileURL(file).href)) as Module;
}
