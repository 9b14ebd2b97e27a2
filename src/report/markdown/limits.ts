/** The table of limits: limit and actual side by side, and what lifts each. With several plans, a row a plan before that. */

import type { PlanReport } from "../../model/report.ts";
import { type LimitRow, planRows, togetherRows } from "../limit-rows.ts";
import { counted, formatCount, formatRange } from "../wording/index.ts";
import type { Part } from "./fit.ts";
import type { Sheet } from "./sheet.ts";

export function limitTable(sheet: Sheet): Part[] {
  const { report } = sheet;
  const { plans, verdict } = report;
  if (verdict === "undecided") return [];
  const [only] = plans;
  if (only && plans.length === 1) return table(sheet, "this change", planRows(report, only, true));
  return [...planTable(sheet), ...table(sheet, "together", togetherRows(report))];
}

const MANY = 1_000_000_000;

/** A row a plan, the worst first. */
function planTable({ report, code }: Sheet): Part[] {
  const worst = ({ totals, existing }: PlanReport): number =>
    existing === 0 ? 0 : (totals.dataLoss.upper ?? MANY) * MANY + (totals.ended.upper ?? MANY);
  const rows = [...report.plans].sort((left, right) => worst(right) - worst(left));
  return [
    {
      head: ["| plan | ends | of | hold data | over its limits |", "|---|---:|---:|---:|---|"],
      items: rows.map((plan) => {
        const { input, totals, existing } = plan;
        const over = planRows(report, plan, false).filter(({ finding }) => finding !== undefined);
        const cells = [code(input), formatRange(totals.ended), formatCount(existing), formatRange(totals.dataLoss)];
        return `| ${[...cells, over.length === 0 ? "" : `${formatCount(over.length)}`].join(" | ")} |`;
      }),
      tail: [""],
      least: 10,
      rest: (hidden) => `| … ${counted(hidden, "more plan")} | | | | |`,
    },
  ];
}

function table({ prose }: Sheet, heading: string, rows: readonly LimitRow[]): Part[] {
  if (rows.length === 0) return [];
  const cells = rows.map(({ label, allowed, actual, finding }) => {
    const shown = finding === undefined ? prose(actual) : `**${prose(actual)}**`;
    return `| ${prose(label)} | ${prose(allowed)} | ${shown} | ${liftOf(finding)} |`;
  });
  return [
    {
      head: [`| limit | allowed | ${heading} | lifted by |`, "|---|---:|---:|---|"],
      items: cells,
      tail: [""],
      least: 10,
      rest: (hidden) => `| … ${counted(hidden, "more limit")} | | | |`,
    },
  ];
}

function liftOf(finding: LimitRow["finding"]): string {
  if (finding === undefined) return "";
  if (finding.waiver !== null) return "a waiver";
  if (finding.level !== "error") return "only reported";
  return finding.signatures === undefined ? "nothing" : counted(finding.signatures, "signature");
}
