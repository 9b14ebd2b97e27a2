/**
 * A small GitHub: one pull request with comments, reviews, commits, check runs and statuses. Every request and every answer is
 * held to GitHub's own description, and what does not fit fails the test that asked. The real Octokit talks to it.
 */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { validate as validateGraphql } from "@octokit/graphql-schema";
import { expect, onTestFinished } from "vitest";
import { example, type Operation, operationOf, violationsOfAnswer, violationsOfRequest } from "./github-description.ts";

type Body = Record<string, unknown>;

export interface Fault {
  /** `METHOD path` as the description writes it. */
  readonly operation: string;
  readonly status: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How many times; without it always. */
  readonly times?: number;
  /** It is done all the same. */
  readonly done?: boolean;
}

export interface GithubState {
  /** Whose token it is; an app's ends in `[bot]`. */
  viewer: { login: string; databaseId: number };
  head: string;
  author: { login: string; id: number; type: string };
  branch: string;
  comments: { id: number; login: string; userId: number; body: string }[];
  commits: { sha: string; login: string | null; email: string; message: string; parents?: string[] }[];
  reviews: { login: string; id: number; type: string; state: string; commitId: string; submittedAt: string }[];
  checkRuns: Body[];
  statuses: Body[];
  faults: Fault[];
}

export interface GithubServer {
  readonly api: string;
  readonly state: GithubState;
  /** `METHOD path` of every request, in order. */
  readonly calls: string[];
  /** Those that change something. */
  readonly writes: () => string[];
  /** What went over the wire, headers included. */
  readonly tokens: Set<string>;
}

export const HEAD = "a".repeat(40);
export const APP = { login: "github-actions[bot]", databaseId: 41_898_282 };

export async function serveGithub(changes: Partial<GithubState> = {}): Promise<GithubServer> {
  const state: GithubState = {
    viewer: APP,
    head: HEAD,
    author: { login: "alice", id: 1, type: "User" },
    branch: "remove-orders",
    comments: [],
    commits: [{ sha: HEAD, login: "alice", email: "alice@company.example", message: "Remove the orders" }],
    reviews: [],
    checkRuns: [],
    statuses: [],
    faults: [],
    ...changes,
  };
  const calls: string[] = [];
  const tokens = new Set<string>();
  const violations: string[] = [];
  const faults = new Map<Fault, number>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const body: Body | undefined = text === "" ? undefined : JSON.parse(text);
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const method = request.method ?? "GET";
    tokens.add(request.headers.authorization ?? "");
    calls.push(`${method} ${pathname}${searchParams.get("page") ? `?page=${searchParams.get("page")}` : ""}`);
    const answer = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
      response.end(value === undefined ? undefined : JSON.stringify(value));
    };
    if (pathname === "/graphql") {
      violations.push(...validateGraphql(String(body?.["query"])).map(({ message }) => `POST /graphql: ${message}`));
      answer(200, { data: { viewer: state.viewer } });
      return;
    }
    const operation = operationOf(method, pathname);
    if (operation === undefined) {
      violations.push(`${method} ${pathname}: there is no such operation`);
      answer(404, { message: "Not Found" });
      return;
    }
    const name = `${method} ${operation.path}`;
    violations.push(...violationsOfRequest(operation, searchParams, body).map((what) => `${name}: request: ${what}`));
    const fault = state.faults.find(
      (one) => one.operation === name && (one.times === undefined || (faults.get(one) ?? 0) < one.times),
    );
    if (fault !== undefined) faults.set(fault, (faults.get(fault) ?? 0) + 1);
    const [status, value] =
      fault !== undefined && fault.done !== true
        ? [fault.status, undefined]
        : answerTo(name, operation, { state, query: searchParams, body: body ?? {} });
    const shown =
      fault === undefined
        ? value
        : { message: fault.message ?? "Server Error", documentation_url: "https://docs.github.com/rest" };
    const code = fault?.status ?? status;
    violations.push(...violationsOfAnswer(operation, code, shown).map((what) => `${name}: answer ${code}: ${what}`));
    answer(code, shown, fault?.headers);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    expect(violations).toEqual([]);
  });
  const { port } = server.address() as AddressInfo;
  return {
    api: `http://127.0.0.1:${port}`,
    state,
    calls,
    tokens,
    writes: () => calls.filter((call) => !call.startsWith("GET") && call !== "POST /graphql"),
  };
}

interface Asked {
  readonly state: GithubState;
  readonly query: URLSearchParams;
  readonly body: Body;
}

