/** Whether a file in a folder may be a plan, by its name and its first bytes. Nothing is parsed. */

import { readHead } from "./read-file.ts";
import { isSavedPlan } from "./unpack.ts";

const HEAD_BYTES = 64;

/** Named as JSON, or beginning as JSON does, in any encoding. */
export function mayBePlan(path: string): boolean {
  if (/\.json(\.gz)?$/i.test(path)) return true;
  const head = readHead(path, HEAD_BYTES);
  return /^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*\{/.test(head.toString("latin1"));
}

export function looksSaved(path: string): boolean {
  return isSavedPlan(readHead(path, HEAD_BYTES));
}
