/** Limits with limit and actual side by side, and whether signatures lift what is over. */

import type { Report, ReportedFinding } from "../../model/report.ts";
import { forTerminal } from "../for-terminal.ts";
import { shorten } from "../layout.ts";
import { type LimitRow, planRows, togetherRows } from "../limit-rows.ts";
import { counted } from "../wording/index.ts";
import type { Page } from "./page.ts";

/** One table for a plan; with several plans one for each that is over a limit, and one for all together. */
export function limitTables(report: Report, page: Page): string[] {
  const { plans } = report;
  const [only] = plans;
  if (only && plans.length === 1) return table(planRows(report, only, true), page, "this plan");
  const own = plans.flatMap((plan) =>
    titled(plan.input, table(planRows(report, plan, false), page, "this plan"), page),
  );
  return [...own, ...titled("all plans together", table(togetherRows(report), page, "together"), page)].slice(1);
}

function titled(title: string, lines: readonly string[], page: Page): string[] {
  return lines.length === 0 ? [] : ["", page.title(title), ...lines];
}

function table(named: readonly LimitRow[], page: Page, heading: string): string[] {
  if (named.length === 0) return [];
  const rows = named.map((row) => ({ ...row, label: forTerminal(row.label) }));
  const head: LimitRow = { label: "Limit", allowed: "allowed", actual: heading, finding: undefined };
  const all = [head, ...rows];
  const widest = (cell: (row: LimitRow) => string): number => Math.max(...all.map((row) => cell(row).length));
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
  if (finding.waiver !== null) return page.paint.grey(markOf(finding));
  return (finding.level === "error" && finding.signatures === undefined ? red : amber)(markOf(finding));
}

function markOf({ level, signatures, signed = 0, ruleId, waiver }: ReportedFinding): string {
  if (waiver !== null) return "~ waived";
  if (signatures !== undefined && signed >= signatures) return `✔ signed by ${counted(signed, "person", "people")}`;
  if (level !== "error") return "! reported";
  if (signatures !== undefined) return `✖ ${counted(signatures - signed, "signature")} missing`;
  return ruleId === "environment-recreated" ? "✖ no signature lifts this" : "✖";
}
