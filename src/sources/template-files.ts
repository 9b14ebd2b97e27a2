/** What `--source` names: a file, or the files of a folder that may be templates. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { compareText } from "../model/address.ts";
import { FirebreakError } from "../model/error.ts";

export interface TemplateFile {
  /** With slashes, on every system. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** CloudFormation takes templates of up to 1 MB; what is much larger is something else. */
const LARGEST_BYTES = 5_000_000;
/** A folder that holds more was not meant. */
const MOST_FILES = 5_000;

/** Templates, and the manifests of CDK assemblies, by path. @throws FirebreakError `unreadable-input` */
export function readTemplateFiles(named: string, cwd: string): TemplateFile[] {
  const path = isAbsolute(named) ? named : join(cwd, named);
  try {
    const paths = statSync(path).isDirectory() ? [...filesIn(path)].sort(compareText) : [path];
    return paths.map((file) => ({
      path: (isAbsolute(named) ? file : relative(cwd, file)).replaceAll(sep, "/"),
      bytes: readFileSync(file),
    }));
  } catch (error) {
    if (error instanceof FirebreakError) throw error;
    throw new FirebreakError("unreadable-input", `--source ${named}: this cannot be read`, {
      hint: "Give the template, or the folder that holds it, e.g. cdk.out.",
      cause: error,
    });
  }
}

function filesIn(folder: string): string[] {
  const found: string[] = [];
  const queue = [folder];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const entry of readdirSync(next, { withFileTypes: true })) {
      const path = join(next, entry.name);
      if (entry.isDirectory() && !SKIPPED.test(entry.name)) queue.push(path);
      if (entry.isFile() && TEMPLATE.test(entry.name) && statSync(path).size <= LARGEST_BYTES) found.push(path);
    }
    if (found.length > MOST_FILES) {
      throw new FirebreakError(
        "bad-usage",
        `--source ${folder}: this folder holds more than ${MOST_FILES} files that may be templates`,
        {
          hint: "Name the folder of the templates themselves.",
        },
      );
    }
  }
  return found;
}

const TEMPLATE = /\.(json|ya?ml|template)$/i;
/** Dependencies, repositories, and the assets of a CDK assembly. */
const SKIPPED = /^(node_modules|\..*|asset\..*)$/;
