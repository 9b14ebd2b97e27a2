/** Files of a revision, as git keeps them: which there are, and what is in them. The working tree is never asked. */

import { createHash } from "node:crypto";
import { feedGit, type Git } from "./git.ts";

/** Path in the repository to what stands there. */
export type Listing = ReadonlyMap<string, GitEntry>;

export interface GitEntry {
  /** `100644` and `100755` are files, `120000` links, `160000` other repositories. */
  readonly mode: string;
  readonly id: string;
}

/** Everything in a commit that `isWanted`; `undefined` when git cannot say all of it. */
export async function listFiles(
  commit: string,
  isWanted: (path: string) => boolean,
  git: Git,
): Promise<Listing | undefined> {
  const listed = await git("ls-tree", "-r", "-z", "--full-tree", commit);
  if (listed.status !== "ok" || listed.cut) return undefined;
  const files = new Map<string, GitEntry>();
  for (const row of listed.text.split("\0")) {
    const [, mode = "", id = "", path = ""] = /^(\d{6}) \w+ ([0-9a-f]+)\t(.*)$/s.exec(row) ?? [];
    if (path !== "" && isWanted(path)) files.set(path, { mode, id });
  }
  return files;
}

/** Contents by id, read in one go; `undefined` when there is more of it than git may answer, or not all of it is there. */
export async function readBlobs(
  folder: string,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  const wanted = [...new Set(ids)];
  const blobs = new Map<string, Uint8Array>();
  if (wanted.length === 0) return blobs;
  const { status, cut, bytes } = await feedGit(folder, wanted, "cat-file", "--batch", "--buffer");
  if (status !== "ok" || cut) return undefined;
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf(10, at);
    const [, id, size] = /^([0-9a-f]+) blob (\d+)$/.exec(bytes.toString("latin1", at, end)) ?? [];
    if (id === undefined) return undefined;
    const start = end + 1;
    blobs.set(id, bytes.subarray(start, start + Number(size)));
    at = start + Number(size) + 1;
  }
  return blobs.size === wanted.length ? blobs : undefined;
}

/** What git would call a file with these bytes, in a repository whose names look like this one. */
export function blobId(bytes: Uint8Array, like: string): string {
  const header = `blob ${bytes.byteLength}\0`;
  return createHash(like.length > 40 ? "sha256" : "sha1")
    .update(header)
    .update(bytes)
    .digest("hex");
}
