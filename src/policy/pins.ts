/** Pins: that a file is the very one that a config means, by its SHA-256. */

import { createHash } from "node:crypto";
import { FirebreakError } from "../model/error.ts";
import { printable } from "../model/printable.ts";
import type { Reference } from "./config/reference.ts";

interface PinnedFile {
  readonly name: string;
  readonly text: string;
  readonly unvouched?: true;
}

/** @throws FirebreakError `bad-config` when it is another file, or one that nobody vouches for */
export function verifyPin({ name, digests }: Reference, file: PinnedFile, where: string): void {
  const shown = printable(name);
  const digest = createHash("sha256").update(file.text).digest("hex");
  if (digests.includes(digest)) return;
  if (digests.length > 0) {
    const wanted = digests.length === 1 ? `pinned to sha256:${digests[0]}` : `pinned to ${digests.length} digests`;
    throw new FirebreakError("bad-config", `${where}: ${shown} is ${wanted}, and ${file.name} is sha256:${digest}`, {
      hint: "Look at what has changed in it; where that is meant, add its digest beside the old one, in a change before the upgrade.",
    });
  }
  if (file.unvouched !== true) return;
  const sentence = `${shown} is read from ${file.name}, which the change itself may have put there, so it must be pinned by its digest`;
  throw new FirebreakError("bad-config", `${where}: ${sentence}`, {
    hint: `Read it, then write: "${shown}@sha256:DIGEST", with what \`sha256sum ${file.name}\` prints.`,
  });
}
