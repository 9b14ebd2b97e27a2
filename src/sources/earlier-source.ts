/** The source of a plan as it was before a change: where the change branched off, and as the base has it now. */

import { realpathSync } from "node:fs";
import { isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import { compareText } from "../model/address.ts";
import {
  type EarlierSource,
  NOT_IN_REPOSITORY,
  type SourceFile,
  type SourceFolder,
  type SourceTree,
} from "../model/source.ts";
import { baseCommit, gitIn } from "./git.ts";
import { blobId, type Listing, listFiles, readBlobs } from "./git-objects.ts";
import { LOCK_NAME, sourceNamesIn } from "./source-files.ts";

interface Repository {
  /** Absolute, links followed. */
  readonly root: string;
  readonly head: Revision;
  /** Where the change branched off, then the base itself where it has gone on since. */
  readonly before: readonly Revision[];
}

/** The source files of one revision, and what is in them. */
interface Revision {
  readonly files: Listing;
  /** Folder to names of source files in it, links too. */
  readonly folders: ReadonlyMap<string, readonly string[]>;
  readonly bytes: ReadonlyMap<string, Uint8Array>;
}

/** `base` is a branch, a tag or a commit. Git is asked when somebody asks for source. */
export function earlierSource(cwd: string, base: string): EarlierSource {
  let known: Promise<Repository | string> | undefined;
  const opened = (): Promise<Repository | string> => {
    known ??= open(cwd, base);
    return known;
  };
  return {
    label: base,
    isTouched: async () => {
      const repository = await opened();
      // What cannot be told may be so.
      return (
        typeof repository === "string" || repository.before.some((one) => differ(one.files, repository.head.files))
      );
    },
    before: async (tree) => {
      const repository = await opened();
      return typeof repository === "string" ? repository : treesBefore(repository, tree, cwd, base);
    },
    committed: async (tree) => {
      const repository = await opened();
      if (typeof repository === "string") return repository;
      const { root, head } = repository;
      const [folder, ...others] = foldersOfRoot(repository, tree, cwd);
      if (folder === undefined || others.length > 0)
        return "which folder of the repository the plan was made from is not sure";
      return treeAt(head, folder, { label: "HEAD", root, cwd });
    },
  };
}

async function open(cwd: string, base: string): Promise<Repository | string> {
  const git = gitIn(cwd);
  const prefix = await git("rev-parse", "--show-prefix");
  const commit = prefix.status === "ok" ? await baseCommit(base, git) : undefined;
  if (commit === undefined) return `${base} is not in this clone`;
  const root = realpathSync(resolve(cwd, prefix.text.trim().replace(/[^/]+/g, "..")));
  const merge = await git("merge-base", commit, "HEAD");
  const fork = merge.status === "ok" ? merge.text.trim() : commit;
  const revisions: Revision[] = [];
  for (const name of ["HEAD", ...new Set([fork, commit])]) {
    const files = await listFiles(name, isSource, git);
    const bytes =
      files &&
      (await readBlobs(
        cwd,
        [...files.values()].filter(isFile).map(({ id }) => id),
      ));
    if (files === undefined || bytes === undefined) return "there is more source in the repository than can be read";
    revisions.push({ files, folders: foldersOf(files), bytes });
  }
  const [head, ...before] = revisions;
  return head === undefined ? "HEAD is no commit" : { root, head, before };
}

function isSource(path: string): boolean {
  return /\.(tf|tofu)(\.json)?$/.test(path) || posix.basename(path) === LOCK_NAME;
}

function isFile({ mode }: { readonly mode: string }): boolean {
  return mode.startsWith("100");
}

function foldersOf(files: Listing): Revision["folders"] {
  const all = new Map<string, string[]>();
  for (const path of files.keys()) {
    const folder = posix.dirname(path);
    const names = all.get(folder) ?? [];
    names.push(posix.basename(path));
    all.set(folder, names);
  }
  return new Map([...all].map(([folder, names]) => [folder, sourceNamesIn(names).sort(compareText)]));
}

function differ(left: Listing, right: Listing): boolean {
  return left.size !== right.size || [...left].some(([path, { id }]) => right.get(path)?.id !== id);
}

/** One, unless a saved plan's files lie in several. */
function foldersOfRoot({ root, head }: Repository, tree: SourceTree, cwd: string): string[] {
  return tree.folder === undefined ? foldersLike(tree, head, root, cwd) : folderWithin(root, tree.folder);
}

function treesBefore(
  repository: Repository,
  tree: SourceTree,
  cwd: string,
  base: string,
): readonly SourceTree[] | string {
  const { root, head, before } = repository;
  const folders = foldersOfRoot(repository, tree, cwd);
  if (folders.length === 0) return "the folder of the root module is not in the repository, or not as the plan has it";
  const trees = folders.flatMap((folder) =>
    before.flatMap((revision) => {
      const own = (revision.folders.get(folder) ?? []).length > 0 ? folder : movedFrom(folder, head, revision);
      return own === undefined ? [] : [treeAt(revision, own, { label: base, root, cwd })];
    }),
  );
  return trees.length === 0 ? `${base} has no folder ${folders[0]}, nor one that it was made of` : trees;
}

function folderWithin(root: string, folder: string): string[] {
  const path = relative(root, realpathSync(folder)).split(sep).join("/");
  return path.startsWith("..") || isAbsolute(path) ? [] : [path === "" ? "." : path];
}

/** A saved plan does not say where it was made: where HEAD has the very files of its root module. Of several the working folder. */
function foldersLike(tree: SourceTree, head: Revision, root: string, cwd: string): string[] {
  const files = tree.root().files;
  const [like] = head.files.values();
  if (like === undefined || files.length === 0) return [];
  const ids = new Map(files.map(({ name, bytes }) => [posix.basename(name), blobId(bytes, like.id)]));
  const same = [...head.folders].filter(
    ([folder, names]) =>
      names.length === ids.size && names.every((name) => head.files.get(within(folder, name))?.id === ids.get(name)),
  );
  const [here = ""] = folderWithin(root, cwd);
  const found = same.map(([folder]) => folder);
  return found.includes(here) ? [here] : found.slice(0, MOST_TWINS);
}

/** Folders that are the same to the byte: what one of them loses is then looked for in each. */
const MOST_TWINS = 4;

/** A folder that the base has and HEAD has no more, and that declares most of what this one does. */
function movedFrom(folder: string, head: Revision, revision: Revision): string | undefined {
  const wanted = declaredIn(folder, head);
  const gone = [...revision.folders.keys()].filter((one) => (head.folders.get(one) ?? []).length === 0);
  let best: { readonly folder: string; readonly shared: number } | undefined;
  for (const one of gone.sort(compareText)) {
    const shared = [...declaredIn(one, revision)].filter((name) => wanted.has(name)).length;
    if (shared > (best?.shared ?? 0)) best = { folder: one, shared };
  }
  return best?.folder;
}

/** Headers of resource and module blocks, however they are laid out. */
function declaredIn(folder: string, { folders, files, bytes }: Revision): Set<string> {
  const found = new Set<string>();
  for (const name of folders.get(folder) ?? []) {
    const text = Buffer.from(bytes.get(files.get(within(folder, name))?.id ?? "") ?? []).toString("utf8");
    for (const [, header = ""] of text.matchAll(/(?:resource|module)\s+("[^"\n]+"(?:\s+"[^"\n]+")?)\s*\{/g))
      found.add(header.replace(/\s+/g, " "));
  }
  return found;
}

interface Shown {
  readonly label: string;
  readonly root: string;
  readonly cwd: string;
}

function treeAt(revision: Revision, folder: string, { label, root, cwd }: Shown): SourceTree {
  const shown = (path: string): string => relative(realpathSync(cwd), join(root, path)).split(sep).join("/");
  const read = (at: string): SourceFolder => {
    const problems: string[] = [];
    const files: SourceFile[] = [];
    for (const name of revision.folders.get(at) ?? []) {
      const path = within(at, name);
      const bytes = revision.bytes.get(revision.files.get(path)?.id ?? "");
      if (bytes === undefined) problems.push(`${shown(path)}: this is a link`);
      else files.push({ name: shown(path), bytes });
    }
    return { id: at, files, problems };
  };
  const lock = within(folder, LOCK_NAME);
  return {
    label,
    origin: "named",
    root: () => read(folder),
    called: (from, _, source) => {
      if (source === undefined || !/^\.\.?(\/|$)/.test(source)) return NOT_IN_REPOSITORY;
      const path = posix.normalize(posix.join(from.id, source)).replace(/\/$/, "");
      return revision.folders.has(path) ? read(path) : "its folder is not there";
    },
    lock: () => {
      const bytes = revision.bytes.get(revision.files.get(lock)?.id ?? "");
      return bytes && { name: shown(lock), bytes };
    },
  };
}

function within(folder: string, name: string): string {
  return folder === "." ? name : `${folder}/${name}`;
}
