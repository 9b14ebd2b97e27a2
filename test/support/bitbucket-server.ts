/** A small Bitbucket Cloud with one pull request, answering as its documentation does (developer.atlassian.com, pull requests, commit statuses). */

import { at, type HostState, nextId, type RestServer, serveRest } from "./rest-server.ts";

const user = (name: string, kind?: "person" | "program") => ({
  type: kind === "program" ? "app_user" : "user",
  // Anybody may choose the nickname of somebody else.
  nickname: "bob",
  display_name: "Bob",
  uuid: `{${name}}`,
  account_id: name,
});

export async function serveBitbucket(state: HostState): Promise<RestServer> {
  const repository = "/repositories/octo-org/infra";
  const request = `${repository}/pullrequests/7`;
  const address = { api: "" };
  const comment = ({ id, account, body, gone = false }: HostState["comments"][number]) => ({
    id,
    content: { raw: body, markup: "markdown", html: "" },
    user: user(account),
    deleted: gone,
    links: { html: { href: `https://bitbucket.org/octo-org/infra/pull-requests/7/_/diff#comment-${id}` } },
  });
  /** A page of two, and the address of the next one. */
  const paged = (values: readonly unknown[], query: URLSearchParams, path: string) => {
    const page = Number(query.get("page") ?? 1);
    const more = values.length > page * 2;
    return {
      body: {
        pagelen: 2,
        page,
        values: values.slice((page - 1) * 2, page * 2),
        ...(more && { next: `${address.api}${path}?page=${page + 1}` }),
      },
    };
  };
  const server = await serveRest(
    {
      "GET /user": () =>
        state.tellsOwn === false
          ? {
              status: 403,
              body: {
                type: "error",
                error: { message: "Your credentials lack one or more required privilege scopes." },
              },
            }
          : { body: user(state.own) },
      [`GET ${request}`]: () => ({
        body: {
          type: "pullrequest",
          id: 7,
          title: "Remove the orders",
          author: user(state.author),
          source: { branch: { name: "remove-orders" }, commit: { hash: state.head.slice(0, 12) } },
          participants: state.approvals.map(({ account, at: minutes, kind, rejects }) => ({
            type: "participant",
            user: user(account, kind),
            role: "REVIEWER",
            approved: !rejects,
            state: rejects ? "changes_requested" : "approved",
            // Whatever they did last, commenting included.
            participated_on: at(minutes + 30),
          })),
        },
      }),
      [`GET ${repository}/commit/(\\w+)`]: ({ parts }) => ({
        body: {
          type: "commit",
          hash: [state.head, ...state.commits.map(({ sha }) => sha)].find((sha) => sha.startsWith(parts[0] ?? "")),
        },
      }),
      [`GET ${request}/commits`]: ({ query }) =>
        paged(
          state.commits.map(({ sha, email, message }) => ({
            type: "commit",
            hash: sha,
            message,
            author: { type: "author", raw: `Somebody <${email}>` },
            parents: [],
          })),
          query,
          `${request}/commits`,
        ),
      [`GET ${request}/activity`]: ({ query }) =>
        paged(
          [
            ...state.approvals
              .filter(({ rejects }) => !rejects)
              .map(({ account, at: minutes, kind }) => ({
                approval: { date: at(minutes), user: user(account, kind) },
              })),
            ...[...state.pushes].reverse().map(({ commit, at: minutes }) => ({
              update: { state: "OPEN", date: at(minutes), source: { commit: { hash: commit.slice(0, 12) } } },
            })),
          ],
          query,
          `${request}/activity`,
        ),
      [`GET ${request}/comments`]: ({ query }) => paged(state.comments.map(comment), query, `${request}/comments`),
      [`POST ${request}/comments`]: ({ body }) => {
        const made = { id: nextId(state), account: state.own, body: (body["content"] as { raw: string }).raw };
        state.comments.push(made);
        return { status: 201, body: comment(made) };
      },
      [`PUT ${request}/comments/(\\d+)`]: ({ parts, body }) => {
        const found = state.comments.find(({ id }) => id === Number(parts[0]));
        if (found?.account !== state.own)
          return { status: 403, body: { type: "error", error: { message: "Forbidden" } } };
        found.body = (body["content"] as { raw: string }).raw;
        return { body: comment(found) };
      },
      [`DELETE ${request}/comments/(\\d+)`]: ({ parts }) => {
        const found = state.comments.find(({ id }) => id === Number(parts[0]));
        if (found) found.gone = true;
        return { status: 204 };
      },
      [`GET ${repository}/commit/\\w+/statuses/build/(.+)`]: ({ parts }) => {
        const found = state.statuses.find((status) => status["key"] === parts[0]);
        return found === undefined
          ? { status: 404, body: { type: "error", error: { message: "Not found" } } }
          : { body: found };
      },
      [`POST ${repository}/commit/(\\w+)/statuses/build`]: ({ parts, body }) => {
        const before = state.statuses.findIndex((status) => status["key"] === body["key"]);
        if (before >= 0) state.statuses.splice(before, 1);
        state.statuses.push({ ...body, sha: parts[0] });
        return { status: 201, body };
      },
    },
    "/2.0",
    state.faults,
  );
  address.api = server.api;
  return server;
}

export function bitbucketEnvironment(api: string, { head }: HostState): Record<string, string> {
  return {
    BITBUCKET_BUILD_NUMBER: "31",
    BITBUCKET_API_URL: api,
    BITBUCKET_WORKSPACE: "octo-org",
    BITBUCKET_REPO_SLUG: "infra",
    BITBUCKET_GIT_HTTP_ORIGIN: "https://bitbucket.org/octo-org/infra",
    BITBUCKET_PR_ID: "7",
    BITBUCKET_PR_DESTINATION_BRANCH: "main",
    BITBUCKET_BRANCH: "remove-orders",
    BITBUCKET_COMMIT: head,
  };
}
