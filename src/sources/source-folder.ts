/** Terraform source from a folder. Whoever wrote the change wrote these files too: sizes are bounded, and links lead nowhere else. */

import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { compareText } from "../model/address.ts";
import { FirebreakError } from "../model/error.ts";
import type { SourceFile, SourceFolder, SourceTree } from "../model/source.ts";
import { LOCK_NAME, MOST_BYTES, MOST_FILE_BYTES, MOST_FILES, parseManifest, sourceNamesIn } from "./source-files.ts";

interface Root {
  readonly folder: string;
  /**
   * Links and `../` may not lead out of this: the repository, else the working folder, else the folder itself. Looked for when
   * the first file is read, since most working folders hold none.
   */
  readonly boundary: () => string;
  /** How to show an absolute path. */
  readonly display: (path: string) => string;
  bytesLeft: number;
  /** Folders that have been read: several calls may lead to one. */
  readonly known: Map<string, SourceFolder>;
}

/** Somebody named the folder. @throws FirebreakError `bad-usage` when it is none */
export function namedSource(folder: string, cwd = process.cwd()): SourceTree {
  if (!statSync(resolve(cwd, folder), { throwIfNoEntry: false })?.isDirectory()) {
    throw new FirebreakError("bad-usage", `--source ${folder}: there is no such folder`, {
      hint: "Give the folder of the root module, the one that terraform plan runs in, or the template of a change set.",
    });
  }
  return folderTree(folder, cwd, "named");
}

/** The working folder, which may or may not be what a plan was made from. */
export function foundSource(cwd: string): SourceTree {
  return folderTree(".", cwd, "found");
}

function folderTree(folder: string, cwd: string, origin: "named" | "found"): SourceTree {
  const full = resolve(cwd, folder);
  const display = (path: string): string => {
    const near = relative(cwd, path);
    const shown = isAbsolute(folder) && near.startsWith("..") ? path : near;
    return shown.split(sep).join("/");
  };
  let root: Root | undefined;
  const opened = (): Root => {
    root ??= {
      folder: full,
      boundary: once(() => boundaryOf(full, cwd)),
      display,
      bytesLeft: MOST_BYTES,
      known: new Map(),
    };
    return root;
  };
  return {
    label: origin === "named" ? `--source ${folder}` : "the working folder",
    origin,
    folder: full,
    lock: () => {
      const path = join(full, LOCK_NAME);
      const bytes = existsSync(path) ? readFile(opened(), path) : "there is none";
      return typeof bytes === "string" ? undefined : { name: display(path), bytes };
    },
    root: () => readFolder(opened(), full),
    called: (from, names, source) => {
      const local = source !== undefined && /^\.\.?(\/|$)/.test(source) ? join(from.id, source) : undefined;
      const path = local ?? installed(opened(), names);
      if (path === undefined) return "its files are not at hand (terraform init installs them)";
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return "its folder is not there";
      return isWithin(opened().boundary(), path)
        ? readFolder(opened(), path)
        : "its folder lies outside of the repository";
    },
  };
}

function once(find: () => string): () => string {
  let found: string | undefined;
  return () => {
    found ??= find();
    return found;
  };
}

function boundaryOf(folder: string, cwd: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return realpathSync(at);
    if (dirname(at) === at) break;
  }
  return realpathSync(isWithin(realpathSync(cwd), folder) ? cwd : folder);
}

/** Whether the path, all links followed, is the boundary or below it. */
function isWithin(boundary: string, path: string): boolean {
  try {
    const away = relative(boundary, realpathSync(path));
    return !isAbsolute(away) && away !== ".." && !away.startsWith(`..${sep}`);
  } catch {
    // A link that leads nowhere is not within either.
    return false;
  }
}

/** Where `terraform init` has put a module that is not local. */
function installed({ folder }: Root, names: readonly string[]): string | undefined {
  const manifest = join(folder, ".terraform/modules/modules.json");
  const size = statSync(manifest, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0 || size > MOST_FILE_BYTES) return undefined;
  const dir = parseManifest(readFileSync(manifest)).get(names.join("."));
  return dir === undefined ? undefined : resolve(folder, dir);
}

function readFolder(root: Root, path: string): SourceFolder {
  const known = root.known.get(path) ?? readNew(root, path);
  root.known.set(path, known);
  return known;
}

function readNew(root: Root, path: string): SourceFolder {
  const files: SourceFile[] = [];
  const problems: string[] = [];
  const names = namesIn(path);
  if (typeof names === "string") return { id: path, files, problems: [`${root.display(path) || "."}: ${names}`] };
  for (const name of names.slice(0, MOST_FILES)) {
    const shown = root.display(join(path, name));
    const read = readFile(root, join(path, name));
    if (typeof read === "string") problems.push(`${shown}: ${read}`);
    else files.push({ name: shown, bytes: read });
  }
  if (names.length > MOST_FILES) problems.push(`${root.display(path) || "."}: there are more than ${MOST_FILES} files`);
  return { id: path, files, problems };
}

function namesIn(path: string): readonly string[] | string {
  try {
    return sourceNamesIn(readdirSync(path)).sort(compareText);
  } catch (error) {
    return unreadable(error);
  }
}

/** The bytes, or why they were not taken. */
function readFile(root: Root, path: string): Uint8Array | string {
  if (!isWithin(root.boundary(), path)) return "this is a link that leads out of the repository, or nowhere";
  try {
    // Asked before opening, since opening a pipe waits for whoever writes into it.
    if (!statSync(path).isFile()) return "this is no file";
    const file = openSync(path, "r");
    try {
      const { size } = fstatSync(file);
      if (size > MOST_FILE_BYTES || size > root.bytesLeft) return "this is larger than source ever is";
      root.bytesLeft -= size;
      const bytes = Buffer.alloc(size);
      return bytes.subarray(0, readSync(file, bytes, 0, size, 0));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(error: unknown): string {
  return `it cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "unknown reason"})`;
}
