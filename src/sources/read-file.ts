/** Files to bytes, gzip unpacked, without a second copy of a large file in memory. */

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { FirebreakError } from "../model/error.ts";

/** One read call can take no more than 2 GiB less a byte. */
const MOST_AT_ONCE = 1 << 30;

/** The bytes of a file. @throws FirebreakError `unreadable-input` */
export function readFileBytes(path: string): Buffer {
  try {
    return readAll(path);
  } catch (error) {
    throw new FirebreakError("unreadable-input", `${path}: ${reasonOf(error)}`, {
      hint: "Check the path; `firebreak check -` reads a plan from standard input.",
      cause: error,
    });
  }
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

function readAll(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    // A pipe or a device has no size to trust, and a growing file may have more by now.
    if (size === 0) return readUnsized(file);
    const bytes = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      const count = readSync(file, bytes, filled, Math.min(size - filled, MOST_AT_ONCE), null);
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(file);
  }
}

function readUnsized(file: number): Buffer {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.allocUnsafe(1 << 20);
    const count = readSync(file, chunk, 0, chunk.length, null);
    if (count === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, count));
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
