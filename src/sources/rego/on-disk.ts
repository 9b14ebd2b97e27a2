/** Files of a policy as they lie in a folder. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { compareText } from "../../model/address.ts";
import type { PolicyFile, PolicyFiles } from "./index.ts";

/** More than a policy has. */
const MOST_FILES = 2000;

export function filesOnDisk(cwd: string): PolicyFiles {
  const full = (path: string, from: string | undefined): string =>
    isAbsolute(path) ? path : resolve(from === undefined ? cwd : dirname(resolve(from)), path);
  return {
    file: async (path, from) => {
      const at = full(path, from);
      const isFile = statSync(at, { throwIfNoEntry: false })?.isFile() === true;
      return isFile ? { name: named(at), inside: basename(at), bytes: readFileSync(at) } : undefined;
    },
    below: async (path, from) => {
      const at = full(path, from);
      return statSync(at, { throwIfNoEntry: false })?.isDirectory() === true ? filesBelow(at) : [];
    },
  };
}

/** In order, without what tools and package managers keep. */
export function filesBelow(folder: string): PolicyFile[] {
  const found: PolicyFile[] = [];
  const visit = (at: string): void => {
    const entries = readdirSync(at, { withFileTypes: true }).sort((left, right) => compareText(left.name, right.name));
    for (const entry of entries) {
      const path = join(at, entry.name);
      if (entry.isDirectory() && !/^(node_modules|\..*)$/.test(entry.name)) visit(path);
      else if (entry.isFile() && found.length < MOST_FILES && /\.(rego|json|ya?ml)$/.test(entry.name))
        found.push({
          name: named(path),
          inside: relative(folder, path).replaceAll("\\", "/"),
          bytes: readFileSync(path),
        });
    }
  };
  visit(folder);
  return found;
}

function named(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith("..") ? path : near;
}
