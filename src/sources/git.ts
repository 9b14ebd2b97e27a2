/** The commits of a change, from a repository that nobody vouches for: git reads, and starts nothing that the repository names. */

import type { Commit } from "../model/evidence.ts";

/** Commits between a base and HEAD; `gaps` says in sentences what could not be read. */
export interface CommitRange {
  readonly commits?: readonly Commit[];
  /** The branch that is checked out. */
  readonly branch?: string;
  /** There may be more commits than these. */
  readonly commitsMissing?: boolean;
  readonly gaps: readonly string[];
}

/** More are the history of a project, not a change. */
const MOST_COMMITS = 5000;
const MOST_BYTES = 64 << 20;
const TIMEOUT_MS = 30_000;

/** Where a base may be found when nobody names one. */
const USUAL_BASES = [
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/remotes/origin/master",
  "refs/heads/main",
  "refs/heads/master",
];

/** Commits of HEAD that the base does not have, newest first. `base` is a branch, a tag or a commit; without it the usual main branch. */
export async function readCommits(folder: string, base: string | undefined): Promise<CommitRange> {
  const git = gitIn(folder);
  const head = await git("rev-parse", "--verify", "--quiet", "HEAD^{commit}");
  if (head.status === "missing") return gap("git is not on PATH, so the commits were not looked at");
  if (head.status === "failed") return gap(whyNoHead(head));
  const name = base ?? "the main branch";
  const against = await baseCommit(base, git);
  const shallow = (await git("rev-parse", "--is-shallow-repository")).text.trim() === "true";
  const fetch = shallow ? "; fetch the whole history (fetch-depth: 0)" : "";
  if (against === undefined) return gap(`${name} is not in this clone, so the commits were not looked at${fetch}`);
  if ((await git("merge-base", against, "HEAD")).status !== "ok")
    return gap(`HEAD and ${name} have no common commit in this clone, so the commits were not looked at${fetch}`);
  const log = await git("log", ...LOG, `--max-count=${MOST_COMMITS + 1}`, "HEAD", "--not", against, "--");
  if (log.status !== "ok") return gap(`git log failed, so the commits were not looked at${log.why}`);
  const { commits, broken } = parseLog(log.text);
  const branch = (await git("symbolic-ref", "--quiet", "--short", "HEAD")).text.trim();
  const isCut = commits.length > MOST_COMMITS || log.cut;
  const gaps = [
    ...(isCut
      ? [`there are more commits than were looked at: the newest ${Math.min(commits.length, MOST_COMMITS)}`]
      : []),
    ...(broken ? ["git log wrote what could not be read, so commits may be missing"] : []),
    ...(shallow ? ["the clone is shallow, so commits may be missing; fetch the whole history (fetch-depth: 0)"] : []),
    ...(commits.length === 0 ? [`HEAD has no commit that ${name} does not have`] : []),
  ];
  return {
    commits: commits.slice(0, MOST_COMMITS),
    ...(branch !== "" && commits.length > 0 && { branch }),
    ...((isCut || broken || shallow) && { commitsMissing: true }),
    gaps,
  };
}

function gap(sentence: string): CommitRange {
  return { gaps: [sentence] };
}

function whyNoHead({ why }: Answer): string {
  if (/not a git repository/i.test(why)) return "this is no git repository, so there are no commits to look at";
  if (/dubious ownership/i.test(why))
    return "git does not trust this repository's owner, so the commits were not looked at; see safe.directory";
  return `git found no commit here, so none was looked at${why}`;
}

/** A file as a revision has it, whatever lies in the working tree; `path` is relative to the repository's root. */
export async function readAtRevision(
  folder: string,
  revision: string,
  path: string,
): Promise<{ readonly text: string } | "no such revision" | "no such file"> {
  const git = gitIn(folder);
  const commit = await baseCommit(revision, git);
  if (commit === undefined) return "no such revision";
  const blob = await git("cat-file", "blob", `${commit}:${path.replace(/^\.\//, "")}`);
  return blob.status === "ok" && !blob.cut ? { text: blob.text } : "no such file";
}

/** HEAD and the commits before it: a merge has several. Empty where there is no commit. */
export async function readHeads(folder: string): Promise<readonly string[]> {
  const { text } = await gitIn(folder)("rev-list", "--parents", "--max-count=1", "HEAD");
  return text
    .trim()
    .split(/\s+/)
    .filter((sha) => sha !== "");
}

/** The commit that a base names: a branch, a tag or a commit; without a name that of the usual main branch. */
export function baseCommit(base: string | undefined, git: Git): Promise<string | undefined> {
  return firstCommit(base === undefined ? USUAL_BASES : candidates(base), git);
}

