/** A small client for REST APIs: timeouts, and another try when a host is busy. GitHub's is Octokit, in a file of its own. */

import * as timers from "node:timers/promises";
import { textAt } from "./answer.ts";
import { type Credential, withoutSecrets } from "./credential.ts";
import { answered, HostFailure, reasonOf, TIMEOUT_MS } from "./failure.ts";

export interface Client {
  /** A path under the API's address, or a whole address under it, as answers name the next page. */
  readonly get: (path: string) => Promise<Answer>;
  readonly send: (method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown) => Promise<Answer>;
}

export interface Answer {
  readonly body: unknown;
  readonly headers: Headers;
}

export interface ClientOptions {
  /** As people call it. */
  readonly host: string;
  readonly api: string;
  readonly credential: Credential;
}

const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export function createClient(options: ClientOptions): Client {
  return {
    get: (path) => request(options, "GET", path),
    send: (method, path, body) => request(options, method, path, body),
  };
}

/** A request that failed: what to say, and when it may be made again without doing anything twice. */
interface Refusal {
  readonly failure: HostFailure;
  /** Absent: not at all. */
  readonly againAfterMs?: number | undefined;
}

async function request(options: ClientOptions, method: string, path: string, body?: unknown): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    const outcome = await once(options, method, path, body);
    if (!("failure" in outcome)) return outcome;
    const { failure, againAfterMs } = outcome;
    if (tried === ATTEMPTS || againAfterMs === undefined || againAfterMs > LONGEST_PAUSE_MS) throw failure;
    await timers.setTimeout(Math.max(againAfterMs, FIRST_PAUSE_MS * 2 ** (tried - 1)));
  }
}

async function once(options: ClientOptions, method: string, path: string, body: unknown): Promise<Answer | Refusal> {
  const { host, api, credential } = options;
  const url = addressOf(path, api);
  if (url === undefined) throw new HostFailure(`${host} named a page that is not its own`);
  const name = `${method} ${url.slice(api.length + 1).split("?")[0]}`;
  // What was sent may have been done although no answer came; only a host that is busy says that it did nothing.
  const isRepeatable = method !== "POST";
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: {
        Accept: "application/json",
        Authorization: credential.authorization,
        "User-Agent": "firebreak",
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
  } catch (error) {
    const failure = new HostFailure(`${host} could not be reached for ${name} (${reasonOf(error)})`);
    return { failure, ...(isRepeatable && { againAfterMs: 0 }) };
  }
  if (response.ok) return { body: parsed(text, host, name), headers: response.headers };
  const failure = answered(host, response.status, name, withoutSecrets(wordsOf(text), credential));
  const isBusy = response.status === 429 || (response.status >= 500 && isRepeatable);
  return { failure, ...(isBusy && { againAfterMs: secondsIn(response.headers.get("retry-after")) * 1000 }) };
}

/** A token goes to the API's own address alone. */
function addressOf(path: string, api: string): string | undefined {
  if (!/^https?:/i.test(path)) return `${api}/${path}`;
  return path.startsWith(`${api}/`) ? path : undefined;
}

function secondsIn(header: string | null): number {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) : 0;
}

function parsed(text: string, host: string, name: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Pages for signing in come with status 200.
    throw new HostFailure(`${host} answered no JSON to ${name}; is the token valid, and the address right?`);
  }
}

/** What hosts say of an error: `message`, `error.message`, `error`. */
function wordsOf(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return textAt(body, "message") ?? textAt(body, "error", "message") ?? textAt(body, "error");
  } catch {
    return undefined;
  }
}
