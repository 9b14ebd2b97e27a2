/**
 * Annotations as workflow commands of GitHub Actions: the verdict first, then findings, the worst first. Source: GitHub's page
 * "Workflow commands". A step shows 10 annotations of each level.
 */

import type { Report, ReportedFinding } from "../model/report.ts";
import { forCommand, forCommandProperty } from "./escape.ts";
import { saidInFull } from "./findings.ts";
import { authorAndData, mergedText, outcomeOf } from "./wording/comment.ts";
import { counted } from "./wording/index.ts";

type Command = "error" | "warning" | "notice";

const MOST_OF_A_LEVEL = 10;

export function renderGithub(report: Report): string {
  const levels = (["error", "warning", "notice"] as const).flatMap((command) => commandsOf(report, command));
  return `${levels.join("\n")}\n`;
}

/** All annotations of one level; of many, the last one counts those that are not shown. */
function commandsOf(report: Report, command: Command): string[] {
  const lines = [
    ...(commandOfVerdict(report) === command ? [verdictLine(report, command)] : []),
    ...(command === "error"
      ? report.errors.map(({ code, message, hint }) =>
          annotation(command, code, hint === undefined ? message : `${message}. ${hint}`),
        )
      : []),
    ...report.findings
      .filter((finding) => commandOf(finding) === command)
      .map((finding) => annotation(command, finding.ruleId, saidInFull(report, finding), finding.location)),
  ];
  if (lines.length <= MOST_OF_A_LEVEL) return lines;
  const shown = lines.slice(0, MOST_OF_A_LEVEL - 1);
  return [
    ...shown,
    annotation(command, "more", `${counted(lines.length - shown.length, "more annotation")}, in the report`),
  ];
}

function commandOfVerdict({ verdict }: Report): Command {
  return verdict === "pass" ? "notice" : verdict === "review" ? "warning" : "error";
}

function verdictLine(report: Report, command: Command): string {
  const merged = mergedText(report);
  const words = [`${report.verdict.toUpperCase()}: ${outcomeOf(report)}.`, authorAndData(report)];
  return annotation(command, "verdict", [...words, ...(merged === undefined ? [] : [merged])].join(" "));
}

/** What waits for signatures is no error yet, and what is waived none any more. */
function commandOf({ level, signatures, waiver }: ReportedFinding): Command {
  if (waiver !== null || level === "note") return "notice";
  return level === "warning" || signatures !== undefined ? "warning" : "error";
}

function annotation(command: Command, about: string, text: string, place: ReportedFinding["location"] = null): string {
  const properties = [
    ...(place === null ? [] : [`file=${forCommandProperty(place.file)}`, `line=${place.line}`]),
    `title=${forCommandProperty(`firebreak: ${about}`)}`,
  ];
  return `::${command} ${properties.join(",")}::${forCommand(text)}`;
}
