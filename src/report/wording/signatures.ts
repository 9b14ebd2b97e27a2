/** Signatures in words: who, when, for what, and why not. */

import type { Report, ReportedFinding } from "../../model/report.ts";
import type { Signature } from "../../model/sign-off.ts";
import { counted } from "./numbers.ts";

/** `1 of 2 signatures (@LOGIN, 2 h ago, for exactly this)`; empty when nothing that was handed in counts. */
export function signaturesInBrief({ findings, signatures, asOf }: Report): string {
  const counting = signatures.filter(({ counts }) => counts);
  if (counting.length === 0) return "";
  const who = counting.map((signature) => signatureInBrief(signature, asOf)).join("; ");
  const open = furthestFromSigned(findings);
  const number =
    open === undefined
      ? counted(counting.length, "signature")
      : `${open.signed ?? 0} of ${counted(open.signatures ?? 0, "signature")}`;
  return `${number} (${who})`;
}

/** The finding that waits for most people; `undefined` when none does. */
export function furthestFromSigned(findings: readonly ReportedFinding[]): ReportedFinding | undefined {
  const waiting = findings.filter(({ level, signatures }) => level === "error" && signatures !== undefined);
  return waiting.sort((left, right) => missingIn(right) - missingIn(left))[0];
}

/** People who are still to sign. */
export function missingIn({ signatures = 0, signed = 0 }: ReportedFinding): number {
  return signatures - signed;
}

function signatureInBrief(signature: Signature, asOf: string): string {
  return [signature.signer, agoOf(signature.signedAt, asOf), scopeOf(signature)]
    .filter((word) => word !== "")
    .join(", ");
}

function scopeOf({ channel, plans }: Signature): string {
  if (channel === "review") return "on this commit";
  return plans.every(({ exactly }) => exactly) ? "for exactly this" : "for more than this";
}

function agoOf(time: string | undefined, asOf: string): string {
  const minutes = time === undefined ? Number.NaN : Math.round((Date.parse(asOf) - Date.parse(time)) / 60_000);
  if (Number.isNaN(minutes)) return "";
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h ago` : `${Math.round(minutes / 1440)} d ago`;
}

/** Whether it counts and for how long, or why not. */
export function describeSignature(signature: Signature, asOf: string, several: boolean): string {
  const { counts, reason, plans, expiresAt, file } = signature;
  const when = agoOf(signature.signedAt, asOf);
  const ago = when === "" ? "" : ` (${when})`;
  const from = file === undefined ? "" : ` [${file}]`;
  if (!counts) return `does not count: ${reason ?? "it is for another plan"}${ago}${from}`;
  const where = several ? `, for ${plans.map(({ input }) => input).join(", ")}` : "";
  const until = expiresAt === undefined ? "" : `, until ${expiresAt}`;
  return `signed ${scopeOf(signature)}${where}${ago}${until}${from}`;
}
