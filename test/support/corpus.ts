/** Plans of other people's repositories and recorded answers of Terraform. They lie beside the repository, not in it. */

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where the corpus is, or undefined when this machine has none. FIREBREAK_CORPUS names another place. */
export function corpusFolder(name: "terraform" | "oracle" | "authorship" | "cloudformation"): string | undefined {
  const root = process.env["FIREBREAK_CORPUS"] ?? resolve(import.meta.dirname, "../../../shared/corpus");
  const folder = join(root, name);
  return existsSync(folder) ? folder : undefined;
}

/** Said in place of a test that cannot run. */
export function sayMissing(what: string): void {
  console.warn(`skipped: ${what} is not on this machine`);
}

export function readJson<Value>(...path: readonly string[]): Value {
  return JSON.parse(readFileSync(join(...path), "utf8")) as Value;
}
