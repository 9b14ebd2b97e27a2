/** What kind of file some bytes are, by their first ones; gzip is unpacked here. */

import { FirebreakError } from "../model/error.ts";

export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

export function isZip(bytes: Buffer): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/** A saved plan is a zip archive whose first entry has this name (Terraform's `internal/plans/planfile`). */
const FIRST_ENTRY = "tfplan";

/** Whether the first bytes of a file, 64 are enough, are those of a saved plan. */
export function isSavedPlan(bytes: Buffer): boolean {
  // A local file header has its name's length at 26 and the name itself at 30.
  return (
    isZip(bytes) && bytes.readUInt16LE(26) === FIRST_ENTRY.length && bytes.toString("latin1", 30, 36) === FIRST_ENTRY
  );
}

/** The bytes inside gzip, or the same bytes. @throws FirebreakError `unreadable-input` */
export async function unpacked(bytes: Buffer, input: string): Promise<Buffer> {
  if (!isGzip(bytes)) return bytes;
  const { gunzipSync } = await import("node:zlib");
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new FirebreakError("unreadable-input", `${input}: the gzip data is broken or cut off`, {
      hint: "Pack the plan again, or give it unpacked.",
      cause: error,
    });
  }
}
