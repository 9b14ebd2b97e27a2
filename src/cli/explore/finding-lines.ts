/** Findings of rules on a page: what, how bad, what would help, and who answers for it. */

import type { ReportedFinding } from "../../model/report.ts";
import { atLocation, waivedText } from "../../report/wording/index.ts";
import { type Line, paragraph } from "./page.ts";
import { type Style, span } from "./text.ts";

const MARKS: Readonly<Record<ReportedFinding["level"], readonly [sign: string, style: Style]>> = {
  error: ["✖ ", "red"],
  warning: ["! ", "amber"],
  note: ["· ", "faint"],
};

export function findingLines(findings: readonly ReportedFinding[], width: number): Line[] {
  return findings.flatMap(({ level, message, ruleId, location, remediation, waiver }) => {
    const [sign, style]: readonly [string, Style] = waiver === null ? MARKS[level] : ["~ ", "faint"];
    const more = waiver === null ? (level === "note" ? null : remediation) : waivedText(waiver);
    return [
      ...paragraph(`${message} [${ruleId}]${atLocation(location)}`, width, style, span(sign, style)),
      ...(more === null ? [] : paragraph(more, width, "faint", span("  "))),
    ];
  });
}
