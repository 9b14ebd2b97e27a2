/** Every change: what ends, the worst first, and what else happens. */

import { isEnding } from "../severity.ts";
import { counted, writtenText } from "../wording/index.ts";
import type { Part } from "./fit.ts";
import { folded, type Sheet } from "./sheet.ts";
import { lossLine, placeIn, worstOf } from "./top.ts";

export function everythingThatEnds(sheet: Sheet): Part[] {
  const ending = worstOf(sheet.report.plans);
  const lines = ending.map(({ change, plan }) => {
    const why = change.reasons.length === 0 ? "" : ` · Cause: ${sheet.words(change.reasons.join("; "))}`;
    const written = writtenText(change);
    const origin = written === undefined ? "" : ` · ${sheet.prose(written)}`;
    return `- ${lossLine(change, sheet)}${why}${origin}${placeIn(plan, sheet)}`;
  });
  return folded(sheet, `Everything that ends (${counted(ending.length, "object")}, the worst first)`, lines);
}

export function changed(sheet: Sheet): Part[] {
  const { report, code, words } = sheet;
  const lines = report.plans.flatMap((plan) =>
    plan.changes
      .filter((change) => !isEnding(change))
      .map(({ address, action, previousAddress, importing }) => {
        const from = previousAddress === undefined ? "" : `, from ${code(previousAddress)}`;
        const imported = importing !== undefined && action !== "import" ? ", imported" : "";
        return `- ${code(address)}: ${words(action)}${from}${imported}${placeIn(plan, sheet)}`;
      }),
  );
  // A pass in which nothing ends has said how much there is.
  if (report.verdict === "pass" && !report.plans.some(({ changes }) => changes.some(isEnding))) return [];
  return folded(sheet, `What else happens (${counted(lines.length, "object")})`, lines);
}
