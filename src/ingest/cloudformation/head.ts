/** What a description says about the change set as a whole. Fields: the service model of DescribeChangeSet. */

import { isObject } from "../../model/values.ts";
import type { Span } from "../json/fields.ts";
import { valueAt } from "../json/values.ts";

export interface Head {
  /** ARN. */
  readonly changeSetId: string | undefined;
  readonly changeSetName: string | undefined;
  /** ARN; names region and account. */
  readonly stackId: string | undefined;
  readonly stackName: string | undefined;
  readonly status: string | undefined;
  readonly statusReason: string | undefined;
  readonly executionStatus: string | undefined;
  /** There are more pages. */
  readonly hasNextToken: boolean;
  readonly includeNestedStacks: boolean | undefined;
  readonly parentChangeSetId: string | undefined;
  readonly rootChangeSetId: string | undefined;
  /** Values of the template's parameters, resolved ones where CloudFormation resolved them. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The stack's tags after execution. */
  readonly tags: ReadonlyMap<string, string>;
  /** `REVERT_DRIFT` compares with what is really there. */
  readonly deploymentMode: string | undefined;
}

/** Top-level members of a JSON document by name. */
export type Sections = ReadonlyMap<string, Span>;

export function readHead(bytes: Buffer, sections: Sections): Head {
  const value = (name: string): unknown => {
    const span = sections.get(name);
    return span && valueAt(bytes, span.start, span.end);
  };
  const text = (name: string): string | undefined => textOf(value(name));
  const nested = value("IncludeNestedStacks");
  return {
    changeSetId: text("ChangeSetId"),
    changeSetName: text("ChangeSetName"),
    stackId: text("StackId"),
    stackName: text("StackName"),
    status: text("Status"),
    statusReason: text("StatusReason"),
    executionStatus: text("ExecutionStatus"),
    hasNextToken: (value("NextToken") ?? null) !== null,
    includeNestedStacks: typeof nested === "boolean" ? nested : undefined,
    parentChangeSetId: text("ParentChangeSetId"),
    rootChangeSetId: text("RootChangeSetId"),
    parameters: new Map([
      ...pairs(value("Parameters"), "ParameterKey", "ParameterValue"),
      ...pairs(value("Parameters"), "ParameterKey", "ResolvedValue"),
    ]),
    tags: new Map(pairs(value("Tags"), "Key", "Value")),
    deploymentMode: text("DeploymentMode"),
  };
}

/** The head of rows that came without one. */
export const NO_HEAD: Head = readHead(Buffer.alloc(0), new Map());

/** The name that a change set is known by, for messages. */
export function nameOf({ changeSetName, stackName }: Head): string {
  if (stackName === undefined) return changeSetName ?? "the change set";
  return changeSetName === undefined ? `the change set of ${stackName}` : `${changeSetName} of ${stackName}`;
}

/** Whether it says that it is part of another change set, which alone can be executed. */
export function isNested({ parentChangeSetId, rootChangeSetId, changeSetId, statusReason }: Head): boolean {
  if (parentChangeSetId !== undefined) return true;
  if (rootChangeSetId !== undefined && rootChangeSetId !== changeSetId) return true;
  return statusReason?.startsWith("Only executable from the root change set") === true;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** `[{Key, Value}]` as the API writes maps. */
export function pairs(value: unknown, key: string, member: string): [string, string][] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).flatMap((entry): [string, string][] => {
    const [name, content] = [entry[key], entry[member]];
    return typeof name === "string" && typeof content === "string" ? [[name, content]] : [];
  });
}