function answerTo(name: string, { parameters }: Operation, { state, query, body }: Asked): [number, unknown] {
  const commentId = Number(parameters["comment_id"]);
  switch (name) {
    case "GET /repos/{owner}/{repo}/pulls/{pull_number}":
      return [200, pullRequest(state)];
    case "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits":
      return [200, page(state.commits.map(toCommit), query)];
    case "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews":
      return [200, page(state.reviews.map(toReview), query)];
    case "GET /repos/{owner}/{repo}/issues/{issue_number}/comments":
      return [200, page(state.comments.map(toComment), query)];
    case "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": {
      const id = Math.max(0, ...state.comments.map((comment) => comment.id)) + 1;
      const { login, databaseId } = state.viewer;
      const comment = { id, login, userId: databaseId, body: String(body["body"]) };
      state.comments.push(comment);
      return [201, toComment(comment)];
    }
    case "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": {
      const comment = state.comments.find(({ id }) => id === commentId);
      if (comment === undefined) return [404, { message: "Not Found" }];
      comment.body = String(body["body"]);
      return [200, toComment(comment)];
    }
    case "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}":
      state.comments = state.comments.filter(({ id }) => id !== commentId);
      return [204, undefined];
    case "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": {
      const named = state.checkRuns.filter((run) => run["name"] === query.get("check_name"));
      return [
        200,
        {
          total_count: named.length,
          check_runs: page(
            named.slice(-1).map((run) => run["answered"]),
            query,
          ),
        },
      ];
    }
    case "POST /repos/{owner}/{repo}/check-runs":
      return [201, keepCheckRun(state, state.checkRuns.length, body)];
    case "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}":
      return [200, keepCheckRun(state, Number(parameters["check_run_id"]) - 1, body)];
    case "GET /repos/{owner}/{repo}/commits/{ref}/statuses":
      return [200, page([...state.statuses].reverse(), query)];
    case "POST /repos/{owner}/{repo}/statuses/{sha}": {
      const [status] = example("status-items");
      const creator = { ...(status?.["creator"] as unknown as Body), login: state.viewer.login };
      const { target_url = null, ...rest } = body;
      state.statuses.push({ ...status, ...rest, target_url, creator });
      return [201, state.statuses.at(-1)];
    }
    default:
      throw new Error(`the test server does not know ${name}`);
  }
}

function page<Value>(values: readonly Value[], query: URLSearchParams): readonly Value[] {
  const size = Number(query.get("per_page") ?? 30);
  const at = (Number(query.get("page") ?? 1) - 1) * size;
  return values.slice(at, at + size);
}

function user(login: string, id: number, type: string): Body {
  return { ...(example("issue-comment")["user"] as unknown as Body), login, id, type };
}

function toComment({ id, login, userId, body }: GithubState["comments"][number]): Body {
  const type = login.endsWith("[bot]") ? "Bot" : "User";
  const html_url = `https://github.com/octo-org/infra/pull/7#issuecomment-${id}`;
  return { ...example("issue-comment"), id, body, html_url, user: user(login, userId, type) };
}

function pullRequest({ head, author, branch }: GithubState): Body {
  const request: Body = example("pull-request");
  const { login, id, type } = author;
  return {
    ...request,
    number: 7,
    // The example of the description is not what the description says of them.
    requested_teams: [],
    user: user(login, id, type),
    head: { ...(request["head"] as Body), ref: branch, sha: head },
  };
}

function toCommit({ sha, login, email, message, parents = ["f".repeat(40)] }: GithubState["commits"][number]): Body {
  const [commit] = example("commit-items");
  const person = { name: login ?? "Somebody", email, date: "2026-01-31T10:00:00Z" };
  const account = login === null ? null : user(login, 1, "User");
  return {
    ...commit,
    sha,
    parents: parents.map((parent) => ({ sha: parent, url: "https://api.github.com/repos/octo-org/infra/commits/1" })),
    author: account,
    committer: account,
    commit: { ...(commit?.["commit"] as unknown as Body), author: person, committer: person, message },
  };
}

function toReview({ login, id, type, state, commitId, submittedAt }: GithubState["reviews"][number]): Body {
  const [review] = example("pull-request-review-items");
  return { ...review, user: user(login, id, type), state, commit_id: commitId, submitted_at: submittedAt };
}

/** Annotations of later requests are added to those of earlier ones. */
function keepCheckRun(state: GithubState, at: number, body: Body): Body {
  const before = state.checkRuns[at];
  const output = { ...(before?.["output"] as Body), ...(body["output"] as Body) };
  const annotations = [before?.["output"], body["output"]].flatMap(
    (one) => ((one as Body)?.["annotations"] as unknown[]) ?? [],
  );
  const app = { ...(example("check-run")["app"] as unknown as Body), slug: state.viewer.login.replace("[bot]", "") };
  state.checkRuns[at] = { ...before, ...body, id: at + 1, app, output: { ...output, annotations } };
  const { name, head_sha, status, conclusion = null, external_id = null, id } = state.checkRuns[at] as Body;
  const sample: Body = example("check-run");
  const shown = { ...(sample["output"] as Body), title: output["title"], summary: output["summary"] };
  const answered = { ...sample, id, name, head_sha, status, conclusion, external_id, app, output: shown };
  return Object.assign(state.checkRuns[at] as Body, { answered }) && answered;
}
