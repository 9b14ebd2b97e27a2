/** The revision that the policy was read from, and what a change does to the policy itself. */

/** A file that a change adds, edits or removes. */
export interface FileChange {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  /** Its text where the change branched off; `undefined` when it was not there. */
  readonly before: () => Promise<string | undefined>;
  readonly after: () => Promise<string | undefined>;
}

export interface PolicyRevision {
  /** As it was named: a branch, a tag, a commit. */
  readonly ref: string;
  readonly commit: string;
  /** Files of the policy, of the gate and of who owns these, which the change edits. */
  readonly changed: readonly string[];
  /** The same, where the base has no policy and the change brings one. */
  readonly added: readonly string[];
}
