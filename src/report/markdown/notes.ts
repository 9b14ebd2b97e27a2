/** What else was found, what is waived, and what could not be seen. */

import type { ReportedFinding } from "../../model/report.ts";
import { isInTable } from "../limit-rows.ts";
import { isEnding } from "../severity.ts";
import { counted, gapsIn } from "../wording/index.ts";
import { waivedText } from "../wording/policy.ts";
import type { Part } from "./fit.ts";
import { folded, type Sheet } from "./sheet.ts";

/** What can be avoided stands under what would help. */
const AVOIDABLE = "avoidable-destruction";

/** Findings that stand in no table of limits. */
export function alsoFound(sheet: Sheet): Part[] {
  const found = sheet.report.findings.filter(
    (finding) => !isInTable(finding) && finding.ruleId !== AVOIDABLE && finding.waiver === null,
  );
  const shown = found.filter(({ level }) => level !== "note" || sheet.verbose);
  const lines = shown.map((finding) => `- ${findingLine(finding, sheet)}`);
  return folded(sheet, `Also found (${counted(shown.length, "finding")})`, lines);
}

function findingLine(
  { level, message, ruleId, remediation, location }: ReportedFinding,
  { prose, code }: Sheet,
): string {
  const written = location === null ? "" : ` · ${code(`${location.file}:${location.line}`)}`;
  const mark = { error: "**error**", warning: "warning", note: "note" }[level];
  return `${mark}: ${prose(message)} (${code(ruleId)})${remediation === null ? "" : `. ${prose(remediation)}`}${written}`;
}

export function waived(sheet: Sheet): Part[] {
  const lines = sheet.report.findings.flatMap(({ message, waiver }) =>
    waiver === null ? [] : `- ${sheet.prose(message)}: ${sheet.prose(waivedText(waiver))}`,
  );
  return folded(sheet, `Waived (${counted(lines.length, "finding")})`, lines);
}

/** Said even where nothing ends: the input itself was not what it should be. */
const OF_THE_INPUT: ReadonlySet<string> = new Set(["surrounding-text", "no-format-version", "no-resource-changes"]);

export function notSeen(sheet: Sheet): Part[] {
  const { plans, authorship, verdict } = sheet.report;
  const ends = plans.some(({ changes }) => changes.some(isEnding));
  const spots = new Set([
    ...plans.flatMap((plan) => [
      ...plan.incompleteReasons.map((reason) => `The plan is not the whole change: ${reason}.`),
      ...plan.blindSpots.filter(({ code }) => ends || OF_THE_INPUT.has(code)).map(({ message }) => message),
    ]),
    ...(ends && verdict !== "pass" ? gapsIn(authorship).map((gap) => `${gap}.`) : []),
  ]);
  const lines = [...spots].map((spot) => `- ${sheet.prose(spot)}`);
  return folded(sheet, `What could not be seen (${lines.length})`, lines);
}
