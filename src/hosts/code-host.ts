/** What firebreak asks of a host of pull requests, and what it writes there: the port that each host's folder fills. */

import type { Commit, PullRequest, Review } from "../model/evidence.ts";
import type { Annotation } from "../model/host.ts";
import type { Verdict } from "../model/judgement.ts";

export interface CodeHost {
  /** As people call it. */
  readonly title: string;
  readonly readPullRequest: () => Promise<HostPullRequest>;
  /** Commits of the pull request; `isComplete` is false where the host lists only some. */
  readonly readCommits: () => Promise<{ readonly commits: readonly Commit[]; readonly isComplete: boolean }>;
  /** Reviews, each with the commit that it was given for; `commits` of the pull request help where a host names them in short. */
  readonly readReviews: (request: HostPullRequest) => Promise<readonly Review[]>;
  /** Comments that begin with the marker, the oldest first, whoever wrote them. */
  readonly findComments: (marker: string) => Promise<readonly HostComment[]>;
  /** The address of the new comment, where the host tells. */
  readonly createComment: (body: string, verdict: Verdict) => Promise<string | undefined>;
  readonly editComment: (comment: HostComment, body: string, verdict: Verdict) => Promise<void>;
  readonly removeComment: (comment: HostComment) => Promise<void>;
  /** Sets the verdict on a commit, and says as what: nothing where it stands there already. */
  readonly setStatus: (status: StatusRequest) => Promise<string | undefined>;
  /** How hidden text is written in a comment. */
  readonly hide: (text: string) => string;
}

export interface HostPullRequest {
  readonly pullRequest: PullRequest;
  /** The last commit of its branch, as it is now. */
  readonly head: string | undefined;
}

export interface HostComment {
  readonly id: string;
  /** Where the host files it. */
  readonly thread?: string;
  readonly body: string;
  /** `undefined`: the host does not tell who the token belongs to. It lets nobody edit what somebody else wrote. */
  readonly isOwn: boolean | undefined;
  readonly url?: string | undefined;
}

export interface StatusRequest {
  /** What tells it from other statuses. */
  readonly name: string;
  readonly commit: string;
  readonly verdict: Verdict;
  /** One line without any markup. */
  readonly title: string;
  /** The comment. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** Where there is more to read. */
  readonly url: string | undefined;
}

/** The sentence of a status on hosts that take only so many signs of it. */
export function shortTitle(title: string, most: number): string {
  const signs = [...title];
  return signs.length <= most ? title : `${signs.slice(0, most - 1).join("")}…`;
}
