/** What each commit of a change does to files, from git's own objects: nothing is checked out, converted or followed. */

import { realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { FileEdit, HistoryCommit } from "../model/units.ts";
import { baseCommit, feedGit, type Git, gitIn } from "./git.ts";
import { readBlobs } from "./git-objects.ts";

/** More are looked at as a whole. */
const MOST_COMMITS = 500;
const MOST_FILES = 20_000;

interface RawEdit {
  readonly path: string;
  readonly modes: readonly [before: string, after: string];
  readonly ids: readonly [before: string, after: string];
}

/** Commits that HEAD has and the base has not, newest first; or a sentence on why they cannot be told apart. */
export async function readHistory(cwd: string, base: string | undefined): Promise<readonly HistoryCommit[] | string> {
  const git = gitIn(cwd);
  const commit = await baseCommit(base, git);
  if (commit === undefined) return `${base ?? "the main branch"} is not in this clone`;
  const prefix = await git("rev-parse", "--show-prefix");
  const root = realpathSync(resolve(cwd, prefix.text.trim().replace(/[^/]+/g, "..")));
  const listed = await listCommits(commit, git);
  if (typeof listed === "string") return listed;
  const edits = await rawEdits(
    cwd,
    listed.filter(({ isMerge }) => !isMerge).map(({ sha }) => sha),
  );
  if (edits === undefined) return "git does not say what the commits did";
  const all = [...edits.values()].flat();
  if (all.length > MOST_FILES) return "the commits touch more files than can be looked at";
  const blobs = await readBlobs(
    cwd,
    all.flatMap(({ ids, modes }) => ids.filter((_, side) => isFile(modes[side] ?? ""))),
  );
  if (blobs === undefined) return "the commits touch more than can be read";
  const here = realpathSync(cwd);
  const toEdit = ({ path, modes, ids }: RawEdit): FileEdit => {
    const [before, after] = ids.map((id) => blobs.get(id));
    return {
      path,
      name: relative(here, join(root, path)).split(sep).join("/"),
      isSpecial: modes.some((mode) => mode !== ABSENT && !isFile(mode)),
      ...(before && isFile(modes[0]) && { before }),
      ...(after && isFile(modes[1]) && { after }),
    };
  };
  return listed.map(({ sha, isMerge }) => ({ sha, isMerge, files: (edits.get(sha) ?? []).map(toEdit) }));
}

const ABSENT = "000000";

function isFile(mode: string): boolean {
  return mode.startsWith("100");
}

async function listCommits(
  base: string,
  git: Git,
): Promise<readonly { readonly sha: string; readonly isMerge: boolean }[] | string> {
  if ((await git("rev-parse", "--is-shallow-repository")).text.trim() === "true")
    return "the clone is shallow, so commits may be missing";
  const listed = await git(
    "rev-list",
    "--topo-order",
    "--parents",
    `--max-count=${MOST_COMMITS + 1}`,
    "HEAD",
    "--not",
    base,
    "--",
  );
  if (listed.status !== "ok" || listed.cut) return "git does not list the commits";
  const rows = listed.text.split("\n").filter((row) => row !== "");
  if (rows.length > MOST_COMMITS) return `there are more than ${MOST_COMMITS} commits`;
  return rows.map((row) => {
    const [sha = "", ...parents] = row.split(" ");
    return { sha, isMerge: parents.length > 1 };
  });
}

/** By commit; `diff-tree` obeys no configuration of how differences are shown. */
async function rawEdits(
  cwd: string,
  commits: readonly string[],
): Promise<ReadonlyMap<string, readonly RawEdit[]> | undefined> {
  const edits = new Map<string, RawEdit[]>();
  if (commits.length === 0) return edits;
  const flags = ["--stdin", "--root", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--ignore-submodules=none"];
  const told = await feedGit(cwd, commits, "diff-tree", ...flags);
  if (told.status !== "ok" || told.cut) return undefined;
  let own: RawEdit[] | undefined;
  const parts = told.text.split("\0");
  for (let at = 0; at < parts.length - 1; at++) {
    const part = parts[at] ?? "";
    const row = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) [A-Z]\d*$/.exec(part);
    if (row === null) {
      if (!/^[0-9a-f]{40,64}$/.test(part)) return undefined;
      own = [];
      edits.set(part, own);
      continue;
    }
    const [, modeBefore = "", modeAfter = "", before = "", after = ""] = row;
    at++;
    if (own === undefined) return undefined;
    own.push({ path: parts[at] ?? "", modes: [modeBefore, modeAfter], ids: [before, after] });
  }
  return edits;
}
