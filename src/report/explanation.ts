/** `firebreak explain` as text: each ending object, and below it the path, a line a dependency with what it rests on. */

import type { Cause, Evidence, Explanation, Hop } from "../model/explanation.ts";
import { forTerminal } from "./for-terminal.ts";
import { wrap } from "./layout.ts";
import { COLOURED, type Paint, PLAIN } from "./paint.ts";
import type { RenderOptions } from "./render-options.ts";
import { atLocation, counted, formatPath } from "./wording/index.ts";

export function renderExplanation(explanation: Explanation, options: RenderOptions): string {
  const paint = options.color ? COLOURED : PLAIN;
  const width = options.width ?? Number.POSITIVE_INFINITY;
  const { address, location, ends, causes, gaps } = explanation;
  const lines = [
    `${paint.bold(forTerminal(address))} ${headline(explanation)}${forTerminal(atLocation(location))}`,
    ...(ends ? [`  It ends itself: ${describe(ends.action, ends.certainty, ends.reasons)}`] : []),
    ...causes.flatMap((cause) => ["", ...causeLines(cause, paint)]),
    ...(gaps.length > 0 ? ["", ...gaps.flatMap((gap) => wrap(`There may be more. ${gap}`, width))] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function headline({ input, causes }: Explanation): string {
  if (causes.length === 0) return `depends on nothing that ends in ${forTerminal(input)}`;
  return `depends on ${counted(causes.length, "ending object")} in ${forTerminal(input)}`;
}

function causeLines(cause: Cause, paint: Paint): string[] {
  const { address, deposed, action, certainty, reasons, certain, path, location } = cause;
  const name = `${forTerminal(address)}${deposed === undefined ? "" : ` (deposed ${deposed})`}`;
  const sure = certain ? "" : ", so this is possible, not certain";
  return [
    `  ${paint.bold(name)} ${describe(action, certainty, reasons)}${certainty === "certain" ? sure : ""}${forTerminal(atLocation(location))}`,
    ...path.flatMap((hop, depth) => hopLines(hop, depth, paint)),
  ];
}

function describe(action: string, certainty: string, reasons: readonly string[]): string {
  const verb = action === "delete" ? "deleted" : action === "replace" ? "replaced" : `${action} put off, may end`;
  const why = reasons.length === 0 ? "" : `, because ${forTerminal(reasons.join("; "))}`;
  return `is ${certainty === "conditional" ? "possibly " : ""}${verb}${why}`;
}

function hopLines({ address, edge, evidence }: Hop, depth: number, paint: Paint): string[] {
  const indent = "   ".repeat(depth);
  return [
    `  ${indent}└─ ${forTerminal(address)}  ${paint.grey(edge)}`,
    ...evidence.map((one) => `  ${indent}     ${paint.grey(forTerminal(evidenceText(one)))}`),
  ];
}

function evidenceText(evidence: Evidence): string {
  switch (evidence.kind) {
    case "reference":
      return `${evidence.argument} refers to ${evidence.via.join(", which is ")}${evidence.exact ? "" : " (which instance, the plan does not say)"}`;
    case "state":
      return `its dependencies in the state list ${evidence.entry}`;
    case "erased":
      return `its dependencies in the state before the plan list ${evidence.entry}; this change cuts that`;
    case "value":
      return `its attribute ${formatPath(evidence.path)} holds an identifier of it`;
  }
}
