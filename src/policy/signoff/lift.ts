/** What signatures do to findings: one that has all it asks for is still seen, and no longer in the way. */

import type { Authorship } from "../../model/authorship.ts";
import type { Finding } from "../../model/finding.ts";
import type { ReviewedReport } from "../../model/reviewed.ts";
import type { Participants, SignOffEvidence } from "../../model/sign-off.ts";
import type { openBook, SignatureBook } from "./book.ts";

/** What was handed in beside the plans. */
export interface Signing {
  readonly evidence: SignOffEvidence;
  /** Absent where nobody has signed and nothing is known of the change. */
  readonly participants?: Participants | undefined;
  /** Counts signatures; handed in with the participants, since most runs have none to count. */
  readonly openBook?: typeof openBook;
  /** The report that people looked at before: what ends beyond it is a finding. */
  readonly reviewed?: ReviewedReport | undefined;
  /** RFC 3339 in UTC. */
  readonly asOf: string;
}

export function signed(
  finding: Finding,
  book: SignatureBook,
  authorship: Authorship,
  participants: Participants | undefined,
): Finding {
  if (finding.level !== "error" || finding.signatures === undefined) return finding;
  const oneMore = isOperatorUnknown(authorship, participants);
  const signatures = finding.signatures + (oneMore ? 1 : 0);
  const signers = book.signersOf(finding);
  const counted: Finding = {
    ...finding,
    signatures,
    ...(oneMore && { oneMore }),
    ...(signers > 0 && { signed: signers }),
  };
  return isSigned(counted) ? { ...counted, level: "warning" } : counted;
}

export function isSigned({ signatures, signed: signers = 0 }: Finding): boolean {
  return signatures !== undefined && signers >= signatures;
}

/** Whoever set an agent to work is no second person; where nobody is named, one of the signers may be that person. */
function isOperatorUnknown({ kind }: Authorship, participants: Participants | undefined): boolean {
  if (participants === undefined || participants.unknown !== undefined) return false;
  return (kind === "agent" || kind === "mixed") && participants.people.length === 0;
}
