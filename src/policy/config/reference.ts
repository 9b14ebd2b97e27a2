/** What a config stands on, as `extends` and `--ruleset` name it: a built-in ruleset, a file or a package, pinned or not. */

import { printable } from "../../model/printable.ts";
import type { RawExtends } from "./raw.ts";

export interface Reference {
  readonly name: string;
  /** A file has a dot or a slash in its name; packages of a scope begin with `@`, and others look like rulesets. */
  readonly kind: "file" | "package" | "ruleset";
  /** SHA-256 in hex, of which one has to fit; empty when it is not pinned. */
  readonly digests: readonly string[];
}

const PIN = /@sha256:([0-9a-f]{64})$/i;

export function toReference(raw: RawExtends): Reference {
  const text = typeof raw === "string" ? raw : raw.from;
  const [, own] = PIN.exec(text) ?? [];
  const listed = typeof raw === "string" ? [] : [raw.digest].flat().map((digest) => digest.replace(/^sha256:/i, ""));
  const name = text.replace(PIN, "");
  const kind = name.startsWith("@") ? "package" : /[./\\]/.test(name) ? "file" : "ruleset";
  return {
    name,
    kind,
    digests: [...(own === undefined ? [] : [own]), ...listed].map((digest) => digest.toLowerCase()),
  };
}

/** What is wrong with a reference, in a sentence; `undefined` when it may be looked for. */
export function mistakeIn(raw: RawExtends): string | undefined {
  const { name, kind } = toReference(raw);
  const shown = printable(name);
  if (/^[a-z][a-z+.-]+:\/\//i.test(name))
    return `"${shown}" is an address, and a policy that others can change over night is none: take a file or a package`;
  if (/@sha256:/i.test(name)) return `the digest in "${shown}" is not whole: it has 64 signs, 0 to 9 and a to f`;
  if (kind !== "file" && name.lastIndexOf("@") > 0)
    return `"${shown}" names a version, which its registry may give to other bytes: pin it by its digest, NAME@sha256:...`;
  if (kind === "package" && !PACKAGE.test(name))
    return `"${shown}" is no package: expected @scope/name, or @scope/name/file.yaml`;
  return undefined;
}

/** A scope, a name, and perhaps a file in it: none of them leads out. */
const PACKAGE = /^@[\w~-][\w.~-]*(\/(?!\.\.?(\/|$))[\w.~-]+)+$/;
