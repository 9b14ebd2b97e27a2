/** The list of allowed signers (ssh-keygen(1), ALLOWED SIGNERS): lines that name people; any other line allows nobody. */

import type { AllowedSigner } from "../../model/sign-off.ts";

/** `NAMES [OPTIONS] KEYTYPE KEY [COMMENT]`; options are comma-separated, with quotes around what has blanks. */
const LINE = /^(\S+)\s+(?:((?:[^\s"]|"[^"]*")+)\s+)?((?:ssh|ecdsa|sk)-[\w@.-]+)\s+([A-Za-z0-9+/]+=*)(?:\s|$)/;

/**
 * Lines with one key and whole names. A pattern or a certificate authority lets one key speak for many names, and nobody
 * could tell how many people that are.
 */
export function parseAllowedSigners(text: string): AllowedSigner[] {
  return text.split(/\r?\n/).flatMap((raw): AllowedSigner[] => {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) return [];
    const [, list = "", options = "", , key = ""] = LINE.exec(line) ?? [];
    if (key === "" || /[*?!"]/.test(list) || /(^|,)cert-authority(,|$)/i.test(options)) return [];
    return [{ names: list.split(","), key, line }];
  });
}
