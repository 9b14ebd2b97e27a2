/** A root module and all that it calls, file by file. What cannot be read is said in a sentence, and the rest is taken. */

import type { SourceCall, SourceFolder, SourceModule, SourceTree } from "../../model/source.ts";
import { type Body, parseBody } from "./body.ts";
import { HclError } from "./error.ts";
import { parseJsonBody } from "./json-syntax.ts";
import { type ParsedFile, toModule, type WrittenModule } from "./module.ts";

export interface ReadTree {
  readonly root: SourceModule;
  /** Sentences. */
  readonly problems: readonly string[];
  /** Paths of modules of which a file could not be read: what they lack says nothing. */
  readonly partial: ReadonlySet<string>;
}

/** More than anybody has; a folder that calls itself would go on for ever. */
const DEEPEST_MODULE = 32;
const MOST_MODULES = 5_000;

export function readTree(tree: SourceTree): ReadTree {
  const problems = new Set<string>();
  const partial = new Set<string>();
  const known = new Map<string, WrittenFolder>();
  let modules = 0;
  const visit = (folder: SourceFolder, names: readonly string[]): SourceModule => {
    const path = names.map((name) => `module.${name}`).join(".");
    // One folder may be called many times.
    const read = known.get(folder.id) ?? readFolder(folder);
    known.set(folder.id, read);
    for (const problem of read.problems) problems.add(problem);
    if (read.problems.length > 0) partial.add(path);
    const calls = new Map<string, SourceCall>();
    for (const [name, call] of read.module.calls) {
      const inner = [...names, name];
      const tooMany = inner.length > DEEPEST_MODULE || ++modules > MOST_MODULES;
      const called = tooMany
        ? "modules are nested too deep, or there are too many"
        : tree.called(folder, inner, call.source?.constant);
      if (typeof called === "string") problems.add(`module.${inner.join(".module.")}: ${called}`);
      calls.set(name, { ...call, module: typeof called === "string" ? undefined : visit(called, inner) });
    }
    return { ...read.module, path, calls };
  };
  const root = visit(tree.root(), []);
  return { root, problems: [...problems], partial };
}

interface WrittenFolder {
  readonly module: WrittenModule;
  readonly problems: readonly string[];
}

function readFolder({ files, problems }: SourceFolder): WrittenFolder {
  const parsed: ParsedFile[] = [];
  const broken: string[] = [];
  for (const { name, bytes } of files) {
    try {
      parsed.push({ name, body: parseFile(name, bytes) });
    } catch (error) {
      if (!(error instanceof HclError)) throw error;
      broken.push(`${name}:${error.line}: ${error.message}`);
    }
  }
  return { module: toModule(parsed), problems: [...problems, ...broken] };
}

/** @throws HclError */
export function parseFile(name: string, bytes: Uint8Array): Body {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (name.endsWith(".json")) return parseJsonBody(raw[0] === 0xef ? raw.subarray(3) : raw);
  return parseBody(raw.toString("utf8"));
}
