/** The errors firebreak stops on: a code, one sentence that names the place, and a hint that says what to do. Not findings. */

/** Every way in which firebreak can be unable to decide. Stable: programs may match on them. */
export type ErrorCode =
  | "bad-usage"
  | "bad-config"
  | "no-input"
  | "unreadable-input"
  | "not-a-plan"
  | "other-json"
  | "truncated-json"
  | "malformed-json"
  | "unsupported-version"
  | "errored-plan"
  | "unknown-action"
  | "failed-change-set"
  | "stale-change-set"
  | "incomplete-change-set"
  | "internal-error";

/** Thrown for anything that keeps firebreak from deciding; never for a finding. */
export class FirebreakError extends Error {
  readonly code: ErrorCode;
  /** What the reader can do about it, as a sentence; absent when the message says it all. */
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "FirebreakError";
    this.code = code;
    this.hint = options.hint;
  }
}
