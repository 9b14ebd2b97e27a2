/** What `--source` names: a folder with Terraform source, with templates, or a template. */

import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { SourceTree } from "../model/source.ts";
import { namedSource } from "./source-folder.ts";
import { readTemplateFiles, type TemplateFile } from "./template-files.ts";

/** Nothing is read before it is asked for. Terraform's source is a folder, a template may be a file. */
export interface NamedSource {
  readonly source?: SourceTree;
  readonly templates: () => readonly TemplateFile[];
}

/** @throws FirebreakError `bad-usage` when there is no such file or folder */
export function sourceAt(path: string, cwd = process.cwd()): NamedSource {
  const templates = (): readonly TemplateFile[] => readTemplateFiles(path, cwd);
  const isFile = statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? { templates } : { source: namedSource(path, cwd), templates };
}
