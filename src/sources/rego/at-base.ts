/** Files of a policy as a base has them. What lies in `node_modules`, or outside of the repository, is nobody's word but a digest's. */

import { relative } from "node:path";
import type { Git } from "../git.ts";
import { bytesAt, pathsBelow } from "../git-files.ts";
import type { PolicyFile, PolicyFiles } from "./index.ts";
import { filesOnDisk } from "./on-disk.ts";

export interface Base {
  readonly commit: string;
  readonly git: Git;
  readonly root: string;
  /** The commit as names have it. */
  readonly short: string;
  readonly noted: (path: string) => void;
  /** In the repository, as git writes it. */
  readonly pathOf: (path: string) => string | undefined;
  readonly fullPath: (path: string, from: string | undefined) => string;
}

export function policyFilesAt({ commit, git, root, short, noted, pathOf, fullPath }: Base): PolicyFiles {
  const disk = filesOnDisk(root);
  const ofBase = (path: string, bytes: Buffer, folder: string): PolicyFile => ({
    name: `${path}@${short}`,
    inside: relative(folder, path).replaceAll("\\", "/") || path,
    bytes,
  });
  /** The change's own files are not looked at, except where packages are installed. */
  const mayLieBeside = (path: string | undefined): boolean =>
    path === undefined || path.split("/").includes("node_modules");
  return {
    file: async (path, from) => {
      const full = fullPath(path, from);
      const inside = pathOf(full);
      const bytes = inside === undefined ? undefined : await bytesAt(commit, inside, git);
      if (inside !== undefined && bytes !== undefined) {
        noted(inside);
        return ofBase(inside, bytes, inside.replace(/[^/]*$/, ""));
      }
      const beside = mayLieBeside(inside) ? await disk.file(full, undefined) : undefined;
      return beside && { ...beside, unvouched: true };
    },
    below: async (path, from) => {
      const full = fullPath(path, from);
      const inside = pathOf(full);
      const paths = inside === undefined ? [] : await pathsBelow(commit, inside, git);
      const found: PolicyFile[] = [];
      for (const one of paths.filter((name) => /\.(rego|json|ya?ml)$/.test(name))) {
        const bytes = await bytesAt(commit, one, git);
        if (bytes !== undefined) found.push(ofBase(one, bytes, inside ?? ""));
      }
      if (inside !== undefined && found.length > 0) {
        noted(`${inside}/`);
        return found;
      }
      const beside = mayLieBeside(inside) ? await disk.below(full, undefined) : [];
      return beside.map((file) => ({ ...file, unvouched: true }));
    },
  };
}
