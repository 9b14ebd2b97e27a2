/** Files as a commit has them. */

import type { Git } from "./git.ts";

/** Which of these paths are files at a commit. */
export async function present(paths: readonly string[], commit: string, git: Git): Promise<string[]> {
  // Without a path git would list everything.
  if (paths.length === 0) return [];
  const { text } = await git("ls-tree", "--full-tree", "-z", "--name-only", commit, "--", ...paths);
  return text.split("\0").filter((path) => path !== "");
}

/** `undefined` when there is no such file; a link or a folder is none. */
export async function textAt(commit: string, path: string, git: Git): Promise<string | undefined> {
  return (await bytesAt(commit, path, git))?.toString("utf8");
}

/** The same as bytes. */
export async function bytesAt(commit: string, path: string, git: Git): Promise<Buffer | undefined> {
  const { text } = await git("ls-tree", "--full-tree", "-z", commit, "--", path);
  const [, blob] = /^100\d{3} blob ([0-9a-f]+)\t/.exec(text) ?? [];
  if (blob === undefined) return undefined;
  const read = await git("cat-file", "blob", blob);
  return read.status === "ok" && !read.cut ? read.bytes : undefined;
}

/** Paths of the files below a folder; links and submodules are none. */
export async function pathsBelow(commit: string, folder: string, git: Git): Promise<string[]> {
  const { text } = await git("ls-tree", "--full-tree", "-r", "-z", commit, "--", `${folder}/`);
  return text.split("\0").flatMap((line) => /^100\d{3} blob [0-9a-f]+\t(.*)$/s.exec(line)?.[1] ?? []);
}