/** Branches before tags: whoever may push a tag could otherwise name it like the main branch. */
function candidates(base: string): string[] {
  return [`refs/remotes/${base}`, `refs/remotes/origin/${base}`, `refs/heads/${base}`, base];
}

async function firstCommit(names: readonly string[], git: Git): Promise<string | undefined> {
  for (const name of names) {
    const found = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`);
    if (found.status === "ok") return found.text.trim();
  }
  return undefined;
}

/** Fields between NULs, which no commit can hold. Names as they were written: a mailmap is part of the change. */
const FIELDS = ["%H", "%P", "%an", "%ae", "%cn", "%ce", "%B", "%N"];
const LOG = [
  "-z",
  `--format=${FIELDS.join("%x00")}`,
  "--no-color",
  "--no-show-signature",
  "--no-mailmap",
  "--encoding=UTF-8",
  "--no-notes",
  "--notes=refs/notes/ai",
];

function parseLog(text: string): { readonly commits: readonly Commit[]; readonly broken: boolean } {
  const parts = text.split("\0");
  const commits: Commit[] = [];
  let at = 0;
  for (; at + FIELDS.length <= parts.length; at += FIELDS.length) {
    const [
      sha = "",
      parents = "",
      name = "",
      email = "",
      committerName = "",
      committerEmail = "",
      message = "",
      note = "",
    ] = parts.slice(at, at + FIELDS.length);
    if (!/^[0-9a-f]{40,64}$/.test(sha)) return { commits, broken: true };
    commits.push({
      sha,
      parents: parents === "" ? [] : parents.split(" "),
      author: { name, email },
      committer: { name: committerName, email: committerEmail },
      message,
      ...(note.trim() !== "" && { notes: [note] }),
    });
  }
  return { commits, broken: false };
}

export interface Answer {
  readonly status: "ok" | "missing" | "failed";
  readonly text: string;
  /** The same as it was written. */
  readonly bytes: Buffer;
  /** The program's own words behind a colon, or nothing. */
  readonly why: string;
  /** There was more than `MOST_BYTES`. */
  readonly cut: boolean;
}

/** Git in a folder, with these arguments. Never fails: the answer says how it went. */
export type Git = (...args: readonly string[]) => Promise<Answer>;

export function gitIn(folder: string): Git {
  return (...args) => run(args, folder);
}

/** The same, for a command that reads a list of names, one a line. */
export function feedGit(folder: string, lines: readonly string[], ...args: readonly string[]): Promise<Answer> {
  return run(args, folder, `${lines.join("\n")}\n`);
}

/** What a repository's or a user's configuration could make these commands start, fetch or print is switched off. */
const SAFELY = [
  "--no-pager",
  "--no-replace-objects",
  "--literal-pathspecs",
  ...[
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "log.showSignature=false",
    "log.mailmap=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
    "gc.auto=0",
  ].flatMap((setting) => ["-c", setting]),
];

async function run(args: readonly string[], cwd: string, input?: string): Promise<Answer> {
  const { execFile } = await import("node:child_process");
  return new Promise((settle) => {
    const options = {
      cwd,
      env: cleanEnvironment(),
      encoding: "buffer",
      maxBuffer: MOST_BYTES,
      timeout: TIMEOUT_MS,
      windowsHide: true,
    } as const;
    const child = execFile("git", [...SAFELY, ...args], options, (error, stdout, stderr) => {
      const [text, bytes] = [stdout.toString("utf8"), stdout];
      const line = stderr
        .toString("utf8")
        .split("\n")
        .find((one) => one.trim() !== "");
      const why = line === undefined ? "" : `: ${line.trim().slice(0, 200)}`;
      if (error === null) settle({ status: "ok", text, bytes, why, cut: false });
      else if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER")
        settle({ status: "ok", text, bytes, why, cut: true });
      else if (error.code === "ENOENT") settle({ status: "missing", text: "", bytes: NOTHING, why, cut: false });
      else
        settle({
          status: "failed",
          text: "",
          bytes: NOTHING,
          why: error.killed ? `: it took longer than ${TIMEOUT_MS / 1000} s` : why,
          cut: false,
        });
    });
    if (input === undefined) return;
    // A program that is not there, or stops early, reads nothing; its answer says so.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

const NOTHING = Buffer.alloc(0);

/** Without variables that point git elsewhere, or give it configuration of their own. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith("GIT_"));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C",
    GIT_GRAFT_FILE: "/dev/null",
    GIT_NO_LAZY_FETCH: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
  };
}
