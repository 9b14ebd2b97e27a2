/** What went wrong between firebreak and a host, as one sentence without anything secret. */

/** Thrown by clients of hosts, and caught within this folder. */
export class HostFailure extends Error {
  /** The status of the answer; absent when there was none. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.name = "HostFailure";
    this.status = status;
  }
}

/** Nobody who waits for a verdict waits much longer than this for one answer. */
export const TIMEOUT_MS = 15_000;

const MOST_WORDS = 200;

/** `GitHub answered 403 to POST repos/a/b/issues/1/comments: Resource not accessible by integration`. */
export function answered(host: string, status: number, request: string, words: string | undefined): HostFailure {
  const said =
    words === undefined || words.trim() === "" ? "" : `: ${words.trim().replace(/\s+/g, " ").slice(0, MOST_WORDS)}`;
  return new HostFailure(`${host} answered ${status} to ${request}${said}`, status);
}

/** What an attempt came to: its value, or the sentence that says why there is none. */
export async function attempt<Value>(run: () => Promise<Value>): Promise<{ readonly value: Value } | HostFailure> {
  try {
    return { value: await run() };
  } catch (error) {
    if (error instanceof HostFailure) return error;
    throw error;
  }
}

/** A code or a name: messages of the runtime may quote what was sent. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if (error.name === "TimeoutError") return `no answer within ${TIMEOUT_MS / 1000} s`;
  const cause: unknown = error.cause;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" && /^\w{1,40}$/.test(code) ? code : error.name;
}
