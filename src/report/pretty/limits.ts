/** Limits with limit and actual side by side, and whether signatures lift what is over. */

import type { Range } from "../../model/bounds.ts";
import { LIMIT_NAMES, type LimitName } from "../../model/policy.ts";
import type { PlanReport, Report, ReportedFinding } from "../../model/report.ts";
import { forTerminal } from "../escape.ts";
import { shorten } from "../layout.ts";
import {
  counted,
  formatCount,
  formatLimit,
  formatPercent,
  formatRange,
  formatShare,
  limitLabel,
} from "../wording/index.ts";
import type { Page } from "./page.ts";

interface Row {
  readonly label: string;
  readonly allowed: string;
  readonly actual: string;
  readonly finding: ReportedFinding | undefined;
}

/** One table for a plan; with several plans one for each that is over a limit, and one for all together. */
export function limitTables(report: Report, page: Page): string[] {
  const { plans, findings } = report;
  const [only] = plans;
  if (only && plans.length === 1) return table(planRows(report, only, true), page, "this plan");
  const own = plans.flatMap((plan) =>
    titled(plan.input, table(planRows(report, plan, false), page, "this plan"), page),
  );
  const together = findings.filter(({ input, ruleId }) => input === undefined && ruleId.startsWith("limit-"));
  return [...own, ...titled("all plans together", table(together.map(findingRow), page, "together"), page)].slice(1);
}

function titled(title: string, lines: readonly string[], page: Page): string[] {
  return lines.length === 0 ? [] : ["", page.title(title), ...lines];
}

function table(rows: readonly Row[], page: Page, heading: string): string[] {
  if (rows.length === 0) return [];
  const head: Row = { label: "Limit", allowed: "allowed", actual: heading, finding: undefined };
  const all = [head, ...rows];
  const widest = (cell: (row: Row) => string): number => Math.max(...all.map((row) => cell(row).length));
  const allowed = widest((row) => row.allowed);
  const actual = widest((row) => row.actual);
  const marks = Math.max(0, ...rows.map(({ finding }) => (finding ? markOf(finding).length + 2 : 0)));
  const cells = allowed + actual + 8;
  // Where a label would have to be cut for the mark behind it, the mark goes to a line of its own.
  const stacked = page.width - cells - marks < widest((row) => row.label);
  const label = Math.min(
    widest((row) => row.label),
    page.width - cells,
  );
  return all.flatMap((row) => {
    const name = shorten(row.label, label).padEnd(label);
    const line = `  ${name}   ${row.allowed.padStart(allowed)}   ${row.actual.padStart(actual)}`;
    if (row === head) return page.paint.grey(line);
    if (row.finding === undefined) return line;
    return stacked ? [line, `    ${painted(row.finding, page)}`] : `${line}  ${painted(row.finding, page)}`;
  });
}

function painted(finding: ReportedFinding, page: Page): string {
  const { red, amber } = page.paint;
  return (finding.level === "error" && finding.signatures === undefined ? red : amber)(markOf(finding));
}

function markOf({ level, signatures, ruleId }: ReportedFinding): string {
  if (level !== "error") return "! reported";
  if (signatures !== undefined) return `✖ ${counted(signatures, "signature")} missing`;
  return ruleId === "environment-recreated" ? "✖ no signature lifts this" : "✖";
}

const RULE_OF: Readonly<Record<LimitName, string>> = {
  dataLoss: "limit-data-loss",
  ended: "limit-ended",
  affected: "limit-affected",
  share: "limit-share",
  score: "limit-score",
};

/** Rows of one plan: all limits in force, or only those that are exceeded. */
function planRows({ policy, findings }: Report, plan: PlanReport, all: boolean): Row[] {
  const about = findings.filter(({ input }) => input === plan.input);
  const own = about.filter(({ environment }) => environment === plan.environment);
  const parts = about.filter((finding) => isLimit(finding) && finding.environment !== plan.environment);
  const limits = LIMIT_NAMES.flatMap((name): Row[] => {
    const finding = own.find(({ ruleId }) => ruleId === RULE_OF[name]);
    // The environment's own limit, when it is the one that was exceeded.
    const limit = finding?.limit ?? policy.limits[name];
    const tooSmall = name === "share" && plan.existing < 20;
    if (limit === undefined || limit === "off" || (finding === undefined && (!all || tooSmall))) return [];
    const label = forTerminal(limitLabel(name, plan.environment));
    return [{ label, allowed: formatLimit(name, limit), actual: rangeOf(name, plan), finding }];
  });
  const recreated = own.find(({ ruleId }) => ruleId === "environment-recreated");
  const row = { label: "environment recreated", allowed: "no", actual: "yes", finding: recreated };
  return [...limits, ...parts.map(findingRow), ...(recreated ? [row] : [])];
}

function isLimit({ ruleId }: ReportedFinding): boolean {
  return ruleId.startsWith("limit-");
}

function rangeOf(name: LimitName, plan: PlanReport): string {
  if (name === "share") return formatShare(plan.share);
  const range: Range = plan.totals[name];
  return range.upper === null && range.lower === 0 ? "unknown" : formatRange(range);
}

function findingRow(finding: ReportedFinding): Row {
  const { ruleId, limit = 0, actual = null, environment } = finding;
  const name = LIMIT_NAMES.find((candidate) => RULE_OF[candidate] === ruleId) ?? "ended";
  const inside = environment === undefined || name === "share" ? "" : ` in ${environment}`;
  const shown = name === "share" ? formatPercent : formatCount;
  return {
    label: forTerminal(`${limitLabel(name, environment)}${inside}`),
    allowed: formatLimit(name, limit),
    actual: actual === null ? "unknown" : shown(actual),
    finding,
  };
}
