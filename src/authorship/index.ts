/** Who wrote the change: the door of this folder. Evidence is handed in; nothing here reads the process, a file or a clock. */

import type { Authorship } from "../model/authorship.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Participants } from "../model/sign-off.ts";
import type { ActorClaim } from "./claim.ts";
import { collect } from "./collect.ts";
import type { OwnProcess } from "./collected.ts";
import { judge } from "./judge.ts";

export { baseInCi } from "./ci-variables.ts";
export { type ActorClaim, parseActor } from "./claim.ts";
export type { OwnProcess } from "./collected.ts";
export { strictestAuthorship } from "./strictest.ts";

export interface AuthorshipRequest {
  readonly evidence?: Evidence | undefined;
  /** What `--actor` says. */
  readonly claim?: ActorClaim | undefined;
  /** The process that judges. */
  readonly own?: OwnProcess | undefined;
  /** Fingerprints of keys that people hold: what they sign is attested. */
  readonly humanKeys?: readonly string[] | undefined;
}

/** The judgement on the author. Where nothing is known the author is unknown: silence is not a human. */
export async function judgeAuthorship({
  evidence = {},
  claim,
  own,
  humanKeys = [],
}: AuthorshipRequest): Promise<Authorship> {
  return judge(await collect(evidence, own, humanKeys), claim);
}

/** Who took part, for those who are to sign: a table is loaded for it, so ask only when somebody has signed. */
export async function participantsIn(evidence: Evidence = {}): Promise<Participants> {
  return (await import("./participants.ts")).findParticipants(evidence);
}
