/** The policy's files as a base revision has them, and what a change does to files. The working tree is never asked. */

import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { FirebreakError } from "../model/error.ts";
import type { FileChange } from "../model/policy-base.ts";
import { CONFIG_NAMES, readConfig, severalConfigs } from "./config-file.ts";
import { baseCommit, type Git, gitIn } from "./git.ts";
import { present, textAt } from "./git-files.ts";
import { firstOf, packagePlaces } from "./packages.ts";
import { policyFilesAt } from "./rego/at-base.ts";
import type { PolicyFiles } from "./rego/index.ts";

export interface PolicyBase {
  readonly commit: string;
  /** The config that holds for the folder; `undefined` when the base has none. */
  readonly findConfig: () => Promise<string | undefined>;
  /** Whether the base has this file; what lies outside of the repository is no part of a change, and looked for as it is. */
  readonly has: (path: string) => Promise<boolean>;
  /** A config or ruleset; `from` is the config that names it. @throws FirebreakError `bad-config` */
  readonly readConfig: (path: string, from?: string) => Promise<BaseFile>;
  /** The config in a package; `undefined` when the base has no such package and none is installed. */
  readonly readPackage: (name: string, from?: string) => Promise<BaseFile | undefined>;
  /** Files of policies in Rego; paths of those that are the base's are told to `noted`, folders with a slash behind them. */
  readonly policyFiles: (noted: (path: string) => void) => PolicyFiles;
  /** The file in the repository that a path names, as git writes it; `undefined` for one outside. */
  readonly pathOf: (path: string) => string | undefined;
  /** What HEAD changes, from where it branched off. */
  readonly changes: () => Promise<readonly FileChange[]>;
}

export interface BaseFile {
  /** For messages; with the revision behind it. */
  readonly name: string;
  readonly text: string;
  /** As git writes it; absent for a file outside of the repository. */
  readonly path?: string;
  /** Installed beside the change, and not read from the base. */
  readonly unvouched?: true;
}

/**
 * @returns `undefined` when the folder is in no repository
 * @throws FirebreakError `bad-config` when the base cannot be read
 */
export async function openPolicyBase(folder: string, base: string): Promise<PolicyBase | undefined> {
  const git = gitIn(folder);
  const prefix = await git("rev-parse", "--show-prefix");
  if (prefix.status === "failed" && /not a git repository/i.test(prefix.why)) return undefined;
  const commit = prefix.status === "ok" ? await baseCommit(base, git) : undefined;
  if (commit === undefined) throw noBase(base, prefix.status === "missing" ? ": git is not on PATH" : prefix.why);
  await refuseSubmodule(folder, git);
  const root = resolve(folder, prefix.text.trim().replace(/[^/]+/g, ".."));
  const pathOf = (path: string): string | undefined => pathWithin(root, resolve(folder, path));
  const short = commit.slice(0, 12);
  // A name that leads back to its place, for files that it extends.
  const placeOf = (from: string): string => resolve(folder, from.replace(`@${short}`, ""));
  const fullPath = (path: string, from: string | undefined): string =>
    isAbsolute(path) ? path : resolve(from === undefined ? folder : dirname(placeOf(from)), path);
  return {
    commit,
    pathOf,
    findConfig: async () => {
      for (let at = resolve(folder); ; at = dirname(at)) {
        const paths = CONFIG_NAMES.map((name) => pathOf(join(at, name)) ?? "");
        const found = await present(paths, commit, git);
        if (found.length > 1)
          throw severalConfigs(
            `${at} on ${base}`,
            found.map((path) => basename(path)),
          );
        if (found[0] !== undefined) return join(root, found[0]);
        if (at === root || dirname(at) === at) return undefined;
      }
    },
    has: async (path) => {
      const inside = pathOf(path);
      return inside === undefined ? existsSync(path) : (await present([inside], commit, git)).length > 0;
    },
    readConfig: async (path, from) => {
      const full = fullPath(path, from);
      const inside = pathOf(full);
      if (inside === undefined) return readConfig(full);
      const text = await textAt(commit, inside, git);
      if (text !== undefined) return { name: `${relative(folder, join(root, inside))}@${short}`, text, path: inside };
      // A package that stands on another file of its own.
      if (inside.split("/").includes("node_modules") && existsSync(full))
        return { ...readConfig(full), unvouched: true };
      const named = from === undefined ? "" : `, which ${from} extends`;
      throw new FirebreakError("bad-config", `${inside}${named}: ${base} has no such file`, {
        hint: "The policy is read from the base, never from the change. Add the file in a change before this one.",
      });
    },
    readPackage: async (name, from) => {
      const places = packagePlaces(name, from === undefined ? folder : dirname(placeOf(from)));
      const found: string[][] = [];
      for (const paths of places) {
        const kept = await present(
          paths.map(pathOf).filter((path) => path !== undefined),
          commit,
          git,
        );
        found.push(kept.length > 0 ? kept.map((path) => join(root, path)) : paths.filter((path) => existsSync(path)));
      }
      const path = firstOf(found);
      if (path === undefined) return undefined;
      const inside = pathOf(path);
      const text = inside === undefined ? undefined : await textAt(commit, inside, git);
      if (text === undefined) return { ...readConfig(path), unvouched: true };
      return { name: `${relative(folder, path)}@${short}`, text, ...(inside !== undefined && { path: inside }) };
    },
    policyFiles: (noted) => policyFilesAt({ commit, git, root, short, noted, pathOf, fullPath }),
    changes: () => changesSince(commit, git),
  };
}

/** Inside by what is written or by where links lead: neither may hide that a file is part of the repository. */
function pathWithin(root: string, path: string): string | undefined {
  const written = relative(root, resolve(path));
  const real = relative(realpathSync(root), join(realFolder(dirname(resolve(path))), basename(path)));
  const inside = [written, real].find((one) => one !== "" && !one.startsWith("..") && !isAbsolute(one));
  return inside?.replaceAll("\\", "/");
}

function realFolder(folder: string): string {
  if (existsSync(folder) || dirname(folder) === folder) return realpathSync(folder);
  return join(realFolder(dirname(folder)), basename(folder));
}

async function changesSince(commit: string, git: Git): Promise<FileChange[]> {
  const merge = await git("merge-base", commit, "HEAD");
  // Without a common commit in this clone everything that differs counts as changed.
  const from = merge.status === "ok" ? merge.text.trim() : commit;
  const listed = await git("diff-tree", "-r", "-z", "--name-only", "--no-renames", from, "HEAD", "--");
  if (listed.status !== "ok" || listed.cut) throw noBase(commit.slice(0, 12), listed.why);
  const paths = listed.text.split("\0").filter((path) => path !== "");
  return paths.map((path) => ({
    path,
    before: () => textAt(from, path, git),
    after: () => textAt("HEAD", path, git),
  }));
}

/** Which repository a submodule is, and so whose policy would hold, is what the change around it says. */
async function refuseSubmodule(folder: string, git: ReturnType<typeof gitIn>): Promise<void> {
  const around = await git("rev-parse", "--show-superproject-working-tree");
  if (around.status === "ok" && around.text.trim() === "") return;
  throw new FirebreakError(
    "bad-config",
    `${folder}: this is a submodule, and the change around it chooses what is in it`,
    {
      hint: "Run it in the repository around the submodule, and give the plan by its path.",
    },
  );
}

function noBase(base: string, why: string): FirebreakError {
  return new FirebreakError("bad-config", `the policy is read from ${base}, and that is not in this clone${why}`, {
    hint: "Fetch the base too (with actions/checkout: fetch-depth: 0).",
  });
}
