/** What would help: changes to the configuration that spare objects, ready to be copied, and what they would come to. */

import type { PlanReport, ReportedSuggestion } from "../../model/report.ts";
import { forTerminal } from "../for-terminal.ts";
import { endsWith } from "../wording/index.ts";
import type { Page } from "./page.ts";

/** Blocks shown; all of them when everything is asked for. */
const MOST_BLOCKS = 4;

export function help(plan: PlanReport, page: Page): string[] {
  if (plan.suggestions.length === 0) return [];
  return [page.title("What would help"), ...plan.suggestions.flatMap((suggestion) => shown(suggestion, page))];
}

function shown(suggestion: ReportedSuggestion, page: Page): string[] {
  const { message, text } = suggestion;
  const blocks = text.trimEnd().split("\n\n");
  const most = page.verbose ? blocks.length : MOST_BLOCKS;
  const hidden = blocks.length - most;
  return [
    ...page.block("  · ", `${message}. ${endsWith(suggestion)}`),
    // Never broken or cut: it is there to be copied.
    ...blocks.slice(0, most).flatMap((block) => block.split("\n").map((line) => `      ${forTerminal(line)}`)),
    ...(hidden > 0
      ? page.block("      ", `... ${hidden} more with --verbose, or in the JSON report`, page.paint.grey)
      : []),
  ];
}
