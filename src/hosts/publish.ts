/** A verdict to where people look: the comment on the pull request, and a status on its last commit. It never changes a verdict. */

import type { Environment } from "../model/evidence.ts";
import type { Annotation, HostName, PullRequestPlace } from "../model/host.ts";
import type { Verdict } from "../model/judgement.ts";
import type { CodeHost } from "./code-host.ts";
import { attempt, HostFailure } from "./failure.ts";
import { HOST_TITLES, openHost } from "./open.ts";
import { markerOf, writeComment } from "./sticky.ts";

export interface PublishRequest {
  readonly place: PullRequestPlace;
  /** Tells comments and statuses of several runs on one pull request apart. */
  readonly name: string;
  /** The commit that was judged, as CI tells; else any of `clone` is taken for it. */
  readonly head: string | undefined;
  /** The commit that the status belongs to, where it is another one. */
  readonly judged?: string | undefined;
  /** Commits that the clone stands on: HEAD, and its parents where it is a merge. */
  readonly clone: readonly string[];
  readonly verdict: Verdict;
  /** One line without any markup. */
  readonly title: string;
  readonly annotations: readonly Annotation[];
  readonly url: string | undefined;
  readonly withStatus: boolean;
  /** The comment as Markdown; `reserveBytes` are kept free. */
  readonly render: (host: HostName, reserveBytes: number) => Promise<string>;
}

/** What was done and what was not, a sentence each. */
export interface Publication {
  readonly done: readonly string[];
  readonly problems: readonly string[];
}

export async function publish(request: PublishRequest, env: Environment): Promise<Publication> {
  const { place, head } = request;
  const host = await openHost(place, env);
  if (typeof host === "string") return nothing(`nothing was written to ${HOST_TITLES[place.host]}: ${host}`);
  const answer = await attempt(host.readPullRequest);
  if (answer instanceof HostFailure) return nothing(`nothing was written: ${explained(answer)}`);
  const current = answer.value.head;
  if (head !== undefined && current !== undefined && head !== current) {
    return nothing(
      `nothing was written: the pull request has moved on to ${current.slice(0, 9)} since this run was started for ${head.slice(0, 9)}, and the run for that one speaks`,
    );
  }
  const parts = [await comment(host, request)];
  if (request.withStatus) parts.push(await status(host, request, current));
  return { done: parts.flatMap(({ done }) => done), problems: parts.flatMap(({ problems }) => problems) };
}

async function comment(host: CodeHost, { place, name, verdict, render }: PublishRequest): Promise<Publication> {
  const marker = markerOf(host, name);
  const begin = `${marker}\n\n`;
  const text = await render(place.host, Buffer.byteLength(begin));
  const written = await attempt(() => writeComment(host, marker, `${begin}${text}`, verdict));
  if (written instanceof HostFailure) return nothing(`no comment was written: ${explained(written)}`);
  const { done, url, removed, problems } = written.value;
  const gone = removed === 0 ? "" : `, ${removed} ${removed === 1 ? "duplicate" : "duplicates"} removed`;
  return { done: [`comment ${done}${gone}${url === undefined ? "" : `: ${url}`}`], problems };
}

async function status(host: CodeHost, request: PublishRequest, current: string | undefined): Promise<Publication> {
  const { name, verdict, title, annotations, url, render, place } = request;
  // A status of one commit must never end up on another one.
  const commit = request.judged ?? request.head ?? request.clone.find((own) => own === current);
  if (commit === undefined) {
    const now = current === undefined ? "" : `, which stands at ${current.slice(0, 9)}`;
    return nothing(`no status was set: nobody tells which commit of the pull request was judged${now}`);
  }
  const summary = await render(place.host, 1);
  const set = await attempt(() => host.setStatus({ name, commit, verdict, title, summary, annotations, url }));
  if (set instanceof HostFailure) return nothing(`no status was set: ${explained(set)}`);
  return { done: [set.value === undefined ? "status as it was" : `${set.value} set`], problems: [] };
}

function nothing(problem: string): Publication {
  return { done: [], problems: [problem] };
}

function explained({ message, status }: HostFailure): string {
  if (status === 401) return `${message}. Is the token still valid?`;
  if (status === 403)
    return `${message}. Has the token the permissions that docs/hosts.md lists? A run for a fork gets one that may only read.`;
  if (status === 404) return `${message}. Is it the right repository, and may the token see it?`;
  return message;
}
