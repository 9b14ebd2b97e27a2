/** Who wrote the change: the door of this folder. Evidence is handed in; nothing here reads the process, a file or a clock. */

import type { Authorship } from "../model/authorship.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Participants } from "../model/sign-off.ts";
import { collect } from "./collect.ts";
import { judge } from "./judge.ts";
import type { AuthorshipRequest } from "./request.ts";

export { parseActor } from "./claim.ts";
export type { Involved } from "./lines/judge.ts";
export type { AuthorshipRequest } from "./request.ts";
export { strictestAuthorship } from "./strictest.ts";

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

/** What tells commits apart by what they edit: loaded only where there is source and git to do so. */
export async function lines() {
  const [{ attribute }, { judgeLines }, { writerFinder }, { remainingPlace }] = await Promise.all([
    import("./lines/attribute.ts"),
    import("./lines/judge.ts"),
    import("./lines/writers.ts"),
    import("./lines/remaining.ts"),
  ]);
  return { attribute, judgeLines, writerFinder, remainingPlace };
}
