/** Reviews of the pull request as signatures: by members of the team, on the last commit, by somebody else. */

import type { Approval, Participants, Signatory } from "../../model/sign-off.ts";
import { whyNotIndependent } from "./independence.ts";
import type { People } from "./people.ts";

/** Why a review does not count, as a sentence; `undefined` when it does. */
export function whyReviewFails(
  review: Approval,
  participants: Participants,
  team: readonly Signatory[],
  people: People,
): string | undefined {
  const name = `@${review.login}`;
  if (review.state === "DISMISSED") return "it was dismissed";
  if (review.state !== "APPROVED") return `${name} asks for changes`;
  if (review.isProgram) return `${name} is a program or of an unknown kind, and only people sign`;
  const outside = whyOutside(review, team);
  if (outside !== undefined) return outside;
  const { head, openerUnknown, approvals } = participants;
  if (head === undefined) return "nobody can tell which commit of the change is the last one";
  if (review.commitId !== head)
    return `it was given for ${(review.commitId ?? "no commit").slice(0, 9)}, before the last push (${head.slice(0, 9)})`;
  const objection = approvals.find((other) => other.state === "CHANGES_REQUESTED" && isMember(other, team));
  if (objection !== undefined) return `@${objection.login} of the team asks for changes`;
  if (openerUnknown !== undefined) return `${openerUnknown}, so nobody can tell that it was not ${name}`;
  return whyNotIndependent(name, people.personOf(name), people, participants);
}

function whyOutside(review: Approval, team: readonly Signatory[]): string | undefined {
  if (team.length === 0) return "the policy names no team whose reviews count (signOff.team)";
  if (isMember(review, team)) return undefined;
  const renamed = team.some(({ login }) => sameLogin(login, review.login));
  const name = `@${review.login}`;
  return renamed
    ? `${name} is another account than the one of this name in signOff.team`
    : `${name} is not in the team that the policy names (signOff.team)`;
}

/** The number decides where the team gives one. */
function isMember({ login, id }: Approval, team: readonly Signatory[]): boolean {
  return team.some((one) => sameLogin(one.login, login) && (one.id === undefined || one.id === id));
}

function sameLogin(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
