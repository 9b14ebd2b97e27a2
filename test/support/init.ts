/** `firebreak init` in a folder, which is a repository from then on. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type FakeProcess, firebreak } from "./world.ts";

export const ROOT_MODULE = 'terraform {\n  backend "s3" {}\n}\n';
export const GITHUB = { ".github/workflows/ci.yml": "on: push\n" };

/** Runs it in a folder that is a repository, and writes what it writes. */
export async function init(folder: string, argv: readonly string[] = [], fake: FakeProcess = {}) {
  mkdirSync(join(folder, ".git"), { recursive: true });
  const outcome = await firebreak(["init", ...argv], { cwd: folder, ...fake });
  for (const [path, text] of outcome.files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const written = [...outcome.files.keys()].map((path) => path.slice(folder.length + 1)).sort();
  return { ...outcome, written, found: outcome.stdout.split("\n")[0] };
}
