/**
 * The JSON syntax of Terraform (`.tf.json`) to the same blocks and arguments as the native one.
 * Spec: https://developer.hashicorp.com/terraform/language/syntax/json
 */

import { walkArray, walkObject } from "../json/fields.ts";
import { endOfValue, MalformedJson, OPEN_BRACE, OPEN_BRACKET, skipSpace, TruncatedJson } from "../json/scan.ts";
import { stringAt, valueAt } from "../json/values.ts";
import type { Block, Body, Expression } from "./body.ts";
import { HclError } from "./error.ts";
import { tokenize } from "./tokens.ts";

/** Blocks by type: how many labels they have, and which blocks are in them. All other keys are arguments. */
interface Schema {
  readonly [type: string]: { readonly labels: number; readonly inner?: Schema };
}

const CONDITIONS: Schema = { precondition: { labels: 0 }, postcondition: { labels: 0 } };
const PROVISIONER: Schema = { connection: { labels: 0 } };
const RESOURCE: Schema = {
  lifecycle: { labels: 0, inner: CONDITIONS },
  dynamic: { labels: 1 },
  connection: { labels: 0 },
  provisioner: { labels: 1, inner: PROVISIONER },
};
const FILE: Schema = {
  resource: { labels: 2, inner: RESOURCE },
  data: { labels: 2, inner: RESOURCE },
  ephemeral: { labels: 2, inner: RESOURCE },
  action: { labels: 2 },
  module: { labels: 1 },
  provider: { labels: 1 },
  variable: { labels: 1 },
  output: { labels: 1, inner: CONDITIONS },
  locals: { labels: 0 },
  check: { labels: 1, inner: { data: { labels: 2, inner: RESOURCE } } },
  moved: { labels: 0 },
  removed: { labels: 0, inner: { lifecycle: { labels: 0 } } },
  import: { labels: 0 },
  terraform: { labels: 0, inner: { backend: { labels: 1 }, cloud: { labels: 0 }, required_providers: { labels: 0 } } },
};

/** Arguments whose texts are references themselves, not templates. */
const BARE = /^(depends_on|replace_triggered_by|ignore_changes|from|to|when|on_failure|provider|providers)$/;

interface Context {
  readonly bytes: Buffer;
  readonly lineAt: (offset: number) => number;
}

/** @throws HclError */
export function parseJsonBody(bytes: Buffer): Body {
  const context: Context = { bytes, lineAt: lineCounter(bytes) };
  try {
    const start = skipSpace(bytes, 0);
    const end = skipSpace(bytes, endOfValue(bytes, start));
    if (end < bytes.length) throw new MalformedJson(end, "something stands behind the JSON");
    const body = { attributes: new Map<string, Expression>(), blocks: [] as Block[] };
    readBody(context, start, FILE, body);
    return body;
  } catch (error) {
    if (!(error instanceof TruncatedJson || error instanceof MalformedJson)) throw error;
    throw new HclError(context.lineAt(error.offset), "this is not the JSON of a configuration");
  }
}

/** Bodies of one block may stand in a list; what they hold is taken together. */
function readBody(
  context: Context,
  start: number,
  schema: Schema,
  into: { readonly attributes: Map<string, Expression>; readonly blocks: Block[] },
): number {
  const { bytes, lineAt } = context;
  if (bytes[start] === OPEN_BRACKET) return walkArray(bytes, start, (at) => readBody(context, at, schema, into));
  return walkObject(bytes, start, (keyStart, keyEnd, at) => {
    const name = stringAt(bytes, keyStart - 1, keyEnd + 1);
    const block = Object.hasOwn(schema, name) ? schema[name] : undefined;
    if (block) {
      const header = { type: name, labels: [], missing: block.labels, inner: block.inner ?? {} };
      return readBlocks(context, at, lineAt(keyStart), header, into.blocks);
    }
    // A key of this name is a comment.
    if (name !== "//") into.attributes.set(name, toExpression(context, keyStart, at, BARE.test(name)));
    return endOfValue(bytes, at);
  });
}

interface Header {
  readonly type: string;
  readonly labels: readonly string[];
  readonly missing: number;
  readonly inner: Schema;
}

/** Goes down one object for each label; at each level there may be a list instead. */
function readBlocks(context: Context, start: number, line: number, header: Header, into: Block[]): number {
  const { bytes, lineAt } = context;
  if (bytes[start] === OPEN_BRACKET) {
    return walkArray(bytes, start, (at) => readBlocks(context, at, lineAt(at), header, into));
  }
  if (bytes[start] !== OPEN_BRACE && header.missing === 0) return endOfValue(bytes, start);
  if (header.missing === 0) {
    const body = { attributes: new Map<string, Expression>(), blocks: [] as Block[] };
    const end = readBody(context, start, header.inner, body);
    into.push({ type: header.type, labels: header.labels, line, body });
    return end;
  }
  return walkObject(bytes, start, (keyStart, keyEnd, at) => {
    const label = stringAt(bytes, keyStart - 1, keyEnd + 1);
    if (label === "//") return endOfValue(bytes, at);
    const inner = { ...header, labels: [...header.labels, label], missing: header.missing - 1 };
    return readBlocks(context, at, lineAt(keyStart), inner, into);
  });
}

function toExpression({ bytes, lineAt }: Context, keyStart: number, at: number, bare: boolean): Expression {
  const value = valueAt(bytes, at, endOfValue(bytes, at));
  const line = lineAt(keyStart);
  const parts = textsIn(value).map((text) =>
    tokenize(text, bare && !text.startsWith("${") ? "code" : "template", line),
  );
  const isTemplate = parts.some((tokens) => tokens.some(({ kind }) => kind.startsWith("open-")));
  const isConstant = ["string", "number", "boolean"].includes(typeof value) && (bare || !isTemplate);
  return { line, parts, constant: isConstant ? String(value) : undefined };
}

/** All texts in a value, keys of objects too, in order. */
function textsIn(value: unknown): string[] {
  const found: string[] = [];
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === "string") found.push(next);
    else if (typeof next === "object" && next !== null) {
      const inner: readonly unknown[] = Array.isArray(next) ? next : Object.entries(next).flat();
      for (let at = inner.length - 1; at >= 0; at--) open.push(inner[at]);
    }
  }
  return found;
}

/** Lines of offsets that mostly grow. */
function lineCounter(bytes: Buffer): (offset: number) => number {
  let [at, line] = [0, 1];
  return (offset) => {
    if (offset < at) [at, line] = [0, 1];
    for (const end = Math.min(offset, bytes.length); at < end; at++) if (bytes[at] === 10) line++;
    return line;
  };
}
