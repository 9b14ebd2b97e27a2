/** Findings as formats for programs need them: each with an identity of its own, and said in full. */

import { createHash } from "node:crypto";
import type { Report, ReportedFinding } from "../model/report.ts";
import { byDependents, losesData, worstFirst } from "./severity.ts";
import { isBlockGone, listed, writtenText } from "./wording/index.ts";
import { waivedText } from "./wording/policy.ts";

export interface IdentifiedFinding {
  readonly finding: ReportedFinding;
  /** The finding's own fingerprint; where several findings share one, only the first keeps it. Stable over runs. */
  readonly fingerprint: string;
}

export function identified(findings: readonly ReportedFinding[]): IdentifiedFinding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const before = seen.get(finding.fingerprint) ?? 0;
    seen.set(finding.fingerprint, before + 1);
    if (before === 0) return { finding, fingerprint: finding.fingerprint };
    const own = createHash("sha256").update(`${finding.fingerprint} ${before}`).digest("hex");
    return { finding, fingerprint: own };
  });
}

const MOST_NAMED = 3;

/** What it says, which objects are the worst, what would help, who waived it. Nothing is escaped yet. */
export function saidInFull(report: Report, finding: ReportedFinding): string {
  const { message, remediation, waiver } = finding;
  const worst = worstNames(report, finding);
  return [
    `${message}.`,
    ...originOf(report, finding),
    ...(worst.length === 0 ? [] : [`The worst: ${listed(worst, MOST_NAMED)}.`]),
    ...(remediation === null || waiver !== null ? [] : [remediation]),
    ...(waiver === null ? [] : [`It is ${waivedText(waiver)}`]),
  ].join(" ");
}

/** A line that is gone can be shown nowhere: it is said. */
function originOf({ plans }: Report, { input, address, location }: ReportedFinding): string[] {
  const plan = plans.find((one) => one.input === input);
  const change = plan?.changes.find((one) => one.address === address);
  const text = change && writtenText(change);
  if (change === undefined || text === undefined) return [];
  const beside = isBlockGone(change) && location !== null ? "; what this points at is what stands there now" : "";
  return [`${text.charAt(0).toUpperCase()}${text.slice(1)}${beside}.`];
}

/** A limit speaks of a number: the objects behind it are what people look for. */
function worstNames({ plans }: Report, { ruleId, input }: ReportedFinding): string[] {
  if (!ruleId.startsWith("limit-")) return [];
  const changes = plans.filter((plan) => input === undefined || plan.input === input).flatMap((plan) => plan.changes);
  const counted = changes.filter((change) => change.counted && (ruleId !== "limit-data-loss" || losesData(change)));
  const order = ruleId === "limit-affected" ? byDependents : worstFirst;
  return order(counted).map(({ address }) => address);
}

/** Where a finding is to be looked for: in the source, else in the plan that it is about. */
export function placeOf(report: Report, { location, input }: ReportedFinding): { file: string; line: number } {
  return location ?? { file: relativePath(input ?? report.plans[0]?.input ?? "-"), line: 1 };
}

/** A path as programs compare it: with slashes, without `./`. What is no file (`cfn://...`) becomes a path like one. */
export function relativePath(input: string): string {
  const path = input.replaceAll("\\", "/").replace(/^([a-z][a-z0-9+.-]+):\/\//i, "$1/");
  return path.replace(/^(\.\/)+/, "") || "-";
}
