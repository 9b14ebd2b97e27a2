/** Environments of a repository: by folders, by tags in a state or a plan, by workspaces, by names of files. */

import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { EnvironmentSign, FoundEnvironment } from "../../model/project.ts";
import { loadUnzip } from "../archive.ts";
import { isZip } from "../unpack.ts";
import { bytesOf, folderOf, textOf } from "./files.ts";

/** Words that name an environment wherever they stand, and what it is called then. */
const NAMES: readonly (readonly [name: string, words: readonly string[]])[] = [
  ["production", ["production", "prod", "prd"]],
  ["staging", ["staging", "stage", "stg", "preprod", "uat"]],
  ["development", ["development", "dev", "develop"]],
  ["test", ["test", "testing", "qa"]],
  ["sandbox", ["sandbox"]],
];

interface Sighting {
  readonly name: string;
  readonly sign?: EnvironmentSign;
  readonly found: string;
}

/** Of the folders in which plans are made, and of the files of the repository. */
export async function environmentsIn(
  root: string,
  files: readonly string[],
  folders: readonly string[],
): Promise<FoundEnvironment[]> {
  const sightings = [
    ...byFolder(folders),
    ...(await byTags(root, files)),
    ...byWorkspace(root, folders),
    ...byFileName(root, files),
  ];
  return NAMES.flatMap(([name]) => {
    const own = sightings.filter((sighting) => sighting.name === name);
    // What a plan shows tells more than what has to be said with it.
    const best = own.find(({ sign }) => sign !== undefined) ?? own[0];
    return best === undefined ? [] : [{ name, found: best.found, ...(best.sign && { match: best.sign }) }];
  });
}

function nameOf(word: string): string | undefined {
  return NAMES.find(([, words]) => words.includes(word.toLowerCase()))?.[0];
}

function byFolder(folders: readonly string[]): Sighting[] {
  const paths = new Map<string, Map<string, string>>();
  for (const folder of folders) {
    const parts = folder.split("/");
    const place = parts.findIndex((part) => nameOf(part) !== undefined);
    const name = nameOf(parts[place] ?? "");
    if (name === undefined) continue;
    const known = paths.get(name) ?? new Map<string, string>();
    paths.set(name, known.set(parts.slice(0, place + 1).join("/"), parts[place] ?? ""));
  }
  return [...paths].map(([name, found]) => {
    const [first = ["", ""], ...others] = [...found];
    // A pattern holds at the end of a path, from any folder on.
    const path = others.length === 0 ? `${first[0]}/**` : `${first[1]}/**`;
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    return { name, sign: { path }, found: `the folder ${first[0]}${more}` };
  });
}

const MOST_STATE_BYTES = 64 << 20;
const MOST_STATES = 20;

/** Tags of objects. Only words that name an environment are kept: other values stay where they are. */
async function byTags(root: string, files: readonly string[]): Promise<Sighting[]> {
  const candidates = files.filter(
    (path) => /\.tfstate$|(^|\/)[^/]*plan[^/]*$|\.tfplan$/i.test(path) && !/\.(tf|md|hcl|ya?ml|sh)$/.test(path),
  );
  const seen = new Map<string, Map<string, Set<string>>>();
  const places = new Map<string, string>();
  for (const path of candidates.slice(0, MOST_STATES)) {
    for (const text of await documentsIn(join(root, path))) {
      for (const [, key = "", value = ""] of text.matchAll(/"(environment|env|stage)"\s*:\s*"(\w{2,20})"/gi)) {
        const name = nameOf(value);
        if (name === undefined) continue;
        const keys = seen.get(name) ?? new Map<string, Set<string>>();
        seen.set(name, keys.set(key, (keys.get(key) ?? new Set()).add(value)));
        places.set(name, path);
      }
    }
  }
  return [...seen].map(([name, keys]) => {
    // All tags of a match have to be there: the one that was seen first is enough.
    const [[key, values] = ["", new Set<string>()]] = keys;
    return { name, sign: { tags: { [key]: [...values].sort() } }, found: `tags in ${places.get(name)}` };
  });
}

/** The JSON of a state or a plan; of a saved plan the states that it brings along. */
async function documentsIn(path: string): Promise<string[]> {
  const bytes = bytesOf(path, MOST_STATE_BYTES);
  if (bytes === undefined) return [];
  if (!isZip(bytes)) return [bytes.toString("utf8")];
  const unzip = await loadUnzip();
  try {
    const isState = ({ name, originalSize }: { name: string; originalSize: number }): boolean =>
      /^tfstate(-prev)?$/.test(name) && originalSize <= MOST_STATE_BYTES;
    return Object.values(unzip(bytes, isState)).map((state) => Buffer.from(state).toString("utf8"));
  } catch {
    // A broken archive tells nothing.
    return [];
  }
}

/** `terraform.tfstate.d/NAME` for a state in the folder, and the workspace that is selected there. */
function byWorkspace(root: string, folders: readonly string[]): Sighting[] {
  return folders.flatMap((folder) => {
    const selected = textOf(join(root, folder, ".terraform/environment"), 1 << 10).trim();
    const all = new Set([...namesIn(join(root, folder, "terraform.tfstate.d")), selected]);
    return [...all].flatMap((workspace): Sighting[] => {
      const name = nameOf(workspace);
      return name === undefined ? [] : [{ name, sign: { workspace }, found: `the workspace ${workspace}` }];
    });
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Most folders have no workspaces of their own.
    return [];
  }
}

/** `prod.tfvars`, `terraform.prod.tfvars.json`, and `[prod.deploy.parameters]` of samconfig.toml. Nothing in a plan tells these. */
function byFileName(root: string, files: readonly string[]): Sighting[] {
  const variables = files.flatMap((path): Sighting[] => {
    const [, stem] = /^(.+?)\.tfvars(\.json)?$/.exec(basename(path)) ?? [];
    const word = `${folderOf(path)}/${stem ?? ""}`.split(/[./_-]/).find((part) => nameOf(part) !== undefined);
    const name = stem === undefined || word === undefined ? undefined : nameOf(word);
    return name === undefined ? [] : [{ name, found: path }];
  });
  const sam = files.filter((path) => basename(path) === "samconfig.toml");
  const sections = sam.flatMap((path) =>
    [...textOf(join(root, path), 1 << 20).matchAll(/^\[(\w+)\./gm)].map(([, word = ""]) => ({ path, word })),
  );
  const deployed = sections.flatMap(({ path, word }): Sighting[] => {
    const name = nameOf(word);
    return name === undefined ? [] : [{ name, found: `[${word}] in ${path}` }];
  });
  return [...variables, ...deployed];
}
