/** Repositories that are made for a test, by git itself, in a folder that is gone when the test is over. */

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith } from "./world.ts";

export interface Repository {
  readonly folder: string;
  readonly git: (...args: readonly string[]) => string;
  /** A commit with this message, by the operator or whoever is named: `Name <address>`. */
  readonly commit: (message: string, author?: string) => string;
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
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, { cwd: folder, env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  const commit = (message: string, author?: string): string => {
    writeFileSync(join(folder, ".git/message"), message);
    const by = author === undefined ? [] : [`--author=${author}`];
    git("commit", "--quiet", "--allow-empty", "--cleanup=verbatim", "-F", ".git/message", ...by);
    return git("rev-parse", "HEAD");
  };
  return { folder, git, commit };
}
