/**
 * Sign-off files: what is signed as JSON, as it was signed, and behind it the SSH signature, as in a signed git tag. Several may
 * stand one behind the other. Text that is no sign-off is an error; what it is worth is judged elsewhere.
 */

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../model/address.ts";
import { FirebreakError } from "../model/error.ts";
import { readFileBytes } from "./read-file.ts";

/** A sign-off before anybody has looked at its signature. */
export interface SignOffText {
  readonly file: string;
  /** Exactly what was signed. */
  readonly text: string;
  /** In its armour. */
  readonly signature: string;
  /** The public key that the signature names, base64. */
  readonly key: string;
}

const BEGIN = "-----BEGIN SSH SIGNATURE-----";
const END = "-----END SSH SIGNATURE-----";
const ENDING = ".signoff";

/** Files, and folders with files that end in `.signoff`. @throws FirebreakError `unreadable-input` */
export async function readSignOffTexts(paths: readonly string[]): Promise<SignOffText[]> {
  const found: SignOffText[] = [];
  for (const file of paths.flatMap(filesAt)) {
    const text = (await readFileBytes(file)).bytes.toString("utf8").replaceAll("\r\n", "\n");
    found.push(...splitSignOffs(text, file));
  }
  return found;
}

function filesAt(path: string): string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  const names = readdirSync(path).filter((name) => name.endsWith(ENDING));
  return names.sort(compareText).map((name) => join(path, name));
}

function splitSignOffs(text: string, file: string): SignOffText[] {
  const found: SignOffText[] = [];
  for (let rest = text.trimStart(); rest !== ""; ) {
    const begin = rest.indexOf(BEGIN);
    const end = rest.indexOf(END, begin);
    if (begin <= 0 || end < 0) throw noSignOff(file);
    const signature = `${rest.slice(begin, end + END.length)}\n`;
    found.push({ file, text: rest.slice(0, begin), signature, key: keyIn(signature) });
    rest = rest.slice(end + END.length).trimStart();
  }
  if (found.length === 0) throw noSignOff(file);
  return found;
}

function noSignOff(file: string): FirebreakError {
  return new FirebreakError("unreadable-input", `${file}: this is no sign-off, or only a part of one`, {
    hint: "`firebreak approve` writes sign-offs: JSON with an SSH signature behind it.",
  });
}

/** The public key in a signature: `SSHSIG`, a version, then the key with its length (OpenSSH, PROTOCOL.sshsig). */
export function keyIn(signature: string): string {
  const base64 = signature.replaceAll(BEGIN, "").replaceAll(END, "");
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length < 14 || bytes.toString("latin1", 0, 6) !== "SSHSIG") return "";
  const length = bytes.readUInt32BE(10);
  return bytes.subarray(14, 14 + length).toString("base64");
}
