/** Which template belongs to which stack of a tree. */

import { ownValue } from "../../../model/values.ts";
import { addressIn, NESTED_STACK, type Stack, type StackTree } from "../join.ts";
import { type Evaluator, evaluatorFor } from "./evaluate.ts";
import type { TemplateSet } from "./index.ts";
import type { Template } from "./template.ts";

/** A stack with the templates that may be the one from before its change, or from after. */
export interface PlacedStack {
  readonly path: string;
  /** Its change set; absent when nothing in it changes. */
  readonly stack: Stack | undefined;
  readonly templates: readonly PlacedTemplate[];
}

export interface PlacedTemplate {
  readonly template: Template;
  readonly evaluator: Evaluator;
}

/** All stacks of the tree, also nested ones that nothing happens to; those without a template have an empty list. */
export function placeTemplates({ stacks }: StackTree, set: TemplateSet): PlacedStack[] {
  const byPath = new Map(stacks.map((stack) => [stack.path, stack]));
  const placed: PlacedStack[] = [];
  const place = (path: string, candidates: readonly Template[]): void => {
    const stack = byPath.get(path);
    const templates = candidates.map((template) => ({
      template,
      evaluator: evaluatorFor(template, parametersOf(stack)),
    }));
    placed.push({ path, stack, templates });
    for (const [logicalId, inner] of nestedIn(templates, stack, set)) {
      const address = addressIn(path, logicalId);
      const changing = byPath.get(address);
      place(address, inner.length === 0 && changing ? matching(changing, set) : inner);
    }
  };
  for (const stack of stacks) {
    // Nested stacks are reached through their parents, unless the parent has no template.
    const isReached = placed.some(({ path }) => path === stack.path);
    if (!isReached) place(stack.path, stack.path === "" ? templatesFor(stack, set) : matching(stack, set));
  }
  return placed;
}

/** A CDK assembly says which template a stack has; else those that hold what changes. */
function templatesFor(stack: Stack, set: TemplateSet): readonly Template[] {
  const path = set.byStackName.get(stack.head.stackName ?? "");
  const named = path === undefined ? undefined : set.templates.find((template) => template.path === path);
  return named ? [named] : matching(stack, set);
}

/**
 * Templates that hold every resource that the change set modifies, and all that it adds (the one from after) or all that it
 * removes (the one from before). More than these two would be guesswork.
 */
function matching({ rows }: Stack, { templates }: TemplateSet): readonly Template[] {
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
  set: TemplateSet,
): ReadonlyMap<string, readonly Template[]> {
  const nested = new Map<string, Template[]>();
  for (const { template, evaluator } of placed) {
    for (const [logicalId, { type, properties, body, condition }] of template.resources) {
      if (type !== NESTED_STACK || (condition !== undefined && evaluator.holds(condition) === false)) continue;
      if (stack?.rows.get(logicalId)?.action === "Add") continue;
      const asset = ownValue(body["Metadata"], "aws:asset:path") ?? properties["TemplateURL"];
      const folder = template.path.slice(0, template.path.lastIndexOf("/") + 1);
      const path = typeof asset === "string" ? joined(folder, asset) : undefined;
      const inner = set.templates.find((candidate) => candidate.path === path);
      const known = nested.get(logicalId) ?? [];
      nested.set(logicalId, inner && !known.includes(inner) ? [...known, inner] : known);
    }
  }
  return nested;
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

/** Parameters as the change set has them, and what CloudFormation itself knows. Values that it hides are not known. */
function parametersOf(stack: Stack | undefined): ReadonlyMap<string, string> {
  if (stack === undefined) return new Map();
  const { parameters, stackId, stackName } = stack.head;
  const [, partition, , region, account] = (stackId ?? "").split(":");
  const pseudo = { Partition: partition, Region: region, AccountId: account, StackName: stackName, StackId: stackId };
  return new Map([
    ...Object.entries(pseudo).flatMap(([name, value]): [string, string][] => (value ? [[`AWS::${name}`, value]] : [])),
    ...[...parameters].filter(([, value]) => !/^\*+$/.test(value)),
  ]);
}
