/** One element of `Changes`: the fields that decide, in either spelling. Fields: the service model of DescribeChangeSet. */

import { isObject, ownValue } from "../../model/values.ts";
import { compileFields, type FieldSpec, newSlots, readFields } from "../json/fields.ts";
import { IncompleteJson } from "../json/scan.ts";
import { memoize } from "../memoize.ts";
import { type Detail, toDetails } from "./detail.ts";
import { type Spelling, spelled } from "./spelling.ts";

/** A `ResourceChange` as AWS wrote it. Words are kept as they are: what is not known here must not get lost. */
export interface Row {
  readonly logicalId: string;
  /** Absent for what does not exist yet. */
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly action: string;
  readonly policyAction: string | undefined;
  readonly replacement: string | undefined;
  readonly scope: readonly string[];
  readonly details: readonly Detail[];
  /** The child change set; for nested stacks only. */
  readonly changeSetId: string | undefined;
  readonly driftStatus: string | undefined;
  /** Logical ids of the modules around it, outermost first, joined by `/`. */
  readonly modulePath: string | undefined;
  /** `aws:cdk:path` of the resource's metadata. */
  readonly constructPath: string | undefined;
  /** Whether it was described with property values. */
  readonly hasValues: boolean;
  readonly before: () => Context;
  readonly after: () => Context;
  /** Whether a text of letters and digits stands anywhere in the contexts as a value, or as the beginning of one. */
  readonly mentions: (text: string) => boolean;
  /** Whether a text stands anywhere in the contexts. */
  readonly hasWord: (text: string) => boolean;
}

/** `BeforeContext` or `AfterContext`: the resource as the template has it, resolved. Empty when there is none. */
export type Context = Readonly<Record<string, unknown>>;

const CHANGE_NAMES = [
  "Action",
  "PolicyAction",
  "Replacement",
  "LogicalResourceId",
  "PhysicalResourceId",
  "ResourceType",
  "Scope",
  "Details",
  "ChangeSetId",
  "ResourceDriftStatus",
  "ModuleInfo",
  "BeforeContext",
  "AfterContext",
] as const;
type Name = "Type" | "ResourceChange" | "LogicalIdHierarchy" | (typeof CHANGE_NAMES)[number];

/** Checks elements of one spelling for fields that are given twice: which one would count is anybody's guess. */
export class RowScanner {
  private readonly bytes: Buffer;
  private readonly fields: ReturnType<typeof compileFields>;
  private readonly slots: ReturnType<typeof newSlots>;

  constructor(bytes: Buffer, spelling: Spelling) {
    const inner: Record<string, true> = {};
    for (const name of CHANGE_NAMES) inner[spelled(name, spelling)] = true;
    const spec: FieldSpec = { [spelled("Type", spelling)]: true, [spelled("ResourceChange", spelling)]: inner };
    this.bytes = bytes;
    this.fields = compileFields(spec);
    this.slots = newSlots(this.fields);
  }

  /** The offset behind the element at `from`. @throws MalformedJson */
  endOf(from: number): number {
    return readFields(this.bytes, from, this.fields, this.slots);
  }
}

/** The row in a parsed element; `at` is where it stands. @throws IncompleteJson when it is no resource change */
export function toRow(element: unknown, spelling: Spelling, at: number): Row {
  const type = ownValue(element, spelled("Type", spelling));
  // Documented as always "Resource"; what another type of change does nobody knows yet.
  if (type !== undefined && type !== "Resource")
    throw new IncompleteJson(at, "is a change of another type than Resource");
  const change = ownValue(element, spelled("ResourceChange", spelling));
  if (!isObject(change)) throw new IncompleteJson(at, `has no "${spelled("ResourceChange", spelling)}"`);
  const value = (name: Name): unknown => ownValue(change, spelled(name, spelling));
  const text = (name: Name): string | undefined => textOf(value(name));
  const needed = (name: Name): string => {
    const found = text(name);
    if (found === undefined) throw new IncompleteJson(at, `has no "${spelled(name, spelling)}"`);
    return found;
  };
  const [before, after] = [value("BeforeContext") ?? undefined, value("AfterContext") ?? undefined];
  return {
    logicalId: needed("LogicalResourceId"),
    physicalId: text("PhysicalResourceId"),
    type: needed("ResourceType"),
    action: needed("Action"),
    policyAction: text("PolicyAction"),
    replacement: text("Replacement"),
    scope: stringsIn(value("Scope")),
    details: toDetails(value("Details"), spelling),
    changeSetId: text("ChangeSetId"),
    driftStatus: text("ResourceDriftStatus"),
    modulePath: modulePathIn(value("ModuleInfo"), spelling),
    constructPath: constructPathIn(after) ?? constructPathIn(before),
    hasValues: before !== undefined || after !== undefined,
    before: memoize(() => toContext(before)),
    after: memoize(() => toContext(after)),
    hasWord: (word) => textIn(before).includes(word) || textIn(after).includes(word),
    mentions: (word) => mentions(before, word) || mentions(after, word),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A JSON text in the API, an object in some recordings. What is neither, or broken, is no context. */
function toContext(value: unknown): Context {
  if (isObject(value)) return value;
  if (typeof value !== "string") return {};
  try {
    const parsed: unknown = JSON.parse(value);
    return isObject(parsed) ? parsed : {};
  } catch {
    // Its values are for display and tags only; policies that are missing here count as the worst.
    return {};
  }
}

const PATH_KEY = '"aws:cdk:path"';
/** A value without escapes. */
const PATH_VALUE = /^\s*:\s*"([^"\\]+)"/;
const LONGEST_PATH = 1000;

/** Found without parsing: every resource of a CDK stack has one, and for its name alone that would cost too much. */
function constructPathIn(context: unknown): string | undefined {
  if (isObject(context)) return textOf(ownValue(context["Metadata"], "aws:cdk:path"));
  if (typeof context !== "string") return undefined;
  const place = context.indexOf(PATH_KEY);
  const from = place + PATH_KEY.length;
  return place < 0 ? undefined : PATH_VALUE.exec(context.slice(from, from + LONGEST_PATH))?.[1];
}

function mentions(context: unknown, word: string): boolean {
  const text = textIn(context);
  return text.includes(`:"${word}`) || text.includes(`: "${word}`);
}

function textIn(context: unknown): string {
  return typeof context === "string" ? context : JSON.stringify(context ?? null);
}

function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

/** The API lists the innermost module first. */
function modulePathIn(value: unknown, spelling: Spelling): string | undefined {
  const hierarchy = ownValue(value, spelled("LogicalIdHierarchy", spelling));
  return textOf(hierarchy)?.split("/").reverse().join("/");
}
