/** Files that are watched by looking at them again and again: replaced ones, other machines' and those in containers as well. */

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** What can be told of files without reading them; another one whenever one of them was written, replaced, made or removed. */
export type Trace = string;

export function traceOf(paths: readonly string[]): Trace {
  return paths.map(traceOfPath).join("\n");
}

function traceOfPath(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
  if (stats === undefined) return `${path} absent`;
  const { ino, size, mtimeNs, ctimeNs } = stats;
  const inside = stats.isDirectory() ? entriesOf(path).map((name) => traceOfFile(join(path, name))) : [];
  return [`${path} ${ino} ${size} ${mtimeNs} ${ctimeNs}`, ...inside].join("\n");
}

/** A folder that goes while it is looked at has no entries. */
function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function traceOfFile(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stats?.isFile() ? `${path} ${stats.ino} ${stats.size} ${stats.mtimeNs}` : path;
}

/** Between two looks. */
const LOOK_MS = 150;
/** Files that are not written for so long are taken to be finished; whether they are, reading them tells. */
const QUIET_MS = 300;

/**
 * Waits until the files are others than these, and calls `noticed` at once when that is seen; then until they rest.
 * Which files is asked each time, since a config may appear.
 * @returns how they are then; `undefined` when it was aborted
 */
export async function changed(
  paths: () => readonly string[],
  since: Trace,
  noticed: () => void,
  signal: AbortSignal,
): Promise<Trace | undefined> {
  try {
    let last = since;
    while (last === since) {
      await pause(LOOK_MS, undefined, { signal });
      last = traceOf(paths());
    }
    noticed();
    for (;;) {
      await pause(QUIET_MS, undefined, { signal });
      const now = traceOf(paths());
      if (now === last) return now;
      last = now;
    }
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
