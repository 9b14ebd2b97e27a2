/** Whether whoever signs is somebody else than those who took part. Where nobody can tell, it counts for nothing. */

import type { Participants } from "../../model/sign-off.ts";
import type { People } from "./people.ts";

/** Why a person's signature does not count, as a sentence; `undefined` when the person is somebody else. */
export function whyNotIndependent(
  signer: string,
  person: string,
  people: People,
  { people: participants, unknown }: Participants,
): string | undefined {
  if (unknown !== undefined)
    return `${unknown}, so nobody can tell that ${signer} did not write it; give --base, or --evidence with the commits`;
  for (const participant of participants) {
    const other = people.isSomebodyElse(person, participant);
    const name = participant.join(", ");
    if (other === false)
      return `${signer} took part in this change as ${name} (author, committer or operator), and nobody signs for their own`;
    if (other === undefined) return `nobody can tell whether ${signer} is ${name}, who took part; ${LIST_NAMES}`;
  }
  return undefined;
}

export const LIST_NAMES = "list the login and the addresses of each signer under signOff.team";
