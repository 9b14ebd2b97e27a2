/** Limits with limit and actual side by side, in words: what every format's table of limits holds. Nothing is escaped yet. */

import type { Range } from "../model/bounds.ts";
import { LIMIT_NAMES, type LimitName } from "../model/policy.ts";
import { limitsWithin, type PlanReport, type Report, type ReportedFinding } from "../model/report.ts";
import { formatCount, formatLimit, formatPercent, formatRange, formatShare, limitLabel } from "./wording/index.ts";

export interface LimitRow {
  /** Absent where it is no limit that is held against: a recreated environment. */
  readonly limit?: LimitName;
  readonly label: string;
  readonly allowed: string;
  readonly actual: string;
  /** The same as numbers, for a bar; a fraction for a share. Absent where it is no number that is limited. */
  readonly numbers?: { readonly limit: number; readonly actual: Range };
  /** Absent where the limit is kept. */
  readonly finding: ReportedFinding | undefined;
}

const RULE_OF: Readonly<Record<LimitName, string>> = {
  dataLoss: "limit-data-loss",
  ended: "limit-ended",
  affected: "limit-affected",
  share: "limit-share",
  score: "limit-score",
};

/** Below this a share says nothing, and is held to no limit. */
const SMALLEST_ENVIRONMENT = 20;

/** Rows of one plan: all limits in force, or only those that are exceeded. */
export function planRows({ policy, findings }: Report, plan: PlanReport, all: boolean): LimitRow[] {
  const about = findings.filter(({ input }) => input === plan.input);
  const own = about.filter(({ environment }) => environment === plan.environment);
  const parts = about.filter((finding) => isLimit(finding) && finding.environment !== plan.environment);
  const inForce = limitsWithin(policy, plan.environment);
  const limits = LIMIT_NAMES.flatMap((name): LimitRow[] => {
    const finding = own.find(({ ruleId }) => ruleId === RULE_OF[name]);
    const limit = finding?.limit ?? inForce[name];
    const tooSmall = name === "share" && plan.existing < SMALLEST_ENVIRONMENT;
    if (limit === undefined || limit === "off" || (finding === undefined && (!all || tooSmall))) return [];
    const label = limitLabel(name, plan.environment);
    const numbers = { limit, actual: name === "share" ? plan.share : plan.totals[name] };
    return [{ limit: name, label, allowed: formatLimit(name, limit), actual: rangeOf(name, plan), numbers, finding }];
  });
  const recreated = own.find(({ ruleId }) => ruleId === "environment-recreated");
  const row = { label: "environment recreated", allowed: "no", actual: "yes", finding: recreated };
  return [...limits, ...parts.map(findingRow), ...(recreated ? [row] : [])];
}

/** Limits that only several plans together exceed. */
export function togetherRows({ findings }: Report): LimitRow[] {
  return findings.filter((finding) => finding.input === undefined && isLimit(finding)).map(findingRow);
}

/** Whether it stands in a table of limits. */
export function isInTable(finding: ReportedFinding): boolean {
  return isLimit(finding) || finding.ruleId === "environment-recreated";
}

function isLimit({ ruleId }: ReportedFinding): boolean {
  return ruleId.startsWith("limit-");
}

function rangeOf(name: LimitName, plan: PlanReport): string {
  if (name === "share") return formatShare(plan.share);
  const range: Range = plan.totals[name];
  return range.upper === null && range.lower === 0 ? "unknown" : formatRange(range);
}

function findingRow(finding: ReportedFinding): LimitRow {
  const { ruleId, limit = 0, actual = null, environment } = finding;
  const name = LIMIT_NAMES.find((candidate) => RULE_OF[candidate] === ruleId) ?? "ended";
  const inside = environment === undefined || name === "share" ? "" : ` in ${environment}`;
  const shown = name === "share" ? formatPercent : formatCount;
  return {
    limit: name,
    label: `${limitLabel(name, environment)}${inside}`,
    allowed: formatLimit(name, limit),
    actual: actual === null ? "unknown" : shown(actual),
    numbers: { limit, actual: { lower: actual ?? 0, upper: actual } },
    finding,
  };
}
