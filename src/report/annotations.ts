/** Findings at their lines, and the verdict in one line, for hosts that show these beside a change. Nothing but visible signs. */

import type { Annotation } from "../model/host.ts";
import type { Report } from "../model/report.ts";
import { forText } from "./escape.ts";
import { relativePath, saidInFull } from "./findings.ts";
import { outcomeOf } from "./wording/comment.ts";

/** Findings whose line is known, in the report's order. */
export function annotationsOf(report: Report): Annotation[] {
  return report.findings.flatMap((finding): Annotation[] => {
    const { location, level, waiver, signatures, ruleId } = finding;
    if (location === null) return [];
    const file = relativePath(location.file);
    // Hosts know files of the repository alone.
    if (file.startsWith("/") || file.split("/").includes("..")) return [];
    // What waits for signatures is no error yet, and what is waived none any more.
    const shown = waiver !== null ? "note" : level === "error" && signatures !== undefined ? "warning" : level;
    const message = forText(saidInFull(report, finding));
    return [{ file, line: location.line, level: shown, title: forText(`firebreak: ${ruleId}`), message }];
  });
}

/** `fail: this would end 43 of 61 objects in production`. */
export function verdictTitle(report: Report): string {
  return forText(`${report.verdict}: ${outcomeOf(report)}`);
}
