/** What would help: patches where there are any, then advice in the order in which it is needed, and who has to sign otherwise. */

import type { ReportedSuggestion } from "../../model/report.ts";
import { forFence } from "../escape.ts";
import { stopping, whoSigns } from "../wording/comment.ts";
import { endsWith, formatCount } from "../wording/index.ts";
import type { Part } from "./fit.ts";
import { folded, type Sheet } from "./sheet.ts";

export function next(sheet: Sheet): Part[] {
  const { findings, plans } = sheet.report;
  const patches = plans.flatMap(({ suggestions }) => suggestions.map((suggestion) => patch(suggestion, sheet)));
  // Signatures are spoken of once for all.
  const remedies = stopping(findings).flatMap(({ remediation }) =>
    remediation === null ? [] : remediation.replace(/ Or have .* sign it off\.$/, ""),
  );
  const sign = whoSigns(findings);
  const lines = [...new Set(remedies), ...(sign === undefined ? [] : [sign])];
  return folded(sheet, "What would help", [...patches, ...lines.map((line) => `- ${sheet.prose(line)}`)]);
}

/** Blocks of one patch; all of them stand in the JSON report. */
const MOST_BLOCKS = 20;

/** A sentence, and the text to copy: one item, since half a patch helps nobody. */
function patch(suggestion: ReportedSuggestion, { prose }: Sheet): string {
  const blocks = suggestion.text.trimEnd().split("\n\n");
  const shown = blocks.slice(0, MOST_BLOCKS).join("\n\n");
  const hidden = blocks.length - MOST_BLOCKS;
  const rest = hidden > 0 ? [`  … ${formatCount(hidden)} more blocks in the JSON report`, ""] : [];
  const code = forFence(shown).map((line) => (line === "" ? "" : `  ${line}`));
  const sentence = `- ${prose(suggestion.message)}. ${prose(endsWith(suggestion))}`;
  return [sentence, "", "  ```hcl", ...code, "  ```", "", ...rest].join("\n");
}
