/** Tokens, from the environment alone. What is in them goes into one header, and never into a message. */

import type { Environment } from "../model/evidence.ts";
import type { HostName } from "../model/host.ts";

export interface Credential {
  readonly token: string;
  /** What the header `Authorization` says. */
  readonly authorization: string;
  /** Texts that must never show. */
  readonly secrets: readonly string[];
}

/** Variables in which a token is looked for, the first one first. */
export const TOKEN_VARIABLES: Readonly<Record<HostName, readonly string[]>> = {
  github: ["FIREBREAK_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"],
  gitlab: ["FIREBREAK_TOKEN", "GITLAB_TOKEN"],
  bitbucket: ["FIREBREAK_TOKEN", "BITBUCKET_TOKEN"],
  azure: ["FIREBREAK_TOKEN", "SYSTEM_ACCESSTOKEN", "AZURE_DEVOPS_EXT_PAT"],
};

/** The credential for a host, or why there is none, as a sentence without anything of it. */
export function credentialFor(host: HostName, env: Environment): Credential | string {
  const name = TOKEN_VARIABLES[host].find((variable) => env[variable]?.trim());
  if (name === undefined)
    return `there is no token in the environment (${TOKEN_VARIABLES[host].slice(1).join(" or ")})`;
  const token = env[name]?.trim() ?? "";
  // A variable that is not set stands there by its name, on Azure.
  if (/^\$\(.*\)$/.test(token)) return `${name} is not set: the pipeline put the name of a variable in its place`;
  // Node's own message about a broken header would quote it.
  if (!/^[\x21-\x7e]+$/.test(token)) return `${name} holds signs that are in no token, so it was not used`;
  const user = host === "bitbucket" ? env["BITBUCKET_EMAIL"]?.trim() : isWebToken(token) ? undefined : "";
  const basic = (host === "azure" || host === "bitbucket") && user !== undefined;
  const coded = Buffer.from(`${user ?? ""}:${token}`).toString("base64");
  return {
    token,
    authorization: basic ? `Basic ${coded}` : `Bearer ${token}`,
    secrets: [token, coded, encodeURIComponent(token)],
  };
}

/** Azure's tokens of jobs are web tokens, those of people are not. */
function isWebToken(token: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
}

/** Takes whatever must not show out of a text that somebody else wrote. */
export function withoutSecrets(text: string | undefined, { secrets }: Credential): string | undefined {
  return text === undefined ? undefined : secrets.reduce((clean, secret) => clean.replaceAll(secret, "***"), text);
}
