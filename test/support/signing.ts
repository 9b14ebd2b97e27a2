/** People with real SSH keys, and a repository whose main branch says that they may sign. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Report } from "../../src/index.ts";
import type { Signature } from "../../src/model/sign-off.ts";
import { type Repository, repositoryIn } from "./repository.ts";
import { smallPlan } from "./small-plan.ts";
import { type FakeProcess, firebreak, folderWith, NOW, reportOf } from "./world.ts";

/** Why tests with real signatures cannot run; `undefined` when they can. */
export const NO_SSH_KEYGEN = spawnSync("ssh-keygen", ["-?"]).error
  ? "ssh-keygen is not on PATH (install openssh-client)"
  : undefined;

export const AGENT_COMMIT = "fix\n\nCo-authored-by: Claude <noreply@anthropic.com>";

export interface Organisation extends Repository {
  /** Path of a file in the folder. */
  readonly path: (name: string) => string;
  /** Makes a key for a person and answers with its path; the same path for the same name. */
  readonly key: (person: string) => string;
  /** The line of `allowed_signers` for a person's key. */
  readonly line: (person: string, options?: string, names?: string) => string;
  /** Signs with `firebreak approve` and answers with the path of the sign-off. */
  readonly approve: (person: string, plan: string, ...options: readonly string[]) => Promise<string>;
  /** The report of `firebreak check` with these sign-offs, judged at `NOW` unless told. */
  readonly check: (plan: string, files: readonly string[], ...options: readonly string[]) => Promise<Report>;
}

export interface Settings {
  /** The list of allowed signers on main; by default alice and bob, each with one key. */
  readonly signers?: (line: Organisation["line"]) => readonly string[];
  readonly config?: string;
  /** The message of the one commit of the change. */
  readonly message?: string;
  readonly author?: string;
}

/** On branch `work`, with one commit by an agent for the operator on top of main. */
export function organisation({ signers, config, message = AGENT_COMMIT, author }: Settings = {}): Organisation {
  const folder = folderWith({ "main.tf": "" });
  const repository = repositoryIn(folder);
  const path = (name: string): string => join(folder, name);
  const keys = new Map<string, string>();
  const key = (person: string): string => {
    const file = keys.get(person) ?? path(`.keys/${person}`);
    if (!keys.has(person)) {
      mkdirSync(dirname(file), { recursive: true });
      execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", person, "-f", file]);
      keys.set(person, file);
    }
    return file;
  };
  const line: Organisation["line"] = (person, options = "", names = addressOf(person)) => {
    const [type, base64] = readFileSync(`${key(person)}.pub`, "utf8").split(" ");
    return [names, options, type, base64].filter((word) => word !== "").join(" ");
  };
  const lines = signers?.(line) ?? [line("alice"), line("bob")];
  writeIn(folder, ".firebreak/allowed_signers", `# who may sign\n${lines.join("\n")}\n`);
  if (config !== undefined) writeIn(folder, "firebreak.yaml", config);
  repository.git("init", "--quiet", "--initial-branch=main");
  repository.git("add", ".firebreak", "main.tf", ...(config === undefined ? [] : ["firebreak.yaml"]));
  repository.commit("first");
  repository.git("checkout", "--quiet", "-b", "work");
  repository.commit(message, author);
  let signed = 0;
  const approve: Organisation["approve"] = async (person, plan, ...options) => {
    const out = path(`sign-offs/${signed++}-${person}.signoff`);
    mkdirSync(dirname(out), { recursive: true });
    const argv = ["approve", plan, "--key", key(person), "--out", out, ...configIn(folder, config), ...options];
    const { code, stderr, files } = await firebreak(argv, { cwd: folder });
    if (code !== 0) throw new Error(stderr);
    for (const [file, text] of files) writeFileSync(file, text);
    return out;
  };
  const check: Organisation["check"] = (plan, files, ...options) => {
    const given = files.flatMap((file) => ["--approvals", file]);
    return reportOf([plan, "--base", "main", ...configIn(folder, config), ...given, ...options], {
      cwd: folder,
    });
  };
  return { ...repository, path, key, line, approve, check };
}

/** A plan in a file of the organisation's folder: databases that end, by name, with the identity of each. */
export function planOf(
  { path }: Organisation,
  objects: Readonly<Record<string, string | undefined>>,
  name = "plan.json",
): string {
  const entries = Object.entries(objects).map(([address, id]) => [
    address,
    { fate: "delete" as const, values: id === undefined ? {} : { id, skip_final_snapshot: true } },
  ]);
  const file = path(name);
  writeFileSync(file, smallPlan({ objects: { ...Object.fromEntries(entries), "aws_vpc.stays": "keep" } }));
  return file;
}

/** The verdict and what is said of each signature. */
export function told({ verdict, signatures }: Report): [verdict: string, ...signatures: string[]] {
  return [verdict, ...signatures.map(tellOne)];
}

function tellOne({ signer, counts, reason, plans }: Signature): string {
  if (!counts) return `${signer}: ${reason}`;
  return `${signer}: ${plans.every(({ exactly }) => exactly) ? "exactly" : "more"}`;
}

/** `firebreak` in the organisation's folder. */
export function inFolder({ folder }: Organisation, argv: readonly string[], fake: FakeProcess = {}) {
  return firebreak(argv, { cwd: folder, ...fake });
}

export function addressOf(person: string): string {
  return `${person}@company.example`;
}

/** Some hours after `NOW`, as `--now` takes it. */
export function later(hours: number): string {
  return new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();
}

/** Without a config `recommended` holds. */
function configIn(folder: string, config: string | undefined): string[] {
  return config === undefined ? [] : ["--config", join(folder, "firebreak.yaml")];
}

function writeIn(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
