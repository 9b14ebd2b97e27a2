/**
 * GitLab's code quality report, a part of Code Climate's format. Source: GitLab's page "Code Quality report format": one issue
 * a fingerprint, a single line of description, a path within the repository.
 */

import { createHash } from "node:crypto";
import type { Report, ReportedError, ReportedFinding } from "../model/report.ts";
import { forText, toJson } from "./escape.ts";
import { identified, placeOf, relativePath, saidInFull } from "./findings.ts";

export function renderGitlab(report: Report): string {
  const errors = report.errors.map(toIssueOfError);
  const findings = identified(report.findings).map(({ finding, fingerprint }) => {
    const { file, line } = placeOf(report, finding);
    const description = forText(saidInFull(report, finding));
    return issue({ name: finding.ruleId, description, severity: severityOf(finding), fingerprint, file, line });
  });
  return `${toJson([...errors, ...findings], 2)}\n`;
}

interface IssueFacts {
  readonly name: string;
  readonly description: string;
  readonly severity: "info" | "minor" | "major" | "critical" | "blocker";
  readonly fingerprint: string;
  readonly file: string;
  readonly line: number;
}

function issue({ name, description, severity, fingerprint, file, line }: IssueFacts) {
  return {
    type: "issue",
    check_name: forText(name),
    description,
    categories: ["Bug Risk"],
    severity,
    fingerprint,
    location: { path: forText(file), lines: { begin: line } },
  };
}

/** The format knows no waiver and no signature: what is waived only informs, what can be signed is not quite a blocker. */
function severityOf({ level, signatures, waiver }: ReportedFinding): IssueFacts["severity"] {
  if (waiver !== null || level === "note") return "info";
  if (level === "warning") return "minor";
  return signatures === undefined ? "blocker" : "critical";
}

/** An input without a verdict stops the pipeline too. */
function toIssueOfError({ code, input = "-", message, hint, address }: ReportedError) {
  const identity = JSON.stringify([code, input, address ?? null]);
  return issue({
    name: code,
    description: forText(hint === undefined ? message : `${message}. ${hint}`),
    severity: "blocker",
    fingerprint: createHash("sha256").update(identity).digest("hex"),
    file: relativePath(input),
    line: 1,
  });
}
