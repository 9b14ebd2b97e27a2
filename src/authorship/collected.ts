/** What was collected: the shape between looking and weighing. */

import type { Signal } from "../model/authorship.ts";
import type { Environment } from "../model/evidence.ts";
import type { CommitMarks } from "./commit.ts";

/** The process that judges. Its variables only ever make a judgement stricter: whoever runs it sets them. */
export interface OwnProcess {
  readonly environment: Environment;
  /** Whether a person sees the output. */
  readonly isTerminal: boolean;
}

export interface Collected {
  readonly commits: readonly CommitMarks[];
  /** There may be more commits than these, by whomever. */
  readonly commitsMissing: boolean;
  /** What was seen elsewhere than on commits. */
  readonly others: readonly Signal[];
  readonly attestations: { readonly signatures: readonly Signal[]; readonly approvals: readonly Signal[] };
  readonly operators: readonly string[];
  /** The host itself says that a program opened the pull request. */
  readonly openedByProgram: boolean;
}
