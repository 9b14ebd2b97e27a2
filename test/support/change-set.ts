/** Builds change sets as DescribeChangeSet answers them; a test says only what it is about. Synthetic: no AWS made these. */

import type { Json } from "./plan.ts";

const ACCOUNT = "arn:aws:cloudformation:eu-west-1:123456789012";

export function changeSetArn(name: string): string {
  return `${ACCOUNT}:changeSet/${name}/00000000-0000-4000-8000-000000000000`;
}

export function stackArn(name: string): string {
  return `${ACCOUNT}:stack/${name}/00000000-0000-4000-8000-000000000000`;
}

/** A description with these changes; `head` adds to it or takes away (`undefined`). */
export function changeSet(changes: readonly Json[], head: Json = {}): Json {
  return {
    Changes: changes,
    ChangeSetName: "update",
    ChangeSetId: changeSetArn("update"),
    StackId: stackArn("shop"),
    StackName: "shop",
    ExecutionStatus: "AVAILABLE",
    Status: "CREATE_COMPLETE",
    Parameters: null,
    Tags: [],
    Capabilities: [],
    IncludeNestedStacks: true,
    ...head,
  };
}

/** The head of the change set of a nested stack. */
export function nestedHead(name: string, parent = "update"): Json {
  return {
    ChangeSetName: name,
    ChangeSetId: changeSetArn(name),
    StackId: stackArn(name),
    StackName: name,
    ExecutionStatus: "UNAVAILABLE",
    StatusReason: "Only executable from the root change set.",
    ParentChangeSetId: changeSetArn(parent),
    RootChangeSetId: changeSetArn("update"),
  };
}

function row(action: string, id: string, type: string, more: Json): Json {
  const known = action !== "Add" && { PhysicalResourceId: `shop-${id}` };
  return {
    Type: "Resource",
    ResourceChange: {
      Action: action,
      LogicalResourceId: id,
      ...known,
      ResourceType: type,
      Scope: [],
      Details: [],
      ...more,
    },
  };
}

export function added(id: string, type: string, more: Json = {}): Json {
  return row("Add", id, type, more);
}

export function removed(id: string, type: string, more: Json = {}): Json {
  return row("Remove", id, type, { PolicyAction: "Delete", ...more });
}

export function modified(id: string, type: string, more: Json = {}): Json {
  return row("Modify", id, type, { Replacement: "False", Scope: ["Properties"], ...more });
}

/** Another word for what happens. */
export function changed(action: string, id: string, type: string, more: Json = {}): Json {
  return row(action, id, type, more);
}

export function replaced(id: string, type: string, details: readonly Json[], more: Json = {}): Json {
  return modified(id, type, { Replacement: "True", PolicyAction: "ReplaceAndDelete", Details: details, ...more });
}

const LATER = "{{changeSet:KNOWN_AFTER_APPLY}}";

export interface DetailTraits {
  readonly recreation?: "Always" | "Conditionally" | "Never";
  /** `later`: known after apply. Without it the detail has no values, as in a plain description. */
  readonly value?: "differs" | "same" | "later";
  readonly path?: string;
}

/** A property that somebody edited. */
export function edited(name: string, traits: DetailTraits = {}): Json {
  return detail(name, "DirectModification", "Static", undefined, traits);
}

/** A property that follows from a cause: the two details that AWS gives for it. */
export function follows(name: string, cause: string, traits: DetailTraits = {}): Json[] {
  return pair(name, cause, cause.includes(".") ? "ResourceAttribute" : "ResourceReference", traits);
}

/** The same for a parameter. */
export function fromParameter(name: string, parameter: string, traits: DetailTraits = {}): Json[] {
  return pair(name, parameter, "ParameterReference", traits);
}

function pair(name: string, cause: string, source: string, traits: DetailTraits): Json[] {
  return [
    detail(name, "DirectModification", "Dynamic", undefined, traits),
    detail(name, source, "Static", cause, traits),
  ];
}

function detail(
  name: string,
  source: string,
  evaluation: string,
  cause: string | undefined,
  { recreation = "Always", value, path = `/Properties/${name}` }: DetailTraits,
): Json {
  const after = value === "later" ? LATER : value === "same" ? "old" : "new";
  const values = value !== undefined && {
    Path: path,
    BeforeValue: "old",
    AfterValue: after,
    AttributeChangeType: "Modify",
  };
  return {
    Target: { Attribute: "Properties", Name: name, RequiresRecreation: recreation, ...values },
    Evaluation: evaluation,
    ChangeSource: source,
    ...(cause !== undefined && { CausingEntity: cause }),
  };
}

/** Contexts as the API gives them: texts. */
export function contexts(before: Json, after?: Json): Json {
  return {
    BeforeContext: JSON.stringify(before),
    ...(after !== undefined && { AfterContext: JSON.stringify(after) }),
  };
}
