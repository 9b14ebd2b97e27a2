/** Whose CI runs here, told by its files, else by where the repository is kept. */

import { join } from "node:path";
import { CI_NAMES, type CiSystem } from "../../model/project.ts";
import { textOf } from "./files.ts";

const FILES: Readonly<Record<CiSystem, RegExp>> = {
  github: /^\.github\//,
  gitlab: /^\.gitlab(-ci\.ya?ml$|\/)/,
  bitbucket: /^bitbucket-pipelines\.ya?ml$/,
  azure: /^azure-pipelines[^/]*\.ya?ml$/,
  circleci: /^\.circleci\//,
  jenkins: /^Jenkinsfile[^/]*$/,
  atlantis: /^atlantis\.ya?ml$/,
};

/** Hosts by the name of the remote's server; on a server of one's own only the files tell. */
const SERVERS: readonly (readonly [server: RegExp, ci: CiSystem])[] = [
  [/^github\./, "github"],
  [/^gitlab\./, "gitlab"],
  [/^bitbucket\.org$/, "bitbucket"],
  [/(^|\.)(dev\.azure|visualstudio)\.com$/, "azure"],
];

export function ciIn(root: string, files: readonly string[]): CiSystem[] {
  const found = CI_NAMES.filter((name) => files.some((path) => FILES[name].test(path)));
  // A folder .github often holds templates alone, so what runs elsewhere goes before it.
  const runs = found.filter((name) => name !== "github" || files.some((path) => /^\.github\/workflows\//.test(path)));
  const ordered = [...runs, ...found.filter((name) => !runs.includes(name))];
  if (ordered.length > 0) return ordered;
  const remotes = [...textOf(join(root, ".git/config"), 1 << 20).matchAll(/^\s*url\s*=\s*(\S+)/gm)];
  return SERVERS.filter(([server]) => remotes.some(([, url = ""]) => server.test(serverOf(url)))).map(([, ci]) => ci);
}

/** Of `https://user@server/path`, `ssh://git@server:22/path` and `git@server:path`. */
function serverOf(url: string): string {
  return /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^/:]+)/.exec(url)?.[1] ?? "";
}
