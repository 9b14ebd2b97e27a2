/** The radius as a Mermaid graph, where the host draws it. */

import { mermaidWithin } from "../mermaid/draw.ts";
import { isEnding } from "../severity.ts";
import { type Part, wholePart } from "./fit.ts";
import type { Sheet } from "./sheet.ts";

/** Of what a comment may hold: the words have to fit beside it. */
const SHARE = 0.4;

export function picture({ report, host }: Sheet): Part[] {
  if (!host.draws || !report.plans.some(({ changes }) => changes.some(isEnding))) return [];
  const graph = mermaidWithin(report, 40, Math.floor(host.mostBytes * SHARE));
  return [wholePart(["```mermaid", graph.trimEnd(), "```", ""])];
}
