/**
 * Azure Pipelines, for repositories in Azure Repos and on GitHub.
 *
 * Set-up: run the pipeline as a build validation policy of the branch, with `fetchDepth: 0`, and hand the job's token to the
 * step: `env: {SYSTEM_ACCESSTOKEN: $(System.AccessToken)}`. The build service needs the permission "Contribute to pull
 * requests" on the repository. Without the token the variables tell the branches and the commit, and neither who opened it nor
 * who approved it. For a repository on GitHub set GITHUB_TOKEN instead.
 *
 * Source: learn.microsoft.com, "Use predefined variables".
 */

import type { Environment } from "../../model/evidence.ts";
import type { Repository } from "../../model/host.ts";
import { branchIn, type CiRun, commitIn, numberIn } from "./run.ts";

export function readAzurePipelines(env: Environment): CiRun {
  const onGithub = /^GitHub/.test(env["BUILD_REPOSITORY_PROVIDER"] ?? "");
  const number = numberIn(env[onGithub ? "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER" : "SYSTEM_PULLREQUEST_PULLREQUESTID"]);
  const source = branchIn(env["SYSTEM_PULLREQUEST_SOURCEBRANCH"]);
  return {
    name: "Azure Pipelines",
    base: branchIn(env["SYSTEM_PULLREQUEST_TARGETBRANCH"]),
    head: commitIn(env["SYSTEM_PULLREQUEST_SOURCECOMMITID"]),
    repository: onGithub ? onGithubCom(env) : inAzureRepos(env),
    number,
    pullRequest: number === undefined ? undefined : { branch: source, labels: [] },
  };
}

function inAzureRepos(env: Environment): Repository | undefined {
  const collection = env["SYSTEM_COLLECTIONURI"] || env["SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"];
  const [project, repository] = [env["SYSTEM_TEAMPROJECT"], env["BUILD_REPOSITORY_ID"]];
  if (!collection || !project || !repository) return undefined;
  return { host: "azure", api: collection.replace(/\/+$/, ""), repository: `${project}/${repository}` };
}

function onGithubCom(env: Environment): Repository | undefined {
  const repository = env["BUILD_REPOSITORY_NAME"];
  const api = (env["GITHUB_API_URL"] || "https://api.github.com").replace(/\/+$/, "");
  return repository ? { host: "github", api, repository } : undefined;
}
