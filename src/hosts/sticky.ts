/** The one comment on a pull request: found by its marker, edited in place, its duplicates removed. Nobody else's is touched. */

import type { Verdict } from "../model/judgement.ts";
import type { CodeHost, HostComment } from "./code-host.ts";
import { attempt, HostFailure } from "./failure.ts";

export interface CommentOutcome {
  readonly done: "written" | "edited" | "as it was";
  readonly url?: string | undefined;
  /** Duplicates that are gone. */
  readonly removed: number;
  /** What went wrong beside it, a sentence each. */
  readonly problems: readonly string[];
}

/** The first line of a comment of this name, which tells it from all others. */
export function markerOf(host: Pick<CodeHost, "hide">, name: string): string {
  return host.hide(`firebreak:comment ${name}`);
}

/** `body` begins with the marker. @throws HostFailure when it is not there in the end */
export async function writeComment(
  host: CodeHost,
  marker: string,
  body: string,
  verdict: Verdict,
): Promise<CommentOutcome> {
  const present = await update(host, marker, body, verdict);
  if (present !== undefined) return present;
  const created = await attempt(() => host.createComment(body, verdict));
  if (!(created instanceof HostFailure)) return { done: "written", url: created.value, removed: 0, problems: [] };
  if (!isUncertain(created)) throw created;
  // It may be there although the host could not say so.
  const found = await update(host, marker, body, verdict);
  if (found !== undefined) return { ...found, done: "written" };
  return { done: "written", url: await host.createComment(body, verdict), removed: 0, problems: [] };
}

/** `undefined` when there is no comment of ours yet. */
async function update(
  host: CodeHost,
  marker: string,
  body: string,
  verdict: Verdict,
): Promise<CommentOutcome | undefined> {
  const found = await host.findComments(marker);
  const [first, ...duplicates] = found.filter(({ isOwn }) => isOwn === true);
  if (first === undefined) return editUnknown(found, host, body, verdict);
  const isSame = plain(first.body) === plain(body);
  if (!isSame) await host.editComment(first, body, verdict);
  const problems: string[] = [];
  for (const duplicate of duplicates) {
    const removed = await attempt(() => host.removeComment(duplicate));
    if (removed instanceof HostFailure) problems.push(`a duplicate of the comment stays: ${removed.message}`);
  }
  return {
    done: isSame ? "as it was" : "edited",
    url: first.url,
    removed: duplicates.length - problems.length,
    problems,
  };
}

/** Where a host does not say whose a comment is, trying tells: it lets nobody edit what somebody else wrote. */
async function editUnknown(
  found: readonly HostComment[],
  host: CodeHost,
  body: string,
  verdict: Verdict,
): Promise<CommentOutcome | undefined> {
  for (const comment of found.filter(({ isOwn }) => isOwn === undefined)) {
    const edited = await attempt(() => host.editComment(comment, body, verdict));
    if (!(edited instanceof HostFailure)) return { done: "edited", url: comment.url, removed: 0, problems: [] };
    if (edited.status !== 401 && edited.status !== 403 && edited.status !== 404) throw edited;
  }
  return undefined;
}

/** Hosts end lines their own way, and take blanks from the end. */
function plain(body: string): string {
  return body.replace(/\r\n?/g, "\n").trimEnd();
}

/** Nobody can tell whether it was done: there was no answer, or one that speaks of the server itself. */
function isUncertain({ status }: HostFailure): boolean {
  return status === undefined || status >= 500;
}
