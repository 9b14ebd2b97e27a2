/** Repositories that are made for a test, by git itself, in a folder that is gone when the test is over. */

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { folderWith } from "./world.ts";

export interface Repository {
  readonly folder: string;
  readonly git: (...args: readonly string[]) => string;
  /** A commit with this message, by the operator or whoever is named: `Name <address>`. */
  readonly commit: (message: string, author?: string, committer?: string) => string;
}

/** A repository whose branch `main` has one commit, and that stands on `work`. */
export function repository(files: Readonly<Record<string, string>> = {}): Repository {
  const folder = folderWith({ "main.tf": "", ...files });
  const made = repositoryIn(folder);
  made.git("init", "--quiet", "--initial-branch=main");
  made.git("add", "-A");
  made.commit("first");
  made.git("checkout", "--quiet", "-b", "work");
  return made;
}

export function repositoryIn(folder: string): Repository {
  // Nothing of the machine's own configuration, and nothing of a run inside of another repository.
  const env = {
    PATH: process.env["PATH"],
    HOME: folder,
    GIT_CONFIG_GLOBAL: join(folder, ".none"),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Operator",
    GIT_AUTHOR_EMAIL: "operator@company.example",
    GIT_COMMITTER_NAME: "Operator",
    GIT_COMMITTER_EMAIL: "operator@company.example",
  };
  const gitWith = (more: Readonly<Record<string, string>>, args: readonly string[]): string => {
    const asked = { cwd: folder, env: { ...env, ...more } };
    return execFileSync("git", args, { ...asked, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  };
  const git = (...args: readonly string[]): string => gitWith({}, args);
  const commit = (message: string, author?: string, committer?: string): string => {
    writeFileSync(join(folder, ".git/message"), message);
    const by = author === undefined ? [] : [`--author=${author}`];
    const [, name, email] = /^(.*) <(.*)>$/.exec(committer ?? "") ?? [];
    const as =
      name === undefined || email === undefined ? {} : { GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
    gitWith(as, ["commit", "--quiet", "--allow-empty", "--cleanup=verbatim", "-F", ".git/message", ...by]);
    return git("rev-parse", "HEAD");
  };
  return { folder, git, commit };
}

/** A commit with these files; `undefined` takes one away. */
export function committed(
  { folder, git, commit }: Repository,
  files: Readonly<Record<string, string | undefined>>,
  message = "change",
  author?: string,
  committer?: string,
): string {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
  }
  git("add", "-A");
  return commit(message, author, committer);
}
