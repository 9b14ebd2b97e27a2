/** What somebody is about to sign for, in plain words: every object that ends, in which environment, until when. */

import type { PlanReport, Report, ReportedChange } from "../model/report.ts";
import type { Statement } from "../model/sign-off.ts";
import { Page } from "./pretty/page.ts";
import type { RenderOptions } from "./render-options.ts";
import { losesData, worstFirst } from "./severity.ts";
import { counted, formatLosses, formatRange } from "./wording/index.ts";

export function renderSigning(report: Report, statement: Statement, options: RenderOptions): string {
  const page = new Page(options);
  const signed = new Set(statement.plans.map(({ digest }) => digest));
  const lines = [
    ...page.block("", `You sign as ${statement.signer} for this, until ${statement.expiresAt}:`, page.paint.bold),
    ...report.plans.filter(({ digest }) => signed.has(digest)).flatMap((plan) => planLines(plan, page)),
    ...unliftable(report, page),
    "",
    ...page.block("  ", "It counts for these very objects or fewer of them, and for nothing that ends beyond them."),
  ];
  return `${lines.join("\n")}\n`;
}

function planLines(plan: PlanReport, page: Page): string[] {
  const { input, environment, changes, totals, fingerprint } = plan;
  const where = environment === undefined ? "in no environment that the policy knows" : `in ${environment}`;
  const objects = worstFirst(changes);
  const data = totals.dataLoss.upper === 0 ? "" : `, ${formatRange(totals.dataLoss)} with data`;
  const { lower, upper } = totals.affected;
  const unknown = "; how many depend on what ends is not known";
  const depend = `; ${formatRange(totals.affected)} depend on what ends`;
  const others = upper === 0 ? "" : upper === null && lower === 0 ? unknown : depend;
  const number = objects.length === 1 ? "1 object ends" : `${counted(objects.length, "object")} end`;
  return [
    "",
    page.title(`${input}, ${where}: ${number}${data}${others}`),
    ...objects.flatMap((change) => page.row(markOf(change), nameOf(change), 0, formatLosses(change), page.paint.red)),
    ...page.block("    ", `fingerprint ${fingerprint}`, page.paint.grey),
  ];
}

function markOf(change: ReportedChange): string {
  return losesData(change) ? "  ✖ " : change.counted ? "  ! " : "  · ";
}

function nameOf({ address, deposed }: ReportedChange): string {
  return deposed === undefined ? address : `${address} (deposed ${deposed})`;
}

/** Whoever signs should know what their name does not help against. */
function unliftable({ findings }: Report, page: Page): string[] {
  const hard = findings.filter(({ level, signatures }) => level === "error" && signatures === undefined);
  if (hard.length === 0) return [];
  const sentences = hard.flatMap(({ message, ruleId }) => page.block("  ✖ ", `${message} [${ruleId}]`));
  return ["", page.title("No signature lifts"), ...sentences];
}
