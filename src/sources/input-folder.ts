/** Which folder of its repository an input lies in. */

import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** From the root of the repository, or as a whole path outside of one; of what is no file, the working folder's. */
export function folderOf(input: string, cwd: string): string {
  const path = resolve(cwd, input.replace(/#\d+$/, ""));
  const folder = existsSync(path) ? dirname(path) : resolve(cwd);
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return relative(at, folder);
    if (dirname(at) === at) return folder;
  }
}
