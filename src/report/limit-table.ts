/** Limits with limit and actual side by side. */

import { LIMIT_NAMES, type LimitName } from "../model/policy.ts";
import type { PlanReport, Report, ReportedFinding } from "../model/report.ts";
import { forTerminal } from "./escape.ts";
import type { Paint } from "./paint.ts";
import { counted, formatCount, formatLimit, formatPercent, formatRange, formatShare, limitLabel } from "./wording.ts";

interface Row {
  readonly label: string;
  readonly allowed: string;
  readonly actual: string;
  readonly finding: ReportedFinding | undefined;
}

/** One row a limit in force for a single plan; for several plans, one row a limit that is exceeded. */
export function limitTable(report: Report, paint: Paint): string[] {
  const [only] = report.plans;
  const rows = report.plans.length === 1 && only ? planRows(report, only) : findingRows(report);
  if (rows.length === 0) return [];
  const head: Row = {
    label: "Limit",
    allowed: "allowed",
    actual: report.plans.length === 1 ? "this plan" : "actual",
    finding: undefined,
  };
  const widths = (["label", "allowed", "actual"] as const).map((name) =>
    Math.max(...[head, ...rows].map((row) => row[name].length)),
  );
  const [label = 0, allowed = 0, actual = 0] = widths;
  return [head, ...rows].map((row) => {
    const cells = `  ${row.label.padEnd(label)}   ${row.allowed.padStart(allowed)}   ${row.actual.padStart(actual)}`;
    if (row === head) return paint.grey(cells);
    return row.finding === undefined ? cells : `${cells}   ${mark(row.finding, paint)}`;
  });
}

function mark({ level, signatures }: ReportedFinding, paint: Paint): string {
  if (level !== "error") return paint.amber("! reported only");
  return signatures === undefined
    ? paint.red("✖")
    : paint.amber(`✖ unless ${counted(signatures, "person signs", "people sign")}`);
}

const RULE_OF: Readonly<Record<LimitName, string>> = {
  dataLoss: "limit-data-loss",
  ended: "limit-ended",
  affected: "limit-affected",
  share: "limit-share",
  score: "limit-score",
};

function planRows({ policy, findings }: Report, plan: PlanReport): Row[] {
  return LIMIT_NAMES.flatMap((name) => {
    const finding = findings.find(({ ruleId }) => ruleId === RULE_OF[name]);
    // The environment's own limit, when it is the one that was exceeded.
    const limit = finding?.limit ?? policy.limits[name];
    if (limit === undefined || limit === "off") return [];
    const range = name === "share" ? plan.share : plan.totals[name];
    const small = name === "share" && finding === undefined && plan.existing < 20;
    return small
      ? []
      : [
          {
            label: forTerminal(limitLabel(name, plan.environment)),
            allowed: formatLimit(name, limit),
            actual: name === "share" ? formatShare(range) : formatRange(range),
            finding,
          },
        ];
  });
}

function findingRows({ findings }: Report): Row[] {
  return findings
    .filter(({ ruleId }) => ruleId.startsWith("limit-"))
    .map((finding) => {
      const name = LIMIT_NAMES.find((limit) => RULE_OF[limit] === finding.ruleId) ?? "ended";
      const where = finding.input ?? "all plans";
      return {
        label: forTerminal(`${where}: ${limitLabel(name, finding.environment)}`),
        allowed: formatLimit(name, finding.limit ?? 0),
        actual: formatFound(name, finding.actual ?? null),
        finding,
      };
    });
}

function formatFound(name: LimitName, actual: number | null): string {
  if (actual === null) return "unknown";
  return name === "share" ? formatPercent(actual) : formatCount(actual);
}
