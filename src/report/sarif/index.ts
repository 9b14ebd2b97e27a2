/**
 * SARIF 2.1.0 for code scanning. Source: OASIS SARIF 2.1.0, and GitHub's "SARIF support for code scanning": it takes 25,000
 * results of a run and shows 5,000; fingerprints are looked for under `primaryLocationLineHash`.
 */

import type { Report } from "../../model/report.ts";
import { forText, toJson } from "../escape.ts";
import { identified } from "../findings.ts";
import { ruleSentence } from "../wording/rules.ts";
import { notifications } from "./notifications.ts";
import { toResult } from "./result.ts";

const MOST_RESULTS = 5_000;

export function renderSarif(report: Report): string {
  const all = identified(report.findings);
  const shown = all.slice(0, MOST_RESULTS);
  const ids = [...new Set(shown.map(({ finding }) => finding.ruleId))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "firebreak", version: report.tool.version, rules: ids.map(toRule) },
        },
        invocations: [
          {
            executionSuccessful: report.errors.length === 0,
            toolExecutionNotifications: notifications(report, all.length - shown.length),
          },
        ],
        columnKind: "utf16CodeUnits",
        results: shown.map((one) => toResult(report, one, ids)),
        properties: { verdict: report.verdict, asOf: report.asOf },
      },
    ],
  };
  return `${toJson(log, 2)}\n`;
}

function toRule(id: string) {
  const text = ruleSentence(id);
  return {
    id: forText(id),
    name: forText(id),
    shortDescription: { text },
    fullDescription: { text },
    help: { text: `${text} Limits and rules are set in firebreak.yaml.` },
    properties: { tags: ["infrastructure", "destruction"] },
  };
}
