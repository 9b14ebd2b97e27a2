/**
 * What is known of stacks beside their change sets: answers of the API, as the AWS CLI saves them. A file is named for the
 * command (`list-stack-resources.json`), and its folder for the stack.
 */

import { createHash } from "node:crypto";
import { isObject, ownValue } from "../../model/values.ts";
import { pairs } from "./head.ts";
import type { TemplateFile } from "./template/index.ts";

export interface StackFacts {
  /** ARN. */
  readonly id: string | undefined;
  /** Its resources now, those that are gone left out; `undefined` when nobody listed them. */
  readonly resources: readonly ListedResource[] | undefined;
  readonly terminationProtection: boolean;
  readonly parameters: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  /** The statements of the stack policy; `undefined` when it has none, or nobody asked. */
  readonly policy: readonly Readonly<Record<string, unknown>>[] | undefined;
  /** Names of its exports; `undefined` when nobody described the stack. */
  readonly exports: readonly string[] | undefined;
  /** Stacks that import an export of this one, by the export's name. */
  readonly importers: ReadonlyMap<string, readonly string[]>;
  /** Hooks that run before what its change set does; `undefined` when nobody asked, or CloudFormation does not know yet. */
  readonly hooks: readonly PlannedHook[] | undefined;
  /** SHA-256 of the bytes that the list of resources was read from; `""` without one. */
  readonly listSha256: string;
}

/** A hook that will be run before something that a change set does. */
export interface PlannedHook {
  /** `Org::Service::Hook` */
  readonly type: string;
  /** `FAIL` stops the change when the hook refuses, `WARN` does not. */
  readonly failureMode: string | undefined;
}

export interface ListedResource {
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
}

export interface Answers {
  /** By name. */
  readonly stacks: ReadonlyMap<string, StackFacts>;
  /** Accounts and regions that a stack set has instances in, by its name: one for each instance. */
  readonly instances: ReadonlyMap<string, number>;
}

export const NO_ANSWERS: Answers = { stacks: new Map(), instances: new Map() };

/** Files with other names are something else, and are passed over. */
export function readAnswers(files: readonly TemplateFile[]): Answers {
  const stacks = new Map<string, StackFacts>();
  const instances = new Map<string, number>();
  const add = (stack: string, facts: Partial<StackFacts>): void => {
    stacks.set(stack, { ...(stacks.get(stack) ?? NO_FACTS), ...facts });
  };
  for (const { path, bytes } of files) {
    const [, folder = "", command = "", about] = FILE.exec(path) ?? [];
    const answer = command === "" ? undefined : parsed(bytes);
    switch (command) {
      case "describe-stacks":
        for (const stack of listIn(answer, "Stacks")) add(textIn(stack, "StackName") ?? folder, describedFacts(stack));
        break;
      case "list-stack-resources":
        if (Array.isArray(ownValue(answer, "StackResourceSummaries")))
          add(folder, { resources: resourcesIn(answer), listSha256: createHash("sha256").update(bytes).digest("hex") });
        break;
      case "get-stack-policy":
        add(folder, { policy: policyIn(answer) });
        break;
      case "describe-change-set-hooks":
        add(folder, { hooks: hooksIn(answer) });
        break;
      case "list-imports":
        if (about !== undefined) add(folder, { importers: withImporters(stacks.get(folder), about, answer) });
        break;
      case "list-stack-instances":
        if (about !== undefined) instances.set(about, listIn(answer, "Summaries").length);
        break;
    }
  }
  return { stacks, instances };
}

function withImporters(facts: StackFacts | undefined, exported: string, answer: unknown): StackFacts["importers"] {
  return new Map(facts?.importers).set(exported, textsIn(answer, "Imports"));
}

/** `.../STACK/COMMAND[.ABOUT].json` */
const FILE =
  /(?:^|\/)(?:([^/]*)\/)?(describe-stacks|list-stack-resources|get-stack-policy|describe-change-set-hooks|list-imports|list-stack-instances)(?:\.([^/]+))?\.json$/;

const NO_FACTS: StackFacts = {
  id: undefined,
  resources: undefined,
  terminationProtection: false,
  parameters: new Map(),
  tags: new Map(),
  policy: undefined,
  exports: undefined,
  importers: new Map(),
  hooks: undefined,
  listSha256: "",
};

/** `arn:PARTITION:cloudformation:REGION:ACCOUNT:stack/NAME/ID` */
export function stackNameIn(arn: string): string | undefined {
  return /^arn:[^/]*:stack\/([^/]+)\//.exec(arn)?.[1];
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
  } catch {
    // Named like an answer, and none: what it would have said stays unknown.
    return undefined;
  }
}

function describedFacts(stack: unknown): Partial<StackFacts> {
  const parameters = ownValue(stack, "Parameters");
  return {
    id: textIn(stack, "StackId"),
    terminationProtection: ownValue(stack, "EnableTerminationProtection") === true,
    parameters: new Map([
      ...pairs(parameters, "ParameterKey", "ParameterValue"),
      ...pairs(parameters, "ParameterKey", "ResolvedValue"),
    ]),
    tags: new Map(pairs(ownValue(stack, "Tags"), "Key", "Value")),
    exports: listIn(stack, "Outputs").flatMap((output) => textIn(output, "ExportName") ?? []),
  };
}

/** What these say is not there, or is not the stack's any more. */
const GONE: ReadonlySet<unknown> = new Set(["DELETE_COMPLETE", "DELETE_SKIPPED"]);

function resourcesIn(answer: unknown): ListedResource[] {
  return listIn(answer, "StackResourceSummaries").flatMap((resource): ListedResource[] => {
    const [logicalId, type] = [textIn(resource, "LogicalResourceId"), textIn(resource, "ResourceType")];
    const physicalId = textIn(resource, "PhysicalResourceId");
    const status = ownValue(resource, "ResourceStatus");
    // What could not be created has no name of its own.
    const neverWas = status === "CREATE_FAILED" && physicalId === undefined;
    if (logicalId === undefined || type === undefined || GONE.has(status) || neverWas) return [];
    return [{ logicalId, physicalId, type }];
  });
}

/** The body is a JSON text in the API. */
function policyIn(answer: unknown): StackFacts["policy"] {
  const body = ownValue(answer, "StackPolicyBody");
  const policy = typeof body === "string" ? parsed(Buffer.from(body)) : body;
  const statements = ownValue(policy, "Statement");
  return statements === undefined ? undefined : [statements].flat().filter(isObject);
}

/** All of them, or nothing: a list that is still being made, or goes on, may lack the one that refuses. */
function hooksIn(answer: unknown): PlannedHook[] | undefined {
  if (ownValue(answer, "Status") !== "PLANNED" || textIn(answer, "NextToken") !== undefined) return undefined;
  return listIn(answer, "Hooks").flatMap((hook) => {
    const type = textIn(hook, "TypeName");
    return type === undefined ? [] : [{ type, failureMode: textIn(hook, "FailureMode") }];
  });
}

function listIn(answer: unknown, name: string): readonly unknown[] {
  const list = ownValue(answer, name);
  return Array.isArray(list) ? list : [];
}

function textsIn(answer: unknown, name: string): string[] {
  return listIn(answer, name).filter((entry) => typeof entry === "string");
}

function textIn(value: unknown, name: string): string | undefined {
  const text = ownValue(value, name);
  return typeof text === "string" && text !== "" ? text : undefined;
}
