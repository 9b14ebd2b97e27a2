/** The pull request of a run to a host that can be asked. */

import type { Environment } from "../model/evidence.ts";
import type { HostName, PullRequestPlace } from "../model/host.ts";
import { placeOfPage } from "./address.ts";
import type { CiRun } from "./ci/run.ts";
import type { CodeHost } from "./code-host.ts";
import { type Credential, credentialFor } from "./credential.ts";

/** Where the pull request is; `undefined` when the run is for none; a sentence when nobody can tell. */
export function placeOfRun(
  { repository, number, page }: Pick<CiRun, "repository" | "number" | "page">,
  env: Environment,
): PullRequestPlace | string | undefined {
  if (repository !== undefined && number !== undefined) return { ...repository, number };
  if (page === undefined) return undefined;
  const place = placeOfPage(page, env);
  return typeof place === "string" ? `the pull request's page is not known: ${place}` : place;
}

export const HOST_TITLES: Readonly<Record<HostName, string>> = {
  github: "GitHub",
  gitlab: "GitLab",
  bitbucket: "Bitbucket",
  azure: "Azure DevOps",
};

/** The host with the token of the environment, or why it cannot be asked, as a sentence. */
export async function openHost(place: PullRequestPlace, env: Environment): Promise<CodeHost | string> {
  const credential = credentialFor(place.host, env);
  return typeof credential === "string" ? credential : connect(place, credential, env);
}

async function connect(place: PullRequestPlace, credential: Credential, env: Environment): Promise<CodeHost> {
  switch (place.host) {
    case "github":
      return (await import("./github/index.ts")).githubHost(place, credential);
    case "gitlab":
      return (await import("./gitlab/index.ts")).gitlabHost(place, credential, pipelineIn(env));
    case "bitbucket":
      return (await import("./bitbucket/index.ts")).bitbucketHost(place, credential);
    case "azure":
      return (await import("./azure/index.ts")).azureHost(place, credential);
  }
}

function pipelineIn(env: Environment): string | undefined {
  const pipeline = env["CI_PIPELINE_ID"];
  return pipeline !== undefined && /^\d{1,15}$/.test(pipeline) ? pipeline : undefined;
}
