/** Verdicts as exit codes. Stable: pipelines rely on them. */

import type { Verdict } from "../model/judgement.ts";

export const UNDECIDED = 2;

/** Ended by Ctrl-C, as shells have it: 128 and the number of the signal. */
export const INTERRUPTED = 130;

const EXIT_CODES: Readonly<Record<Verdict, number>> = { pass: 0, fail: 1, undecided: UNDECIDED, review: 3 };

export function exitCodeOf(verdict: Verdict): number {
  return EXIT_CODES[verdict];
}
