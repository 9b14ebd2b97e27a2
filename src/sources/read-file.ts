/** Files to bytes, without a second copy of a large one in memory. */

import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { FirebreakError } from "../model/error.ts";
import type { Progress } from "../model/progress.ts";

/** The bytes of a file, and their hash. */
export interface FileBytes {
  readonly bytes: Buffer;
  /** SHA-256 in hex. */
  readonly sha256: string;
}

/** Large enough that a read costs little beside its bytes, small enough that they are still in the cache when hashed. */
const CHUNK_BYTES = 4 << 20;

/** Of a large file `told` hears how far it has come. @throws FirebreakError `unreadable-input` */
export async function readFileBytes(path: string, told?: Progress["bytes"]): Promise<FileBytes> {
  try {
    // Nothing is gained by a second thread for the usual plan, and asking for it costs more than reading.
    return isSmall(path) ? withHash(readFileSync(path)) : await readLarge(path, told);
  } catch (error) {
    throw new FirebreakError("unreadable-input", `${path}: ${reasonOf(error)}`, {
      hint: "Check the path; `firebreak check -` reads a plan from standard input.",
      cause: error,
    });
  }
}

/** A file, and none that would have to be waited for: a pipe has no size. */
function isSmall(path: string): boolean {
  const stats = statSync(path);
  return stats.isFile() && stats.size > 0 && stats.size <= CHUNK_BYTES;
}

function withHash(bytes: Buffer): FileBytes {
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

async function readLarge(path: string, told: Progress["bytes"] = () => undefined): Promise<FileBytes> {
  const { open } = await import("node:fs/promises");
  const file = await open(path, "r");
  try {
    return await readAll(file, told);
  } finally {
    await file.close();
  }
}

/** The next chunk is read by another thread while this one hashes the last. */
async function readAll(file: FileHandle, told: Progress["bytes"]): Promise<FileBytes> {
  const { size } = await file.stat();
  const hash = createHash("sha256");
  // A pipe or a device has no size to trust.
  if (size === 0) return readUnsized(file);
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  let hashed = 0;
  while (filled < size) {
    const reading = file.read(bytes, filled, Math.min(size - filled, CHUNK_BYTES), filled);
    hash.update(bytes.subarray(hashed, filled));
    hashed = filled;
    const { bytesRead } = await reading;
    if (bytesRead === 0) break;
    filled += bytesRead;
    told(filled, size);
  }
  hash.update(bytes.subarray(hashed, filled));
  return { bytes: bytes.subarray(0, filled), sha256: hash.digest("hex") };
}

async function readUnsized(file: FileHandle): Promise<FileBytes> {
  return withHash(await file.readFile());
}

/** The first bytes of a file, at most `count`; none when it cannot be read. */
export function readHead(path: string, count: number): Buffer {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(count);
      return bytes.subarray(0, readSync(file, bytes, 0, count, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    // Whoever wants the whole file gets the error then, with its reason.
    return Buffer.alloc(0);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "this is a folder",
  ERR_OUT_OF_RANGE: "the file is too large to be read",
  ERR_INVALID_ARG_VALUE: "the file is too large to be read",
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? `it cannot be read (${code || "unknown reason"})`;
}
