/** The comment of a run that came to no verdict: a pull request must not go on showing what an earlier one said. */

import { forProse } from "../escape.ts";

/** Sentences of ours, with names of somebody else's in them. */
export function renderNoVerdict(message: string, hint: string | undefined): string {
  const lines = message.split("\n").map((line) => `- ${forProse(line)}`);
  const help = hint === undefined ? [] : ["", forProse(hint)];
  return `${["### ⚠️ firebreak: no verdict", "", ...lines, ...help].join("\n")}\n`;
}
