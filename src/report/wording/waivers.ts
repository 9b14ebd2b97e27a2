/** Waivers in words. */

import type { Finding } from "../../model/finding.ts";
import type { ReportedFinding } from "../../model/report.ts";
import { counted } from "./numbers.ts";

type VoidWaiver = Extract<Finding, { ruleId: "expired-waiver" | "overlong-waiver" }>;

export function waiverMessage(finding: VoidWaiver): string {
  const { rule, address, fingerprint = "", owner, expires } = finding.void;
  const waiver = `the waiver of ${rule} for ${address ?? `the plan ${fingerprint.slice(0, 12)}`}`;
  if (finding.ruleId === "expired-waiver") return `${waiver} by ${owner} ended at ${expires} and no longer counts`;
  return `${waiver} by ${owner} runs until ${expires}, more than ${counted(finding.mostDays, "day")} ahead, and does not count`;
}

export function waiverRemedy({ ruleId }: VoidWaiver): string {
  return ruleId === "expired-waiver"
    ? "Take it out of the config, or renew it if its reason still holds."
    : "Give it an earlier end: a waiver is for what will be mended.";
}

/** `waived by @owner until 2026-03-01T00:00:00Z`; the reason stands beside it where there is room. */
export function formatWaiver({ owner, expires }: NonNullable<ReportedFinding["waiver"]>): string {
  return `waived by ${owner} until ${expires}`;
}
