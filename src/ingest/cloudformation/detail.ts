/** One element of `Details`: what about a resource changes, and what caused it. */

import { isObject } from "../../model/values.ts";
import type { Spelling } from "./spelling.ts";

export interface Detail {
  /** `Properties`, `Metadata`, `Tags`, `DeletionPolicy`, ... */
  readonly attribute: string;
  /** Top-level property; absent for other attributes. */
  readonly name: string | undefined;
  /** `/Properties/A/0/B`; only with property values. */
  readonly path: string | undefined;
  readonly recreation: "Always" | "Conditionally" | "Never" | undefined;
  readonly evaluation: string | undefined;
  readonly source: string | undefined;
  /** Logical id, `Logical.Attribute`, parameter, or `Nested.Outputs.Name`. */
  readonly cause: string | undefined;
  readonly value: ValueChange;
}

/**
 * What property values say of a change. `later`: known after apply. `unseen`: described without values.
 * The values themselves are not kept.
 */
export type ValueChange = "differs" | "same" | "later" | "unseen";

/** CloudFormation's mark for a value that it will know while it updates. */
const KNOWN_AFTER_APPLY = "{{changeSet:KNOWN_AFTER_APPLY}}";

/** All details; what is no object is left out, and what it may have said is judged by `Replacement`. */
export function toDetails(value: unknown, spelling: Spelling): Detail[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map((detail) => toDetail(detail, spelling));
}

function toDetail(detail: Readonly<Record<string, unknown>>, spelling: Spelling): Detail {
  const read = spelling === "pascal" ? PASCAL : CAMEL;
  const given = detail[read.target];
  const target = isObject(given) ? given : {};
  const recreation = target[read.recreation];
  return {
    attribute: textOf(target[read.attribute]) ?? "",
    name: textOf(target[read.name]),
    path: textOf(target[read.path]),
    recreation: RECREATIONS.find((word) => word === recreation),
    evaluation: textOf(detail[read.evaluation]),
    source: textOf(detail[read.source]),
    cause: textOf(detail[read.cause]),
    value: valueChange(target[read.before], target[read.after]),
  };
}

const RECREATIONS = ["Always", "Conditionally", "Never"] as const;

const PASCAL = {
  target: "Target",
  attribute: "Attribute",
  name: "Name",
  path: "Path",
  recreation: "RequiresRecreation",
  before: "BeforeValue",
  after: "AfterValue",
  evaluation: "Evaluation",
  source: "ChangeSource",
  cause: "CausingEntity",
} as const;

const CAMEL = {
  target: "target",
  attribute: "attribute",
  name: "name",
  path: "path",
  recreation: "requiresRecreation",
  before: "beforeValue",
  after: "afterValue",
  evaluation: "evaluation",
  source: "changeSource",
  cause: "causingEntity",
} as const;

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A property that is added has no value before, one that is taken away none after. */
function valueChange(before: unknown, after: unknown): ValueChange {
  const [from, to] = [before ?? undefined, after ?? undefined];
  if (from === undefined && to === undefined) return "unseen";
  // A structure may hold the mark anywhere in its JSON text.
  if (typeof to === "string" && to.includes(KNOWN_AFTER_APPLY)) return "later";
  return from === to ? "same" : "differs";
}
