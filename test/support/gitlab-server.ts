/** A small GitLab with one merge request, answering as its documentation does (docs.gitlab.com/api: notes, approvals, commits, statuses). */

import { at, type HostState, nextId, type RestServer, serveRest } from "./rest-server.ts";

const user = (username: string) => ({
  id: [...username].reduce((sum, sign) => sum * 31 + (sign.codePointAt(0) ?? 0), 7) % 100_000,
  username,
  name: username,
  state: "active",
  web_url: `https://gitlab.example/${username}`,
});

export function serveGitlab(state: HostState): Promise<RestServer> {
  const request = "/projects/42/merge_requests/7";
  const note = ({ id, account, body }: HostState["comments"][number]) => ({
    id,
    body,
    author: user(account),
    created_at: at(id),
    system: false,
    noteable_type: "MergeRequest",
    noteable_iid: 7,
  });
  /** A page, and the number of the next one as GitLab says it. */
  const paged = (values: readonly unknown[], query: URLSearchParams) => {
    const [size, page] = [Number(query.get("per_page") ?? 20), Number(query.get("page") ?? 1)];
    const next = values.length > page * size ? String(page + 1) : "";
    return { body: values.slice((page - 1) * size, page * size), headers: { "x-next-page": next } };
  };
  return serveRest(
    {
      "GET /user": () => ({ body: user(state.own) }),
      [`GET ${request}`]: () => ({
        body: {
          id: 1,
          iid: 7,
          title: "Remove the orders",
          description: null,
          state: "opened",
          author: user(state.author),
          source_branch: "remove-orders",
          target_branch: "main",
          labels: [],
          sha: state.head,
        },
      }),
      [`GET ${request}/commits`]: ({ query }) =>
        paged(
          state.commits.map(({ sha, email, message }) => ({
            id: sha,
            parent_ids: [],
            message,
            author_name: "Somebody",
            author_email: email,
            committer_name: "Somebody",
            committer_email: email,
          })),
          query,
        ),
      [`GET ${request}/versions`]: ({ query }) =>
        paged(
          [...state.pushes]
            .reverse()
            .map(({ commit, at: minutes }, id) => ({ id, head_commit_sha: commit, created_at: at(minutes) })),
          query,
        ),
      [`GET ${request}/approvals`]: () => ({
        body: {
          approved: true,
          approved_by: state.approvals
            .filter(({ rejects }) => !rejects)
            .map(({ account, kind }) => ({ user: user(kind === "program" ? `project_42_bot_${account}` : account) })),
        },
      }),
      [`GET ${request}/notes`]: ({ query }) =>
        paged(
          [
            // Somebody may write what GitLab would note itself.
            ...state.approvals.map(({ account }) => ({
              ...note({ id: 9000, account, body: "approved this merge request" }),
              created_at: at(59),
            })),
            ...state.approvals.map(({ account, at: minutes, kind }, index) => ({
              id: 8000 + index,
              body: "approved this merge request",
              system: true,
              created_at: at(minutes),
              author: user(kind === "program" ? `project_42_bot_${account}` : account),
            })),
            ...state.comments.map(note),
          ],
          query,
        ),
      [`POST ${request}/notes`]: ({ body }) => {
        const comment = { id: nextId(state), account: state.own, body: String(body["body"]) };
        state.comments.push(comment);
        return { status: 201, body: note(comment) };
      },
      [`PUT ${request}/notes/(\\d+)`]: ({ parts, body }) => {
        const comment = state.comments.find(({ id }) => id === Number(parts[0]));
        if (comment?.account !== state.own) return { status: 403, body: { message: "403 Forbidden" } };
        comment.body = String(body["body"]);
        return { body: note(comment) };
      },
      [`DELETE ${request}/notes/(\\d+)`]: ({ parts }) => {
        state.comments = state.comments.filter(({ id }) => id !== Number(parts[0]));
        return { status: 204 };
      },
      "GET /projects/42/repository/commits/(\\w+)/statuses": ({ query }) =>
        paged(state.statuses.filter((status) => status["name"] === query.get("name")).slice(-1), query),
      "POST /projects/42/statuses/(\\w+)": ({ parts, body }) => {
        const { state: status, ...rest } = body;
        state.statuses.push({ ...rest, status, sha: parts[0] });
        return { status: 201, body: state.statuses.at(-1) };
      },
    },
    "/api/v4",
    state.faults,
  );
}

export function gitlabEnvironment(api: string, { head }: HostState): Record<string, string> {
  return {
    GITLAB_CI: "true",
    CI_API_V4_URL: api,
    CI_PROJECT_ID: "42",
    CI_MERGE_REQUEST_PROJECT_ID: "42",
    CI_MERGE_REQUEST_IID: "7",
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
    CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: "remove-orders",
    CI_COMMIT_SHA: head,
    CI_PIPELINE_ID: "31",
    CI_JOB_URL: "https://gitlab.example/octo-org/infra/-/jobs/1",
  };
}
