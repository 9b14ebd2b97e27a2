/** The files of a repository, as far as they tell how plans are made. Bounded: nobody waits for a walk through everything. */

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { compareText } from "../../model/address.ts";

const MOST_ENTRIES = 20_000;
const DEEPEST = 8;

/** Folders of what is installed, built or cached; of the hidden ones those that say something are looked into. */
const PASSED_BY = /^(node_modules|vendor|cdk\.out|__pycache__|dist|\.(?!github$|gitlab$|circleci$).*)$/;

/** The nearest folder upwards that holds a repository, else the one asked about. */
export function repositoryRoot(from: string): string {
  return repositoryAround(from) ?? resolve(from);
}

export function repositoryAround(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Paths relative to the root, with slashes, in order. Links are not followed. */
export function filesBelow(root: string, deepest = DEEPEST): string[] {
  const files: string[] = [];
  let left = MOST_ENTRIES;
  const visit = (folder: string, depth: number): void => {
    for (const entry of entriesIn(join(root, folder))) {
      if (left-- <= 0) return;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) files.push(path);
      else if (entry.isDirectory() && depth < deepest && !PASSED_BY.test(entry.name)) visit(path, depth + 1);
    }
  };
  visit("", 0);
  return files;
}

function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((left, right) => compareText(left.name, right.name));
  } catch {
    // A folder that may not be read tells nothing.
    return [];
  }
}

/** The text of a file that is not too large; empty when it cannot be read. */
export function textOf(path: string, mostBytes: number): string {
  return bytesOf(path, mostBytes)?.toString("utf8") ?? "";
}

export function bytesOf(path: string, mostBytes: number): Buffer | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() && stats.size <= mostBytes ? readFileSync(path) : undefined;
  } catch {
    // What cannot be read tells nothing.
    return undefined;
  }
}

/** The folder of a path; `.` for the root. */
export function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
}
