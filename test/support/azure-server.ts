/** A small Azure DevOps with one pull request, answering as its documentation does (learn.microsoft.com, Git REST API 7.1). */

import { at, type HostState, nextId, type RestServer, serveRest } from "./rest-server.ts";

/** Accounts are addresses there; services are called `Build\...`. */
const identity = (name: string, kind?: "person" | "program") => ({
  displayName: name,
  id: `6f96f2d9-0000-0000-0000-${name.padStart(12, "0").slice(0, 12)}`,
  uniqueName: kind === "program" ? `Build\\${name}` : `${name}@company.example`,
});

export function serveAzure(state: HostState): Promise<RestServer> {
  const request = "/Shop/_apis/git/repositories/infra-id/pullRequests/7";
  const thread = ({ id, account, body, gone = false }: HostState["comments"][number]) => ({
    id,
    publishedDate: at(0),
    isDeleted: false,
    status: "active",
    properties: {},
    comments: [
      {
        id: 1,
        parentCommentId: 0,
        commentType: "text",
        isDeleted: gone,
        author: identity(account),
        ...(!gone && { content: body }),
      },
    ],
  });
  const votes = state.approvals.map(({ account, at: minutes, kind, rejects }, index) => ({
    id: 8000 + index,
    publishedDate: at(minutes),
    isDeleted: false,
    identities: { 1: identity(account, kind) },
    properties: {
      CodeReviewThreadType: { $type: "System.String", $value: "VoteUpdate" },
      CodeReviewVoteResult: { $type: "System.String", $value: rejects ? "-10" : "10" },
      CodeReviewVotedByIdentity: { $type: "System.String", $value: "1" },
    },
    comments: [{ id: 1, commentType: "system", content: `${account} voted`, author: identity(account, kind) }],
  }));
  return serveRest(
    {
      "GET /_apis/connectionData": () => ({ body: { authenticatedUser: { ...identity(state.own), isActive: true } } }),
      [`GET ${request}`]: () => ({
        body: {
          pullRequestId: 7,
          status: "active",
          createdBy: identity(state.author),
          title: "Remove the orders",
          description: "",
          sourceRefName: "refs/heads/remove-orders",
          lastMergeSourceCommit: { commitId: state.head },
          reviewers: state.approvals.map(({ account, kind, rejects }) => ({
            ...identity(account, kind),
            vote: rejects ? -10 : 10,
          })),
        },
      }),
      [`GET ${request}/commits`]: ({ query }) => {
        const from = Number(query.get("continuationToken") ?? 0);
        const size = 2;
        const values = state.commits.slice(from, from + size).map(({ sha, email, message }) => ({
          commitId: sha,
          comment: message,
          author: { name: "Somebody", email, date: at(0) },
          committer: { name: "Somebody", email, date: at(0) },
        }));
        const more = state.commits.length > from + size;
        return {
          body: { count: values.length, value: values },
          headers: more ? { "x-ms-continuationtoken": String(from + size) } : {},
        };
      },
      [`GET ${request}/iterations`]: () => ({
        body: {
          value: state.pushes.map(({ commit, at: minutes }, index) => ({
            id: index + 1,
            createdDate: at(minutes),
            sourceRefCommit: { commitId: commit },
          })),
        },
      }),
      [`GET ${request}/threads`]: () => ({ body: { value: [...votes, ...state.comments.map(thread)] } }),
      [`POST ${request}/threads`]: ({ body }) => {
        const [first] = body["comments"] as { content: string }[];
        const made = { id: nextId(state), account: state.own, body: first?.content ?? "" };
        state.comments.push(made);
        return { body: thread(made) };
      },
      [`PATCH ${request}/threads/(\\d+)/comments/1`]: ({ parts, body }) => {
        const found = state.comments.find(({ id }) => id === Number(parts[0]));
        if (found?.account !== state.own)
          return { status: 403, body: { message: "TF401027: You need the Git permission." } };
        found.body = String(body["content"]);
        return { body: {} };
      },
      [`PATCH ${request}/threads/(\\d+)`]: () => ({ body: {} }),
      [`DELETE ${request}/threads/(\\d+)/comments/1`]: ({ parts }) => {
        const found = state.comments.find(({ id }) => id === Number(parts[0]));
        if (found) found.gone = true;
        return { status: 204 };
      },
      [`GET ${request}/statuses`]: () => ({ body: { value: state.statuses } }),
      [`POST ${request}/statuses`]: ({ body }) => {
        state.statuses.push({ ...body, id: state.statuses.length + 1 });
        return { body: state.statuses.at(-1) };
      },
    },
    "/octo-org",
    state.faults,
  );
}

export function azureEnvironment(api: string, { head }: HostState): Record<string, string> {
  return {
    TF_BUILD: "True",
    SYSTEM_COLLECTIONURI: `${api}/`,
    SYSTEM_TEAMFOUNDATIONCOLLECTIONURI: `${api}/`,
    SYSTEM_TEAMPROJECT: "Shop",
    BUILD_REPOSITORY_ID: "infra-id",
    BUILD_REPOSITORY_PROVIDER: "TfsGit",
    BUILD_BUILDID: "31",
    SYSTEM_PULLREQUEST_PULLREQUESTID: "7",
    SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/main",
    SYSTEM_PULLREQUEST_SOURCEBRANCH: "refs/heads/remove-orders",
    SYSTEM_PULLREQUEST_SOURCECOMMITID: head,
  };
}
