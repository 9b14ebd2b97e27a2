/** The door to Octokit: requests that are repeated when GitHub is busy or out of order, and errors as sentences. */

import type { Octokit } from "@octokit/core";
import { numberAt, textAt } from "../answer.ts";
import { type Credential, withoutSecrets } from "../credential.ts";
import { answered, HostFailure, reasonOf, TIMEOUT_MS } from "../failure.ts";

export interface GithubClient {
  /** A route as GitHub's documentation writes it: `GET /repos/{owner}/{repo}/pulls/{pull_number}`. */
  readonly request: (route: string, parameters: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** All pages of a list; `at` names the list in an answer that is an object. */
  readonly list: (route: string, parameters: Readonly<Record<string, unknown>>, at?: string) => Promise<unknown[]>;
  readonly graphql: (query: string) => Promise<unknown>;
}

const PAGE_SIZE = 100;
/** Ten thousand comments: whoever has more has other troubles. */
const MOST_PAGES = 100;
const RETRIES = 2;
/** Who waits for a verdict does not wait a quarter of an hour for a limit to end. */
const LONGEST_WAIT_SECONDS = 60;

export async function openGithub(api: string, credential: Credential): Promise<GithubClient> {
  const octokit = await create(api, credential);
  const request = async (route: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown> => {
    try {
      // What was sent may have been done although no answer came, so it is not sent twice.
      const retries = route.startsWith("POST") ? 0 : RETRIES;
      return (await octokit.request(route, { ...parameters, request: { retries } })).data;
    } catch (error) {
      throw failureOf(error, named(route, parameters), credential);
    }
  };
  return {
    request,
    list: async (route, parameters, at) => {
      const found: unknown[] = [];
      for (let page = 1; page <= MOST_PAGES; page++) {
        const answer = await request(route, { ...parameters, per_page: PAGE_SIZE, page });
        const values = at === undefined ? answer : (answer as Readonly<Record<string, unknown>> | null)?.[at];
        if (!Array.isArray(values)) throw new HostFailure(`GitHub answered no list to ${named(route, parameters)}`);
        found.push(...values);
        if (values.length < PAGE_SIZE) break;
      }
      return found;
    },
    graphql: async (query) => {
      try {
        return await octokit.graphql(query);
      } catch (error) {
        throw failureOf(error, "POST /graphql", credential);
      }
    },
  };
}

async function create(api: string, credential: Credential): Promise<Octokit> {
  const [core, { retry }, { throttling }] = await Promise.all([
    import("@octokit/core"),
    import("@octokit/plugin-retry"),
    import("@octokit/plugin-throttling"),
  ]);
  const Client = core.Octokit.plugin(retry, throttling);
  const again = (waitSeconds: number, _: unknown, __: unknown, tried: number): boolean =>
    tried < RETRIES && waitSeconds <= LONGEST_WAIT_SECONDS;
  const silent = (): void => {};
  return new Client({
    auth: credential.token,
    baseUrl: api,
    userAgent: "firebreak",
    request: {
      fetch: (url: string, options: RequestInit) => fetch(url, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) }),
    },
    // Clients of different servers wait for nobody but themselves.
    throttle: { id: api, onRateLimit: again, onSecondaryRateLimit: again },
    // Warnings of the client would go to the terminal as they are.
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
}

/** `GET /repos/octo-org/infra/pulls/7`: the route with what stands in its brackets. */
function named(route: string, parameters: Readonly<Record<string, unknown>>): string {
  return route.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(parameters[name]));
}

function failureOf(error: unknown, request: string, credential: Credential): HostFailure {
  const response = error instanceof Error && "response" in error ? error.response : undefined;
  if (response === undefined) {
    const reason = reasonOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
    return new HostFailure(`GitHub could not be reached for ${request} (${reason})`);
  }
  // What GraphQL refuses comes with status 200.
  const status = numberAt(response, "status") ?? 200;
  const words = textAt(response, "data", "message") ?? textAt(response, "errors", 0, "message");
  return answered("GitHub", status, request, withoutSecrets(words, credential));
}
