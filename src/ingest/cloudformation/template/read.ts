/** The text of a template, JSON or YAML, to one plain value: short tags are written out, and lines are kept. */

import { isObject, ownValue } from "../../../model/values.ts";
import { loadYaml, type Node, type Pair, type Yaml } from "../../../yaml/index.ts";
import { linesOfJson } from "./json-lines.ts";

/** A file beside the change set: a template, or something else. Paths have slashes. */
export interface TemplateFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface TemplateText {
  readonly path: string;
  /** The whole template, with functions in their long form (`{"Ref": "X"}`). */
  readonly value: Readonly<Record<string, unknown>>;
  /** Logical id to the line that it stands on; empty for what is in no file, and for JSON on a single line. */
  readonly lines: ReadonlyMap<string, number>;
}

/** `undefined` when the file is no template, or cannot be read as one. */
export async function readTemplate(file: TemplateFile): Promise<TemplateText | undefined> {
  const { path } = file;
  const text = textOf(file);
  if (text === undefined || isOriginalAnswer(path)) return undefined;
  return isTemplateAnswer(path) ? readAnswer(path, text) : readText(path, text);
}

/** The text of a file that may be a template: nearly every other file of a folder is told apart without being parsed. */
function textOf({ bytes }: TemplateFile): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("utf8")
    .replace(/^\ufeff/, "");
  return text.includes("Resources") ? text : undefined;
}

/** `get-template.json`, as `aws cloudformation get-template` saves it; words between the dots are the user's. */
export function isTemplateAnswer(path: string): boolean {
  return /(^|\/)get-template(\.[^/]+)?\.json$/.test(path);
}

/** The same for `--template-stage Original`: the text that was submitted, read for its lines alone. */
export function isOriginalAnswer(path: string): boolean {
  return /(^|\/)get-template(\.change-set)?\.original\.json$/.test(path);
}

/** The lines of resources in the text that was submitted; `undefined` when it says none. */
export async function readOriginalLines(file: TemplateFile): Promise<TemplateText["lines"] | undefined> {
  const body = ownValue(parsed(textOf(file) ?? ""), "TemplateBody");
  const lines = typeof body === "string" ? (await readText(file.path, body))?.lines : undefined;
  return lines?.size ? lines : undefined;
}

/** The template that a change set brings, as against the one that is deployed. */
export function isTemplateAfter(path: string): boolean {
  return /(^|\/)get-template\.change-set(\.original)?\.json$/.test(path);
}

/** The template is a text in the API; the AWS CLI writes JSON out. Its lines are in no file that anybody has. */
async function readAnswer(path: string, text: string): Promise<TemplateText | undefined> {
  const body = ownValue(parsed(text), "TemplateBody");
  if (typeof body !== "string") return isTemplate(body) ? { path, value: body, lines: new Map() } : undefined;
  const read = await readText(path, body);
  return read && { ...read, lines: new Map() };
}

async function readText(path: string, text: string): Promise<TemplateText | undefined> {
  if (/^\s*\{/.test(text)) {
    const value = parsed(text);
    return isTemplate(value) ? { path, value, lines: linesOfJson(text) } : undefined;
  }
  return readYaml(path, text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not this template then; when none is found, the report says so.
    return undefined;
  }
}

function isTemplate(value: unknown): value is Record<string, unknown> {
  return isObject(value) && isObject(value["Resources"]);
}

async function readYaml(path: string, text: string): Promise<TemplateText | undefined> {
  const yaml = await loadYaml();
  const counter = new yaml.LineCounter();
  // CloudFormation reads YAML 1.1. Tags that the library does not know are left on their nodes, and written out below.
  const options = { lineCounter: counter, version: "1.1", logLevel: "silent", uniqueKeys: true } as const;
  const document = yaml.parseDocument(text, options);
  if (document.errors.length > 0) return undefined;
  const lines = new Map<string, number>();
  const reader = new NodeReader(yaml);
  const value = reader.value(document.contents);
  if (reader.isTooLarge || !isTemplate(value)) return undefined;
  const resources = yaml.isMap(document.contents) ? document.contents.get("Resources", true) : undefined;
  for (const { key } of yaml.isMap(resources) ? (resources.items as Pair<Node>[]) : []) {
    if (yaml.isScalar(key)) lines.set(String(key.value), counter.linePos(key.range?.[0] ?? 0).line);
  }
  return { path, value, lines };
}

/** So many nodes: aliases can multiply a small text beyond measure. */
const MOST_NODES = 1_000_000;

class NodeReader {
  private readonly yaml: Yaml;
  private readonly anchors = new Map<string, { readonly value: unknown; readonly nodes: number }>();
  /** Nodes read so far, those behind an alias each time that it stands somewhere. */
  private nodes = 0;

  constructor(yaml: Yaml) {
    this.yaml = yaml;
  }

  get isTooLarge(): boolean {
    return this.nodes > MOST_NODES;
  }

  value(node: unknown): unknown {
    const { isAlias, isMap, isScalar, isSeq } = this.yaml;
    const before = this.nodes++;
    if (this.isTooLarge) return undefined;
    if (isAlias(node)) {
      const anchored = this.anchors.get(node.source);
      this.nodes += anchored?.nodes ?? 0;
      return anchored?.value;
    }
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return undefined;
    const plain = isMap(node)
      ? this.object(node.items)
      : isSeq(node)
        ? node.items.map((item) => this.value(item))
        : node.value;
    const written = writtenOut(node.tag, plain);
    if (node.anchor !== undefined) this.anchors.set(node.anchor, { value: written, nodes: this.nodes - before });
    return written;
  }

  private object(items: readonly Pair<unknown, unknown>[]): Record<string, unknown> {
    // No prototype: keys come from the file.
    const result: Record<string, unknown> = Object.create(null);
    for (const { key, value } of items) {
      const name = this.value(key);
      const content = this.value(value);
      if (name === "<<" && isObject(content)) Object.assign(result, content);
      else result[String(name)] = content;
    }
    return result;
  }
}

/** `!Sub x` means `Fn::Sub: x`; `Ref` and `Condition` have no prefix. */
function writtenOut(tag: string | undefined, value: unknown): unknown {
  const name = /^!([A-Za-z][\w:]*)$/.exec(tag ?? "")?.[1];
  if (name === undefined) return value;
  return { [name === "Ref" || name === "Condition" ? name : `Fn::${name}`]: value };
}
