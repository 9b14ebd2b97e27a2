/** Files of cases for a policy: where they lie, and what they name beside them. */

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { compareText } from "../model/address.ts";
import { FirebreakError } from "../model/error.ts";

export interface CaseFileText {
  /** For messages. */
  readonly name: string;
  readonly text: string;
  /** The config of the same name without `.test`; absent when there is none. */
  readonly subject?: string;
  /** What a path in the file leads to. */
  readonly resolve: (path: string) => string;
}

const CASES = /\.test\.(ya?ml|json)$/;
/** Folders of what others wrote, or of programs. */
const PASSED_OVER = /^(node_modules|\..*)$/;

/**
 * Files as they are named, and those of the folders that are named, by path. Another tool's files in a folder, which have no
 * `cases`, are told apart by their names in `others`.
 * @throws FirebreakError `no-input` when there is no such file, or none in a folder
 */
export function findCaseFiles(
  paths: readonly string[],
  cwd: string,
): { readonly files: readonly CaseFileText[]; readonly others: readonly string[] } {
  const found = new Map<string, CaseFileText>();
  const others: string[] = [];
  for (const path of paths) {
    const full = resolve(cwd, path);
    const stats = statSync(full, { throwIfNoEntry: false });
    if (stats === undefined) throw noCases(`${path}: there is no such file or folder`);
    if (!stats.isDirectory()) {
      found.set(full, readCases(full, cwd));
      continue;
    }
    const inside = below(full).map((file) => [file, readCases(file, cwd)] as const);
    const own = inside.filter(([, { text }]) => /(^|[\s{,"'])cases["']?\s*:/.test(text));
    for (const [file, read] of own) found.set(file, read);
    others.push(...inside.filter((one) => !own.includes(one)).map(([, { name }]) => name));
    if (own.length === 0) throw noCases(`${path}: there is no file of cases in this folder`);
  }
  return { files: [...found.values()], others };
}

function below(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) =>
    compareText(left.name, right.name),
  );
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    // A link may lead back to where it lies.
    if (entry.isDirectory()) return PASSED_OVER.test(entry.name) ? [] : below(path);
    return entry.isFile() && CASES.test(entry.name) ? [path] : [];
  });
}

function readCases(path: string, cwd: string): CaseFileText {
  const folder = dirname(path);
  const near = relative(cwd, path);
  const stem = basename(path).replace(CASES, "");
  const subject = ["yaml", "yml", "json"]
    .map((ending) => join(folder, `${stem}.${ending}`))
    .find((one) => existsSync(one));
  return {
    name: near.startsWith("..") ? path : near,
    text: readFileSync(path, "utf8"),
    ...(subject !== undefined && subject !== path && { subject }),
    resolve: (inner) => resolve(folder, inner),
  };
}

function noCases(message: string): FirebreakError {
  return new FirebreakError("no-input", message, {
    hint: "Cases for firebreak.yaml stand beside it, in firebreak.test.yaml: docs/rules-test.md",
  });
}
