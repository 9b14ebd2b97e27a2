/** What CI says of the run that firebreak is part of: the shape that every reader here answers with. */

import type { Environment, PullRequest } from "../../model/evidence.ts";
import type { Repository } from "../../model/host.ts";

export interface CiRun {
  /** As people call it. */
  readonly name: string;
  /** What the change goes into: a branch or a commit; absent when this is no run for a change. */
  readonly base?: string | undefined;
  /** Why the base of a change is not known although there is one, as a sentence: judging by what the change says is out of the question. */
  readonly baseMissing?: string | undefined;
  /** The last commit of the change, as the run was started for it. */
  readonly head?: string | undefined;
  /** The commit that statuses of this run belong to, where that is another one: the group of a merge queue. */
  readonly judged?: string | undefined;
  /** Where the pull request is, as far as that is told. */
  readonly repository?: Repository | undefined;
  readonly number?: number | undefined;
  /** The page of the pull request, where the system knows no more of it. */
  readonly page?: string | undefined;
  /** What the variables and the event say of the pull request. */
  readonly pullRequest?: PullRequest | undefined;
}

/** Reads a JSON file; `undefined` when it is missing or broken. */
export type ReadJson = (path: string) => unknown;

export type CiReader = (environment: Environment, readJson: ReadJson) => CiRun;

/** A number of a pull request; `undefined` for anything else. */
export function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
}

export function branchIn(ref: string | undefined): string | undefined {
  return ref ? ref.replace(/^refs\/heads\//, "") : undefined;
}

/** A whole commit id; a shorter one could mean several. */
export function commitIn(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(text) ? text.toLowerCase() : undefined;
}
