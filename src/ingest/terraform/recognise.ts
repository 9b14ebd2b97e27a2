/** What a plan is known by. */

import type { DocumentIndex } from "./plan-index.ts";

/** Whether the document is a plan as far as its sections go. State has `values`, and a plan never has. */
export function isPlan({ sections }: DocumentIndex): boolean {
  if (sections.has("values") || sections.has("@level")) return false;
  if (sections.has("resource_changes") || sections.has("plan_format_version")) return true;
  return sections.has("format_version") && ENVELOPE.some((name) => sections.has(name));
}

/** Sections that `show -json` of a plan writes beside `format_version`; a plan that changes nothing may lack the others. */
const ENVELOPE = [
  "planned_values",
  "configuration",
  "output_changes",
  "resource_drift",
  "errored",
  "applyable",
] as const;
