/** Which template belongs to which stack of a tree. */

import { ownValue } from "../../../model/values.ts";
import { type StackFacts, stackNameIn } from "../answers.ts";
import type { Beside } from "../beside.ts";
import { addressIn, NESTED_STACK, type Stack, type StackTree } from "../join.ts";
import { type Evaluator, evaluatorFor } from "./evaluate.ts";
import { isTemplateAnswer } from "./read.ts";
import type { Template, TemplateResource } from "./template.ts";

/** A stack with the templates that may be the one from before its change, or from after. */
export interface PlacedStack {
  readonly path: string;
  /** Its name in CloudFormation; absent when nobody says it. */
  readonly name: string | undefined;
  /** What saved answers say of it. */
  readonly facts: StackFacts | undefined;
  /** Its change set; absent when nothing in it changes. */
  readonly stack: Stack | undefined;
  readonly templates: readonly PlacedTemplate[];
  /** Files that somebody works in and that hold what changes, also where the templates are known from elsewhere. */
  readonly written: readonly Template[];
}

export interface PlacedTemplate {
  readonly template: Template;
  readonly evaluator: Evaluator;
}

/** All stacks of the tree, also nested ones that nothing happens to; those without a template have an empty list. */
export function placeTemplates({ stacks }: StackTree, beside: Beside): PlacedStack[] {
  const byPath = new Map(stacks.map((stack) => [stack.path, stack]));
  const placed: PlacedStack[] = [];
  const files = { templates: beside.templates.filter(({ path }) => !isTemplateAnswer(path)) };
  const place = (path: string, name: string | undefined, candidates: readonly Template[]): void => {
    const stack = byPath.get(path);
    const facts = factsOf(name, path, beside);
    const known = parametersOf(stack, facts);
    const templates = candidates.map((template) => ({ template, evaluator: evaluatorFor(template, known) }));
    const written = stack === undefined || files.templates.length === 0 ? [] : matching(stack, files);
    placed.push({ path, name, facts, stack, templates, written });
    for (const [logicalId, inner] of nestedIn(templates, stack, facts, beside)) {
      const address = addressIn(path, logicalId);
      const changing = byPath.get(address);
      const innerName = changing?.head.stackName ?? nameOfNested(facts, logicalId);
      const named = templatesNamed(innerName, beside);
      const found = named.length > 0 ? named : inner;
      place(address, innerName, found.length === 0 && changing ? matching(changing, beside) : found);
    }
  };
  for (const stack of stacks) {
    // Nested stacks are reached through their parents, unless the parent has neither a template nor a list of resources.
    const isReached = placed.some(({ path }) => path === stack.path);
    if (!isReached) place(stack.path, stack.head.stackName, templatesFor(stack, beside));
  }
  return placed;
}

/** Answers are known by the stack's name. Those that no folder names are the root's. */
export function factsOf(
  name: string | undefined,
  path: string,
  { answers: { stacks } }: Beside,
): StackFacts | undefined {
  return stacks.get(name ?? "") ?? (path === "" ? stacks.get("") : undefined);
}

/** A nested stack is known to the one around it by its ARN. */
function nameOfNested(facts: StackFacts | undefined, logicalId: string): string | undefined {
  const nested = facts?.resources?.find((resource) => resource.logicalId === logicalId);
  return nested?.physicalId === undefined ? undefined : stackNameIn(nested.physicalId);
}

/** Those that somebody says are the stack's: a CDK assembly, or the folder of a saved answer. */
function templatesNamed(name: string | undefined, { byStackName, templates }: Beside): readonly Template[] {
  const paths = byStackName.get(name ?? "") ?? [];
  return templates.filter(({ path }) => paths.includes(path));
}

/** Else those that hold what changes. */
function templatesFor(stack: Stack, beside: Beside): readonly Template[] {
  const named = templatesNamed(stack.head.stackName, beside);
  return named.length > 0 ? named : matching(stack, beside);
}

/**
 * Templates that hold every resource that the change set modifies, and all that it adds (the one from after) or all that it
 * removes (the one from before). More than these two would be guesswork.
 */
function matching({ rows }: Stack, { templates }: Pick<Beside, "templates">): readonly Template[] {
  const all = [...rows.values()];
  if (all.length === 0) return [];
  const found = templates.filter((template) => {
    const holds = (action: (word: string) => boolean): boolean =>
      all.filter((row) => action(row.action)).every((row) => template.resources.get(row.logicalId)?.type === row.type);
    const kept = holds((word) => word !== "Add" && word !== "Remove");
    return kept && (holds((word) => word === "Add") || holds((word) => word === "Remove"));
  });
  return found.length <= 2 ? found : [];
}

/** Nested stacks with the templates that are named for them: by the CDK's asset path, or a path that was not uploaded yet. */
function nestedIn(
  placed: readonly PlacedTemplate[],
  stack: Stack | undefined,
  facts: StackFacts | undefined,
  beside: Beside,
): ReadonlyMap<string, readonly Template[]> {
  const nested = new Map<string, Template[]>(
    (facts?.resources ?? []).flatMap(({ logicalId, type }) => (type === NESTED_STACK ? [[logicalId, []]] : [])),
  );
  for (const { template, evaluator } of placed) {
    for (const [logicalId, resource] of template.resources) {
      const { type, condition } = resource;
      if (type !== NESTED_STACK || (condition !== undefined && evaluator.holds(condition) === false)) continue;
      if (stack?.rows.get(logicalId)?.action === "Add") continue;
      const inner = templateBeside(template, resource, beside);
      const known = nested.get(logicalId) ?? [];
      nested.set(logicalId, inner && !known.includes(inner) ? [...known, inner] : known);
    }
  }
  return nested;
}

/** The template that another one names by its path for a nested stack. */
function templateBeside(
  { path }: Template,
  { body, properties }: TemplateResource,
  { templates }: Beside,
): Template | undefined {
  const asset = ownValue(body["Metadata"], "aws:asset:path") ?? properties["TemplateURL"];
  if (typeof asset !== "string") return undefined;
  const wanted = joined(path.slice(0, path.lastIndexOf("/") + 1), asset);
  return templates.find((candidate) => candidate.path === wanted);
}

/** A relative path from a folder; steps up are taken. */
function joined(folder: string, path: string): string {
  const steps: string[] = [];
  for (const step of `${folder}${path}`.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== ".") steps.push(step);
  }
  return steps.join("/");
}

/** Parameters as the change set has them, else as the stack; and what CloudFormation itself knows. Hidden values are not known. */
function parametersOf(stack: Stack | undefined, facts: StackFacts | undefined): ReadonlyMap<string, string> {
  const stackId = stack?.head.stackId ?? facts?.id ?? "";
  const stackName = stack?.head.stackName ?? stackNameIn(stackId);
  const [, partition, , region, account] = stackId.split(":");
  const pseudo = { Partition: partition, Region: region, AccountId: account, StackName: stackName, StackId: stackId };
  const given = [...(facts?.parameters ?? []), ...(stack?.head.parameters ?? [])];
  return new Map([
    ...Object.entries(pseudo).flatMap(([name, value]): [string, string][] => (value ? [[`AWS::${name}`, value]] : [])),
    ...given.filter(([, value]) => !/^\*+$/.test(value)),
  ]);
}
