/** The page of a pull request to its place in the API. A token is sent there, so only to servers that are known or named. */

import type { Environment } from "../model/evidence.ts";
import type { PullRequestPlace, Repository } from "../model/host.ts";
import { BITBUCKET_API } from "./ci/bitbucket-pipelines.ts";
import { numberIn } from "./ci/run.ts";

/**
 * Where the pull request of a page is, or why nobody can tell, as a sentence. Pages of GitHub, GitLab, Bitbucket Cloud and
 * Azure DevOps are known; of another server its CI's variables have to name the API.
 */
export function placeOfPage(page: string, env: Environment): PullRequestPlace | string {
  const url = URL.canParse(page) ? new URL(page) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return "this is no address of a pull request";
  const segments = segmentsOf(url.pathname);
  const found = READERS.map((read) => read(url, segments, env)).find((answer) => answer !== undefined);
  return found ?? "this is no page of a pull request on GitHub, GitLab, Bitbucket Cloud or Azure DevOps";
}

type Reader = (url: URL, segments: readonly string[], env: Environment) => PullRequestPlace | string | undefined;

const READERS: readonly Reader[] = [ofGithub, ofGitlab, ofBitbucket, ofAzure];

function ofGithub(
  { origin }: URL,
  segments: readonly string[],
  env: Environment,
): PullRequestPlace | string | undefined {
  const [owner, name, word, id] = segments;
  const number = numberIn(id);
  if (word !== "pull" || number === undefined) return undefined;
  const own = originOf(env["GITHUB_SERVER_URL"]) === origin || originOf(env["GITHUB_API_URL"]) === origin;
  const api = own ? env["GITHUB_API_URL"] : origin === "https://github.com" ? "https://api.github.com" : undefined;
  if (!api) return notNamed(origin, "GITHUB_SERVER_URL and GITHUB_API_URL");
  return { ...place("github", api, `${owner}/${name}`), number };
}

function ofGitlab(
  { origin }: URL,
  segments: readonly string[],
  env: Environment,
): PullRequestPlace | string | undefined {
  const at = segments.indexOf("merge_requests");
  const number = numberIn(segments[at + 1]);
  if (at < 2 || number === undefined) return undefined;
  const path = segments.slice(0, segments[at - 1] === "-" ? at - 1 : at);
  const own = originOf(env["CI_API_V4_URL"]) === origin;
  const api = own ? env["CI_API_V4_URL"] : origin === "https://gitlab.com" ? "https://gitlab.com/api/v4" : undefined;
  if (!api) return notNamed(origin, "CI_API_V4_URL");
  return { ...place("gitlab", api, path.join("/")), number };
}

function ofBitbucket({ origin }: URL, segments: readonly string[], env: Environment): PullRequestPlace | undefined {
  const [workspace, slug, word, id] = segments;
  const number = numberIn(id);
  if (origin !== "https://bitbucket.org" || word !== "pull-requests" || number === undefined) return undefined;
  return { ...place("bitbucket", env["BITBUCKET_API_URL"] || BITBUCKET_API, `${workspace}/${slug}`), number };
}

function ofAzure(url: URL, segments: readonly string[], env: Environment): PullRequestPlace | string | undefined {
  const at = segments.indexOf("_git");
  const number = numberIn(segments[at + 3]);
  const [project, repository] = [segments[at - 1], segments[at + 1]];
  if (at < 1 || segments[at + 2] !== "pullrequest" || number === undefined) return undefined;
  const collection = [url.origin, ...segments.slice(0, at - 1)].join("/");
  const named = env["SYSTEM_COLLECTIONURI"]?.replace(/\/+$/, "");
  const isPublic = url.origin === "https://dev.azure.com" || /^https:\/\/[\w-]+\.visualstudio\.com$/.test(url.origin);
  if (collection !== named && !isPublic) return notNamed(url.origin, "SYSTEM_COLLECTIONURI");
  return { ...place("azure", collection, `${project}/${repository}`), number };
}

/** Names in an address, without signs that would mean another one. Empty when it cannot be read. */
function segmentsOf(path: string): readonly string[] {
  try {
    const names = path.split("/").map((name) => decodeURIComponent(name));
    return names.some((name) => /[/\\?#%]|^\.\.?$/.test(name)) ? [] : names.filter((name) => name !== "");
  } catch {
    return [];
  }
}

function place(host: Repository["host"], api: string, repository: string): Repository {
  return { host, api: api.replace(/\/+$/, ""), repository };
}

function originOf(address: string | undefined): string | undefined {
  return address !== undefined && URL.canParse(address) ? new URL(address).origin : undefined;
}

function notNamed(origin: string, variables: string): string {
  return `${origin} is no server that is known here, and a token goes to no other; set ${variables}`;
}
