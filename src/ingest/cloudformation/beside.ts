/** All that lies beside change sets: templates, and saved answers of the API. */

import { type Answers, NO_ANSWERS, readAnswers } from "./answers.ts";
import { readTemplates, type TemplateFile, type TemplateSet } from "./template/index.ts";

export interface Beside extends TemplateSet {
  readonly answers: Answers;
}

export const NOTHING_BESIDE: Beside = {
  templates: [],
  byStackName: new Map(),
  submittedLines: new Map(),
  answers: NO_ANSWERS,
};

/** Files that are neither are passed over: a folder holds other things too. */
export async function readBeside(files: readonly TemplateFile[]): Promise<Beside> {
  return { ...(await readTemplates(files)), answers: readAnswers(files) };
}
