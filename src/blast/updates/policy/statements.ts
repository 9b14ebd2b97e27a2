/** Access policies as statements: AWS policy documents and Google's bindings, as JSON in a text or as it is. */

import { isObject, ownValue } from "../../../model/values.ts";
import { canonical } from "../values.ts";

export interface Statement {
  readonly sid: string | undefined;
  readonly allows: boolean;
  /** Lower case. */
  readonly actions: Terms;
  readonly resources: Terms;
  /** `*` is everybody; else `kind:name`. */
  readonly principals: Terms;
  readonly conditions: readonly Condition[];
  /** Equal for statements that say the same, whatever their Sid. */
  readonly content: string;
}

/** `inverted`: everything but these (`NotAction`). Absent terms (an identity policy's principals) are an empty list. */
export interface Terms {
  readonly list: readonly string[];
  readonly inverted: boolean;
}

export interface Condition {
  /** Lower case. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** The statements of a policy; `undefined` for what is no policy. An empty text or object is a policy without statements. */
export function statementsOf(policy: unknown): readonly Statement[] | undefined {
  const document = parsed(policy);
  if (document === undefined || document === null || document === "") return [];
  if (!isObject(document)) return undefined;
  const statements = ownValue(document, "Statement") ?? ownValue(document, "statement");
  if (statements !== undefined) return listOf(statements).filter(isObject).map(toStatement);
  const bindings = ownValue(document, "bindings");
  if (bindings !== undefined) return listOf(bindings).filter(isObject).map(bindingToStatement);
  return Object.keys(document).length === 0 ? [] : undefined;
}

function parsed(policy: unknown): unknown {
  if (typeof policy !== "string" || policy === "") return policy;
  try {
    return JSON.parse(policy);
  } catch {
    // No JSON is no policy, and its text must not get into an error.
    return false;
  }
}

function toStatement(raw: Record<string, unknown>): Statement {
  // Whatever the letter case of their names.
  const names = new Map(Object.keys(raw).map((name) => [name.toLowerCase(), name]));
  const field = (name: string): unknown => ownValue(raw, names.get(name.toLowerCase()) ?? name);
  const sid = field("Sid");
  return complete({
    sid: typeof sid === "string" && sid !== "" ? sid : undefined,
    allows: field("Effect") !== "Deny",
    actions: terms(field("Action"), field("NotAction"), (text) => [text.toLowerCase()]),
    resources: terms(field("Resource"), field("NotResource"), (text) => [text]),
    principals: principals(field("Principal"), field("NotPrincipal")),
    conditions: conditionsOf(field("Condition")),
  });
}

/** `{role, members, condition}`: a role is what may be done, to whatever the policy belongs to. */
function bindingToStatement(raw: Record<string, unknown>): Statement {
  const members = texts(ownValue(raw, "members")).map((name) => (EVERYBODY_AT_GOOGLE.has(name) ? "*" : name));
  const condition = ownValue(raw, "condition");
  return complete({
    sid: undefined,
    allows: true,
    actions: { list: texts(ownValue(raw, "role")), inverted: false },
    resources: { list: [], inverted: false },
    principals: { list: members, inverted: false },
    conditions: isObject(condition) ? [{ operator: "cel", key: "condition", values: [canonical(condition)] }] : [],
  });
}

const EVERYBODY_AT_GOOGLE: ReadonlySet<string> = new Set(["allUsers", "allAuthenticatedUsers"]);

function complete(statement: Omit<Statement, "content">): Statement {
  const { sid: _, ...rest } = statement;
  return { ...statement, content: canonical({ ...rest, allows: statement.allows ? "allow" : "deny" }) };
}

function terms(plain: unknown, inverted: unknown, each: (text: string) => string[]): Terms {
  const isInverted = inverted !== undefined && plain === undefined;
  return { list: texts(isInverted ? inverted : plain).flatMap(each), inverted: isInverted };
}

/** `"*"`, `{"AWS": "*"}`, `{"Service": [..]}`; an account's number and its root are the same principal. */
function principals(plain: unknown, inverted: unknown): Terms {
  const isInverted = inverted !== undefined && plain === undefined;
  const value = isInverted ? inverted : plain;
  const list = isObject(value)
    ? Object.keys(value).flatMap((kind) => texts(value[kind]).map((name) => principal(kind, name)))
    : texts(value);
  return { list, inverted: isInverted };
}

function principal(kind: string, name: string): string {
  // Any account is everybody.
  if (name === "*" || /^arn:[^:]*:(iam|sts)::\*:/.test(name)) return "*";
  return `${kind}:${name.replace(/^arn:[\w-]+:iam::(\d{12}):root$/, "$1")}`;
}

function conditionsOf(value: unknown): Condition[] {
  if (!isObject(value)) return [];
  return Object.keys(value).flatMap((operator) => {
    const keys = value[operator];
    if (!isObject(keys)) return [];
    return Object.keys(keys).map((key) => ({
      operator: operator.toLowerCase(),
      key: key.toLowerCase(),
      values: texts(keys[key]),
    }));
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function texts(value: unknown): string[] {
  return listOf(value)
    .filter((item) => ["string", "number", "boolean"].includes(typeof item))
    .map(String);
}
