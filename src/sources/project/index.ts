/** A look at a repository: names and words of its files, nothing is run. */

import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { FirebreakError } from "../../model/error.ts";
import type { Project } from "../../model/project.ts";
import { ciIn } from "./ci.ts";
import { environmentsIn } from "./environments.ts";
import { filesBelow, repositoryAround, repositoryRoot, textOf } from "./files.ts";
import { toolsIn } from "./tools.ts";

/** The repository that a folder lies in. */
export function lookAtRepository(from: string): Promise<Project> {
  return look(repositoryRoot(from));
}

/** A folder by itself, whatever it lies in; outside of repositories no further than its own files, since it may be anything. */
export function lookAtFolder(folder: string): Promise<Project> {
  return look(folder, repositoryAround(folder) === undefined ? 0 : undefined);
}

async function look(root: string, deepest?: number): Promise<Project> {
  const files = filesBelow(root, deepest);
  const tools = toolsIn(root, files);
  const folders = [...new Set(tools.flatMap((found) => found.folders))];
  return {
    root,
    tools,
    environments: await environmentsIn(root, files, folders),
    ci: ciIn(root, files),
    branch: branchOf(root),
    files: new Set(files),
  };
}

function branchOf(root: string): string {
  const head = textOf(join(root, ".git/refs/remotes/origin/HEAD"), 1 << 10);
  return /^ref: refs\/remotes\/origin\/([\w./-]+)$/m.exec(head)?.[1] ?? "main";
}

const MOST_BYTES = 4 << 20;

/** A file of the project as text; `undefined` when there is none. */
export function projectFile({ root, files }: Project, path: string): string | undefined {
  return files.has(path) ? textOf(join(root, path), MOST_BYTES) : undefined;
}

/** The absolute path of a file to write, with the folders that it needs. @throws FirebreakError `bad-usage` */
export function placeFor({ root }: Project, path: string): string {
  const full = join(root, path);
  try {
    mkdirSync(dirname(full), { recursive: true });
  } catch (error) {
    throw new FirebreakError("bad-usage", `${path} cannot be written: its folder cannot be made`, {
      hint: "Check who owns the repository, and what lies in the folder's place.",
      cause: error,
    });
  }
  return full;
}
