/** Inputs as the user names them to bytes: the door of this folder. */

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { FirebreakError } from "../model/error.ts";
import { readFileBytes, readHead } from "./read-file.ts";
import { showSavedPlan, stateBefore } from "./saved-plan.ts";
import { isGzip, isSavedPlan, isZip, unpacked } from "./unpack.ts";

export { findConfig, readConfig } from "./config-file.ts";

/** One thing to judge: bytes, or why they could not be had. */
export type Source = {
  readonly input: string;
  /** Found in a folder, not named. */
  readonly inFolder: boolean;
} & (Content | { readonly error: FirebreakError });

interface Content {
  readonly bytes: Buffer;
  /** SHA-256 of the bytes in hex, when it is known already. */
  readonly sha256?: string | undefined;
  /** The state from before the plan, when the input brings it along. */
  readonly previousState?: { readonly input: string; readonly bytes: Uint8Array } | undefined;
}

/** Reads inputs one after the other: files, folders, `-` for standard input. */
export async function* readSources(
  inputs: readonly string[],
  stdin: AsyncIterable<Buffer | string>,
): AsyncGenerator<Source> {
  for (const input of inputs) {
    if (input === "-") yield await readStdin(stdin);
    else if (isFolder(input)) yield* readFolder(input);
    else yield await readOne(input, false);
  }
}

/** A state from before the plan, from a file of its own. @throws FirebreakError `unreadable-input` */
export async function readState(path: string): Promise<{ readonly input: string; readonly bytes: Uint8Array }> {
  return { input: path, bytes: await unpacked((await readFileBytes(path)).bytes, path) };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

async function readStdin(stdin: AsyncIterable<Buffer | string>): Promise<Source> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Buffer));
  return guarded("-", false, async () => {
    const bytes = await unpacked(Buffer.concat(chunks), "-");
    if (!isZip(bytes)) return { bytes };
    throw new FirebreakError("unreadable-input", "-: a saved binary plan cannot be read from standard input", {
      hint: "Give the file's path, or pipe what `terraform show -json tfplan` prints.",
    });
  });
}

function readOne(path: string, inFolder: boolean): Promise<Source> {
  return guarded(path, inFolder, async () => {
    const read = await readFileBytes(path);
    const { bytes, sha256 } = isGzip(read.bytes)
      ? { bytes: await unpacked(read.bytes, path), sha256: undefined }
      : read;
    if (isSavedPlan(bytes)) return shownPlan(path, bytes);
    if (!isZip(bytes)) return { bytes, sha256 };
    throw new FirebreakError("not-a-plan", `${path}: this is a zip archive, but not a saved plan`, {
      hint: "Run: terraform plan -out=tfplan, and give that file.",
    });
  });
}

async function shownPlan(path: string, archive: Buffer): Promise<Content> {
  const before = await stateBefore(archive, path);
  const previousState = before && { input: `${path} (state before)`, bytes: before };
  return { bytes: await showSavedPlan(path, path), previousState };
}

async function guarded(input: string, inFolder: boolean, read: () => Promise<Content>): Promise<Source> {
  try {
    return { input, ...(await read()), inFolder };
  } catch (error) {
    if (!(error instanceof FirebreakError)) throw error;
    return { input, error, inFolder };
  }
}

/** The plans right in a folder, by name: JSON files, packed JSON files, and saved plans whatever their name is. */
async function* readFolder(folder: string): AsyncGenerator<Source> {
  const all = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .sort();
  // Saved plans come first: of a plan that lies there twice, the one that brings its state along is judged.
  const saved = all.filter((path) => isSavedPlan(readHead(path, 64)));
  const paths = [...saved, ...all.filter((path) => /\.json(\.gz)?$/i.test(path) && !saved.includes(path))];
  if (paths.length === 0) {
    const error = new FirebreakError("no-input", `${folder}: there is no plan in this folder`, {
      hint: "Save one with: terraform plan -out=tfplan && terraform show -json tfplan > plan.json",
    });
    yield { input: folder, error, inFolder: false };
  }
  for (const path of paths) yield await readOne(path, true);
}
