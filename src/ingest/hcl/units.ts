/** Source to units: what may change by itself, and what each refers to. */

import { NOT_IN_REPOSITORY, type SourceFolder, type SourceTree } from "../../model/source.ts";
import type { Unit, UnitModule, UnitTree } from "../../model/units.ts";
import type { Block, Body, Expression } from "./body.ts";
import { HclError } from "./error.ts";
import { isOverride } from "./module.ts";
import { referencesOf } from "./references.ts";
import { parseFile } from "./tree.ts";

/** A unit, and what it calls when it is a module call. */
interface ParsedUnit extends Unit {
  readonly call?: { readonly name: string; readonly source: string | undefined };
}

/** Types of blocks by how many labels name them. Others are known by their type alone. */
const NAMED: Readonly<Record<string, { readonly labels: number; readonly prefix: string }>> = {
  resource: { labels: 2, prefix: "" },
  data: { labels: 2, prefix: "data." },
  ephemeral: { labels: 2, prefix: "ephemeral." },
  action: { labels: 2, prefix: "action." },
  module: { labels: 1, prefix: "module." },
  variable: { labels: 1, prefix: "var." },
  output: { labels: 1, prefix: "output." },
  check: { labels: 1, prefix: "check." },
};

/** `undefined` when it is not to be understood. */
export function unitsOf(name: string, bytes: Uint8Array): readonly ParsedUnit[] | undefined {
  try {
    const found = parseFile(name, bytes).blocks.flatMap((block) => unitsIn(name, block));
    return withLines(found, Buffer.from(bytes).toString("utf8").split("\n"));
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    return undefined;
  }
}

type Bare = Omit<ParsedUnit, "lines">;

function unitsIn(file: string, block: Block): Bare[] {
  const { type, labels, line, body } = block;
  const override = isOverride({ name: file });
  if (type === "locals") {
    return [...body.attributes].map(([name, expression]) => ({
      key: `local.${name}`,
      location: { file, line: expression.line },
      text: textOf(expression),
      references: plain(referencesOf(expression)),
      isOverride: override,
    }));
  }
  const named = Object.hasOwn(NAMED, type) ? NAMED[type] : undefined;
  const [call = ""] = labels;
  const unit = {
    key: named === undefined ? type : `${named.prefix}${labels.slice(0, named.labels).join(".")}`,
    location: { file, line },
    text: `${labels.join(" ")} ${textOfBody(body)}`,
    references: plain(referencesIn(body)),
    isOverride: override,
  };
  if (type !== "module") return [unit];
  return [{ ...unit, call: { name: call, source: body.attributes.get("source")?.constant } }];
}

function plain(references: readonly string[]): string[] {
  return [...new Set(references.filter((reference) => reference !== ""))];
}

function referencesIn({ attributes, blocks }: Body): string[] {
  return [...referencesOf(...attributes.values()), ...blocks.flatMap(({ body }) => referencesIn(body))];
}

/** The order of arguments says nothing, that of blocks may. */
function textOfBody({ attributes, blocks }: Body): string {
  const own = [...attributes].map(([name, expression]) => `${name} = ${textOf(expression)}`).sort();
  const inner = blocks.map(({ type, labels, body }) => `${type} ${labels.join(" ")} { ${textOfBody(body)} }`);
  return [...own, ...inner].join("\n");
}

function textOf({ parts }: Expression): string {
  const words = parts.map((tokens) =>
    tokens.filter(({ kind }) => kind !== "newline").map(({ kind, text }) => `${kind} ${text}`),
  );
  return JSON.stringify(words);
}

/** Each up to where the next one begins. */
function withLines(units: readonly Bare[], lines: readonly string[]): ParsedUnit[] {
  const starts = [...new Set(units.map(({ location }) => location.line))].sort((left, right) => left - right);
  return units.map((unit) => {
    const { line } = unit.location;
    const next = starts[starts.indexOf(line) + 1] ?? lines.length + 1;
    return { ...unit, lines: tellingLines(lines.slice(line - 1, next - 1)) };
  });
}

/** Without space, and without those that stand in any file. */
export function tellingLines(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/\s+/g, "")).filter((line) => line.length > 5 && /\w{3}/.test(line));
}

const DEEPEST_MODULE = 32;
const MOST_MODULES = 5_000;

/** All modules from the root down; the folder's `id` is its path in the repository. */
export function readUnits(tree: SourceTree): UnitTree {
  const modules = new Map<string, UnitModule>();
  let problem: string | undefined;
  const visit = (folder: SourceFolder, names: readonly string[]): void => {
    const { units, broken } = unitsInFolder(folder);
    const remote = new Set<string>();
    const texts = folder.files.map(({ bytes }) => textIn(bytes));
    modules.set(names.map((name) => `module.${name}`).join("."), { folder: folder.id, units, remote, texts });
    problem ??= folder.problems[0] ?? broken;
    for (const { call } of units) {
      if (call === undefined) continue;
      const inner = [...names, call.name];
      const called =
        modules.size > MOST_MODULES ? "there are too many modules" : calledBy(tree, folder, inner, call.source);
      if (typeof called !== "string") visit(called, inner);
      else if (called === NOT_IN_REPOSITORY) remote.add(call.name);
      else problem ??= `module.${inner.join(".module.")}: ${called}`;
    }
  };
  visit(tree.root(), []);
  return { modules, ...(problem !== undefined && { problem }) };
}

function calledBy(
  tree: SourceTree,
  folder: SourceFolder,
  names: readonly string[],
  source: string | undefined,
): SourceFolder | string {
  if (source === undefined) return "it does not say in so many words where it comes from";
  return names.length > DEEPEST_MODULE ? "modules are nested too deep" : tree.called(folder, names, source);
}

function unitsInFolder({ files }: SourceFolder): { readonly units: readonly ParsedUnit[]; readonly broken?: string } {
  const parsed = files.map(({ name, bytes }) => ({ name, units: unitsOf(name, bytes) }));
  const broken = parsed.find(({ units }) => units === undefined);
  return {
    units: parsed.flatMap(({ units }) => units ?? []),
    ...(broken !== undefined && { broken: `${broken.name} cannot be read` }),
  };
}

function textIn(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
