/** Terraform source for tests: every configuration at hand, and source trees in memory. */

import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { SourceFolder, SourceTree } from "../../src/model/source.ts";
import { corpusFolder, readJson } from "./corpus.ts";

export type Files = Readonly<Record<string, string>>;

/** The `.tf` files of the fixtures, by path. */
export function fixtureSources(): Files {
  const folder = join(import.meta.dirname, "../../fixtures");
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".tf"));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** The configurations of the recorded oracle, by name; none where it is not on this machine. */
export function oracleSources(): ReadonlyMap<string, Files> {
  const folder = corpusFolder("oracle");
  if (folder === undefined) return new Map();
  const names = readJson<{ name: string }[]>(folder, "INDEX.json").map(({ name }) => name);
  return new Map(names.map((name) => [name, readJson<Files>(folder, name, "config.json")]));
}

/** A tree of files by path; modules are found by their relative paths. */
export function treeOf(files: Files, origin: SourceTree["origin"] = "named"): SourceTree {
  const folder = (id: string): SourceFolder => ({
    id,
    problems: [],
    files: Object.entries(files)
      .filter(([path]) => posix.dirname(path) === id)
      .map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
  });
  return {
    label: "--source files",
    origin,
    root: () => folder("."),
    called: (from, _, source) => folder(posix.normalize(posix.join(from.id, source ?? "."))),
  };
}
