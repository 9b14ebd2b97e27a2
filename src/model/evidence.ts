/** What can be known about who wrote a change, as it was collected and before anybody judges it. Every part is optional. */

/** A person or program as git records one: both parts are free text. */
export interface Person {
  readonly name: string;
  readonly email: string;
  /** The account behind it, where a host says so. */
  readonly login?: string | undefined;
}

export interface Commit {
  readonly sha: string;
  readonly author: Person;
  readonly committer?: Person | undefined;
  /** The whole message. */
  readonly message: string;
  /** More than one: a merge. Absent when nobody said. */
  readonly parents?: readonly string[] | undefined;
  /** Whether a host verified the signature; the key's fingerprint or id when it says which key. */
  readonly verified?: boolean | string | undefined;
  /** Git notes on the commit, e.g. of `refs/notes/ai`. */
  readonly notes?: readonly string[] | undefined;
}

/** An account of a code host. The number is its own, the login can be given up and taken by another. */
export interface Account {
  readonly login: string;
  readonly id?: number | undefined;
  /** `User`, `Bot`, `Organization`. */
  readonly type?: string | undefined;
}

export interface PullRequest {
  readonly author?: Account | undefined;
  readonly branch?: string | undefined;
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  readonly labels: readonly string[];
}

export interface Review extends Account {
  /** `APPROVED`, `CHANGES_REQUESTED`, `DISMISSED`, `COMMENTED`, `PENDING`. */
  readonly state: string;
  readonly commitId?: string | undefined;
  readonly submittedAt?: string | undefined;
}

/** What CloudFormation says of a change set, and CloudTrail of the call that made or executed it. */
export interface ChangeSetTraces {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** Everything else that was given: the event as CloudTrail writes it, the message of a run. */
  readonly rest?: unknown;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Evidence {
  /** In any order, all of the change and nothing else. Absent when nobody looked. */
  readonly commits?: readonly Commit[] | undefined;
  /** There may be more commits than these. */
  readonly commitsMissing?: boolean | undefined;
  /** The last commit of the change, where a host or CI tells; else it is found among the commits. */
  readonly head?: string | undefined;
  /** The branch that the commits are on. */
  readonly branch?: string | undefined;
  readonly pullRequest?: PullRequest | undefined;
  readonly reviews?: readonly Review[] | undefined;
  /** Variables of whoever made the change. */
  readonly environment?: Environment | undefined;
  readonly changeSet?: ChangeSetTraces | undefined;
  /** What could not be looked at, and why, a sentence each. */
  readonly gaps?: readonly string[] | undefined;
}
