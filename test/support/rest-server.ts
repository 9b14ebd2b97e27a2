/** A small REST server on this machine: routes with their answers, faults on demand, and a note of every call. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished } from "vitest";

export interface Asked {
  /** What the brackets of the route's pattern took. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
}

export interface Answered {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `METHOD pattern of the path` to its answer. */
export type Routes = Readonly<Record<string, (asked: Asked) => Answered>>;

export interface Fault {
  /** Begins the route that it is about. */
  readonly route: RegExp;
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly times?: number;
}

export interface RestServer {
  readonly api: string;
  readonly calls: string[];
  readonly writes: () => string[];
  readonly authorizations: Set<string>;
}

export async function serveRest(routes: Routes, prefix: string, faults: readonly Fault[]): Promise<RestServer> {
  const calls: string[] = [];
  const authorizations = new Set<string>();
  const strange: string[] = [];
  const used = new Map<Fault, number>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const call = `${request.method} ${pathname.slice(prefix.length)}`;
    calls.push(call);
    authorizations.add(request.headers.authorization ?? "");
    const fault = faults.find((one) => one.route.test(call) && (used.get(one) ?? 0) < (one.times ?? Infinity));
    if (fault !== undefined) used.set(fault, (used.get(fault) ?? 0) + 1);
    const { status = 200, body, headers = {} } = fault ?? answerTo(routes, call, searchParams, text, strange);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(body === undefined ? "" : JSON.stringify(body));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    expect(strange).toEqual([]);
  });
  const { port } = server.address() as AddressInfo;
  return {
    api: `http://127.0.0.1:${port}${prefix}`,
    calls,
    writes: () => calls.filter((call) => !call.startsWith("GET")),
    authorizations,
  };
}

function answerTo(routes: Routes, call: string, query: URLSearchParams, text: string, strange: string[]): Answered {
  for (const [route, answer] of Object.entries(routes)) {
    const match = new RegExp(`^${route}$`).exec(call);
    if (match)
      return answer({
        parts: match.slice(1).map(decodeURIComponent),
        query,
        body: text === "" ? {} : JSON.parse(text),
      });
  }
  strange.push(call);
  return { status: 404, body: { message: "Not Found" } };
}

/** What the servers of all hosts know, in their own words each. */
export interface HostState {
  readonly head: string;
  /** The account behind the token. */
  readonly own: string;
  /** Whether the host tells whose token it is. */
  readonly tellsOwn?: boolean;
  comments: { id: number; account: string; body: string; gone?: boolean }[];
  /** In the order in which they were given; `at` in minutes. */
  readonly approvals: {
    readonly account: string;
    readonly at: number;
    readonly kind?: "person" | "program";
    readonly rejects?: boolean;
  }[];
  /** Pushes, the last one of the head. */
  readonly pushes: { readonly commit: string; readonly at: number }[];
  readonly author: string;
  readonly commits: { readonly sha: string; readonly email: string; readonly message: string }[];
  readonly statuses: Record<string, unknown>[];
  readonly faults: Fault[];
}

export function at(minutes: number): string {
  return new Date(Date.UTC(2026, 0, 31, 9, minutes)).toISOString();
}

export function nextId(state: HostState): number {
  return Math.max(0, ...state.comments.map(({ id }) => id)) + 1;
}
