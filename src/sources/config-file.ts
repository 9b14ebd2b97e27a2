/** Where a repository keeps its policy. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { FirebreakError } from "../model/error.ts";

export const CONFIG_NAMES = ["firebreak.yaml", "firebreak.yml", "firebreak.json"];

/** The config in a folder or the nearest parent that has one, up to the repository's root; `undefined` when there is none. */
export function findConfig(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const found = CONFIG_NAMES.map((name) => join(folder, name)).filter((path) => existsSync(path));
    if (found.length > 1)
      throw severalConfigs(
        folder,
        found.map((path) => relative(folder, path)),
      );
    if (found[0] !== undefined) return found[0];
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return undefined;
  }
}

export function severalConfigs(folder: string, names: readonly string[]): FirebreakError {
  return new FirebreakError("bad-config", `${folder} holds several configs: ${names.join(", ")}`, {
    hint: "Keep one of them, or choose with --config.",
  });
}

/** The text of a config or ruleset file; `from` is the config that names it, beside which it is looked for. */
export function readConfig(path: string, from?: string): { readonly name: string; readonly text: string } {
  const full = from === undefined || isAbsolute(path) ? resolve(path) : resolve(dirname(resolve(from)), path);
  const near = relative(process.cwd(), full);
  const name = near.startsWith("..") ? full : near;
  try {
    return { name, text: readFileSync(full, "utf8") };
  } catch (error) {
    const named = from === undefined ? "" : `, which ${from} extends`;
    throw new FirebreakError("bad-config", `${name}${named}: this config cannot be read`, {
      hint: "Check the path, or run without it to use the ruleset recommended.",
      cause: error,
    });
  }
}
