/** What is said of the policy itself: what it protects, when it holds, who changes it and who answers for what. */

import type { Finding } from "../../model/finding.ts";
import type { Waiver } from "../../model/policy.ts";
import type { ReportedFinding } from "../../model/report.ts";
import { counted, formatCount, formatRange, listed } from "./numbers.ts";

const OF_POLICY = [
  "protected-by-policy",
  "change-freeze",
  "ephemeral-environment",
  "policy-changed",
  "policy-added",
  "expired-waiver",
  "overlong-waiver",
] as const;

type PolicyFinding = Extract<Finding, { ruleId: (typeof OF_POLICY)[number] }>;

export function isOfPolicy(finding: Finding): finding is PolicyFinding {
  return OF_POLICY.some((id) => id === finding.ruleId);
}

export function policyMessage(finding: PolicyFinding): string {
  switch (finding.ruleId) {
    case "protected-by-policy": {
      const by = { address: "its address", type: "its type", tag: "its tag" }[finding.by];
      return `${finding.address} ends, which the policy protects by ${by} (${finding.pattern})`;
    }
    case "change-freeze": {
      const until = finding.until === undefined ? "" : ` until ${finding.until}`;
      return `nothing is to ${finding.changes === "all" ? "change" : "end"}${until}: ${finding.name}`;
    }
    case "ephemeral-environment": {
      const { ended, environment = "the environment" } = finding;
      return `${formatRange(ended)} ${ended.upper === 1 ? "object ends" : "objects end"} in ${environment}, which comes and goes`;
    }
    case "policy-changed":
      return `the change edits what it is judged by: ${listed(finding.paths, 4)}; ${finding.ref} holds until it is merged`;
    case "policy-added":
      return `${finding.ref} has no policy yet, so recommended holds; the change brings ${listed(finding.paths, 4)}`;
    case "expired-waiver":
      return `${named(finding.void)} ended at ${finding.void.expires} and no longer counts`;
    case "overlong-waiver":
      return `${named(finding.void)} runs until ${finding.void.expires}, more than ${counted(finding.mostDays, "day")} ahead, and does not count`;
  }
}

function named({ rule, address, fingerprint = "", owner }: Waiver): string {
  return `the waiver of ${rule} for ${address ?? `the plan ${fingerprint.slice(0, 12)}`} by ${owner}`;
}

/** `sign` says who could lift it, if anybody. */
export function policyRemedy({ ruleId }: PolicyFinding, sign: string): string | null {
  switch (ruleId) {
    case "protected-by-policy":
      return `Keep it, or take it out of "protected" in a change of its own first.${sign}`;
    case "change-freeze":
      return `Wait until it is over.${sign}`;
    case "policy-changed":
      return `Put it into a change of its own, for somebody else to look at.${sign}`;
    case "ephemeral-environment":
    case "policy-added":
      return null;
    case "expired-waiver":
      return "Take it out of the config, or renew it if its reason still holds.";
    case "overlong-waiver":
      return "Give it an earlier end: a waiver is for what will be mended.";
  }
}

type CustomOnes = Extract<Finding, { ruleId: `custom/${string}` }>;
type OwnOnes = CustomOnes | Extract<Finding, { ruleId: `rego/${string}` }>;

/** Whether a rule of the config found it, which words it itself. */
export function isOwn(finding: Finding): finding is OwnOnes {
  return finding.ruleId.startsWith("custom/") || finding.ruleId.startsWith("rego/");
}

export function ownMessage(finding: OwnOnes): string {
  return "message" in finding ? finding.message : customMessage(finding);
}

/** @param sign what a signature would do about it */
export function ownRemedy(finding: OwnOnes, sign: string): string | null {
  return "remedy" in finding && finding.remedy !== undefined ? `${finding.remedy}${sign}` : null;
}

function customMessage(finding: CustomOnes): string {
  const { description } = finding;
  if ("limit" in finding)
    return `${description}: ${formatCount(finding.actual)}, where ${formatCount(finding.limit)} ${finding.limit === 1 ? "is" : "are"} allowed`;
  return `${finding.address}: ${description}${finding.notEvaluated ? " (the rule could not be evaluated here, so it counts)" : ""}`;
}

/** `waived by OWNER until 2026-03-01T00:00:00Z: REASON`. */
export function waivedText({ owner, expires, reason }: NonNullable<ReportedFinding["waiver"]>): string {
  return `waived by ${owner} until ${expires}: ${reason}`;
}
