/** What a person reads: the verdict, the limits, what would be lost, why, and what could not be seen. */

import type { Report, ReportedFinding } from "../../model/report.ts";
import type { RenderOptions } from "../render-options.ts";
import { isEnding } from "../severity.ts";
import { atLocation, gapsIn, waivedText } from "../wording/index.ts";
import { causes } from "./causes.ts";
import { headline } from "./headline.ts";
import { help } from "./help.ts";
import { limitTables } from "./limits.ts";
import { losses, otherChanges } from "./losses.ts";
import { Page } from "./page.ts";
import { signatures, whoIsMissing } from "./signatures.ts";

export function renderPretty(report: Report, options: RenderOptions): string {
  const page = new Page(options);
  const head = [...headline(report, page), ...whoIsMissing(report, page)];
  const parts = options.verbosity === "quiet" ? [] : sections(report, page);
  const shown = parts.filter((part) => part.length > 0).flatMap((part) => ["", ...part]);
  return `${[...head, ...shown].join("\n")}\n`;
}

function sections(report: Report, page: Page): string[][] {
  const { plans, verdict } = report;
  const several = plans.length > 1;
  const table = verdict === "undecided" || (verdict === "pass" && !page.verbose) ? [] : limitTables(report, page);
  const details = plans.flatMap((plan) => [
    losses(plan, several, page),
    causes(plan, page),
    help(plan, page),
    page.verbose ? otherChanges(plan, page) : [],
  ]);
  return [
    table,
    signatures(report, page),
    ...details,
    otherFindings(report.findings, page),
    waivedFindings(report.findings, page),
    notSeen(report, page),
    policyBase(report, page),
  ];
}

/** Recreated environments stand in the table, with the limits, and what would help has a section of its own. */
const ELSEWHERE: ReadonlySet<string> = new Set(["environment-recreated", "avoidable-destruction"]);

/** Findings of rules, where they do not stand elsewhere. */
function otherFindings(findings: readonly ReportedFinding[], page: Page): string[] {
  const { red, amber, grey } = page.paint;
  return findings
    .filter(({ ruleId, waiver }) => !ruleId.startsWith("limit-") && !ELSEWHERE.has(ruleId) && waiver === null)
    .filter(({ level }) => page.verbose || level !== "note")
    .flatMap(({ message, ruleId, level, remediation, location }) => {
      const mark = { error: "  ✖ ", warning: "  ! ", note: "  · " }[level];
      const style = { error: red, warning: amber, note: grey }[level];
      const help = remediation === null || level === "note" ? [] : page.block("    ", remediation, grey);
      return [...page.block(mark, `${message} [${ruleId}]${atLocation(location)}`, undefined, style), ...help];
    });
}

/** What would have counted, and somebody answers for: listed whatever the verdict is. */
function waivedFindings(findings: readonly ReportedFinding[], page: Page): string[] {
  const lines = findings.flatMap(({ message, ruleId, waiver }) => {
    if (waiver === null) return [];
    return [
      ...page.block("  ~ ", `${message} [${ruleId}]`, undefined, page.paint.grey),
      ...page.block("    ", waivedText(waiver), page.paint.grey),
    ];
  });
  return lines.length === 0 ? [] : [page.title("Waived"), ...lines];
}

/** Whoever edits the policy and looks for the effect wants to know that the base's was asked. */
function policyBase({ policy: { base } }: Report, page: Page): string[] {
  return base === undefined
    ? []
    : page.block("  ", `policy from ${base.ref}@${base.commit.slice(0, 7)}`, page.paint.grey);
}

/** What is said even where nothing ends: the input itself was not what it should be. */
const OF_THE_INPUT: ReadonlySet<string> = new Set([
  "surrounding-text",
  "no-format-version",
  "no-resource-changes",
  "source-incomplete",
  "source-not-compared",
]);

/** Whenever something ends, since a blind spot may hide more of it. */
function notSeen({ plans, authorship }: Report, page: Page): string[] {
  const ending = page.verbose || plans.some(({ changes }) => changes.some(isEnding));
  const spots = new Set([
    ...(ending ? gapsIn(authorship).map((gap) => `Of the author: ${gap}.`) : []),
    ...plans.flatMap((plan) => [
      ...plan.incompleteReasons.map((reason) => `The plan is not the whole change: ${reason}.`),
      ...plan.blindSpots
        .filter(({ code }) => page.verbose || plan.changes.some(isEnding) || OF_THE_INPUT.has(code))
        .map(({ message }) => message),
    ]),
  ]);
  if (spots.size === 0) return [];
  return [page.title("Not seen"), ...[...spots].flatMap((spot) => page.block("  · ", spot))];
}
