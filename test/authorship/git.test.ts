/** The commits of a change as git has them: the right ones, and none of them able to start anything. */

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Authorship } from "../../src/index.ts";
import { inShort } from "../support/author.ts";
import { type Repository, repository, repositoryIn } from "../support/repository.ts";
import { type FakeProcess, firebreak, folderWith } from "../support/world.ts";

const TRAILER = "Co-authored-by: Claude <noreply@anthropic.com>";

async function author(
  cwd: string,
  argv: readonly string[] = ["--base", "main"],
  fake: FakeProcess = {},
): Promise<Authorship> {
  const { code, stdout, stderr } = await firebreak(["author", "-f", "json", ...argv], { ...fake, cwd });
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

const gaps = ({ signals }: Authorship): string[] =>
  signals.flatMap(({ source, evidence = "" }) => (source === "repository" ? [evidence] : []));

describe("the range", () => {
  test("is what HEAD has and the base has not", async () => {
    const { folder, git, commit } = repository();
    commit(`by an agent\n\n${TRAILER}`);
    commit("by somebody");
    git("checkout", "--quiet", "main");
    commit(`of main, by an agent\n\nMade-with: Cursor`);
    git("checkout", "--quiet", "work");
    expect(await author(folder)).toMatchObject({
      kind: "mixed",
      agent: "claude-code",
      commits: { total: 2, agent: 1 },
    });
    // What came from main by a merge is not the change, and neither is the merge.
    git("merge", "--quiet", "--no-edit", "main");
    expect(await author(folder)).toMatchObject({ agent: "claude-code", commits: { total: 2, agent: 1 } });
    expect((await author(join(folder, "."), [])).commits).toEqual({ total: 2, agent: 1 });
  });

  test("is named by the CI of a pull request", async () => {
    const { folder, git, commit } = repository();
    commit(`x\n\n${TRAILER}`);
    git("update-ref", "refs/remotes/origin/trunk", "main");
    git("branch", "--quiet", "-D", "main");
    const ofCheck = await firebreak(["check", "-f", "json", "-"], {
      cwd: folder,
      stdin: "{}",
      env: { GITHUB_BASE_REF: "trunk" },
    });
    expect(ofCheck.code).toBe(2);
    expect(inShort(await author(folder, [], { env: { GITHUB_BASE_REF: "trunk" } }))).toBe("agent claude-code proven");
  });

  test("is that of the branch, whatever a tag of that name says", async () => {
    const { folder, git, commit } = repository();
    commit(`x\n\n${TRAILER}`);
    git("tag", "main");
    expect(inShort(await author(folder))).toBe("agent claude-code proven");
  });

  test("brings the branch along, and notes of line records", async () => {
    const { folder, git, commit } = repository();
    git("checkout", "--quiet", "-b", "codex/fix");
    commit("no mark");
    expect(inShort(await author(folder))).toBe("agent openai-codex proven");
    git("checkout", "--quiet", "-b", "plain");
    expect((await author(folder)).kind).toBe("unknown");
    const note =
      'main.tf\n  s_0123456789abcd::t_1 1-5\n  h_dca485b1adf836 6\n---\n{"schema_version": "authorship/3.0.0", "sessions": {"s_0123456789abcd": {"agent_id": {"tool": "droid"}}}}';
    git("notes", "--ref=ai", "add", "-m", note);
    const judged = await author(folder);
    expect(inShort(judged)).toBe("agent factory-droid proven");
    expect(judged.signals[0]?.evidence).toBe("git note: 5 of 6 recorded lines by an AI session");
  });

  test("holds a message of any size, and every line end and sign", async () => {
    const { folder, commit } = repository();
    commit(`x\r\n\r\n${"a line of words\u001f\u001e\n".repeat(70_000)}\n${TRAILER}\r\n`);
    expect(inShort(await author(folder))).toBe("agent claude-code proven");
  });
});

describe("what cannot be read is said, and never a human", () => {
  test.each<[what: string, make: () => string, argv: string[], gap: RegExp]>([
    ["no repository", () => folderWith({}), [], /no git repository/],
    ["no commit", () => repositoryWithoutCommit().folder, [], /git found no commit here/],
    ["no such base", () => repository().folder, ["--base", "release/9"], /release\/9 is not in this clone/],
    [
      "an option in place of a base",
      () => repository().folder,
      ["--base=--output=x"],
      /--output=x is not in this clone/,
    ],
    ["nothing new", () => repository().folder, ["--base", "main"], /HEAD has no commit that main does not have/],
    ["unrelated histories", () => withOrphan().folder, ["--base", "main"], /no common commit/],
  ])("%s", async (_, make, argv, gap) => {
    const judged = await author(make(), argv);
    expect([judged.kind, gaps(judged)]).toEqual(["unknown", [expect.stringMatching(gap)]]);
  });

  test("a shallow clone with and without the base", async () => {
    const origin = repository();
    origin.commit("one");
    origin.commit("two");
    const place = folderWith({});
    origin.git("clone", "--quiet", "--depth=1", "--branch=work", `file://${origin.folder}`, join(place, "clone"));
    const clone = repositoryIn(join(place, "clone"));
    expect(gaps(await author(clone.folder))).toEqual([
      expect.stringMatching(/main is not in this clone.*fetch-depth: 0/),
    ]);
    clone.git("fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main");
    expect(gaps(await author(clone.folder))).toEqual([expect.stringMatching(/no common commit.*fetch-depth: 0/)]);
  });

  test("no git", async () => {
    const { folder } = repository();
    const path = process.env["PATH"];
    process.env["PATH"] = folder;
    try {
      expect(gaps(await author(folder))).toEqual([expect.stringMatching(/git is not on PATH/)]);
    } finally {
      process.env["PATH"] = path;
    }
  });

  test("is named in a report when something ends", async () => {
    const { folder } = withOrphan();
    const plan = { resource_changes: [], format_version: "1.2" };
    const { stdout } = await firebreak(["check", "-", "--base", "main", "-v"], {
      cwd: folder,
      stdin: JSON.stringify(plan),
    });
    expect(stdout).toContain("Of the author: HEAD and main have no common commit in this clone");
  });
});

test("a check starts git only where somebody names a base", async () => {
  const { folder } = repository();
  const called = join(folder, "called");
  writeFileSync(join(folder, "git"), `#!/bin/sh\ntouch '${called}'\nexit 1\n`, { mode: 0o755 });
  const path = process.env["PATH"];
  process.env["PATH"] = `${folder}:${path}`;
  try {
    const plan = { resource_changes: [], format_version: "1.2" };
    const check = (argv: readonly string[], env = {}) =>
      firebreak(["check", "-", ...argv], { cwd: folder, stdin: JSON.stringify(plan), env });
    await check([], { GITHUB_ACTIONS: "true", GITHUB_ACTOR: "operator" });
    expect(existsSync(called)).toBe(false);
    await check(["--base", "main"]);
    expect(existsSync(called)).toBe(true);
  } finally {
    process.env["PATH"] = path;
  }
});

describe("a hostile repository", () => {
  test("starts nothing, and hides nothing", async () => {
    const { folder, git, commit } = repository({
      ".mailmap": "Operator <operator@company.example> <noreply@anthropic.com>\n",
      ".gitattributes": "* diff=evil\n",
    });
    const trap = join(folder, "trap.sh");
    const sprung = join(folder, "sprung");
    writeFileSync(trap, `#!/bin/sh\ntouch '${sprung}'\necho trapped\n`, { mode: 0o755 });
    const marked = commit("by an agent", "Claude <noreply@anthropic.com>");
    // A replacement that shows another author.
    const blank = git("commit-tree", "HEAD^{tree}", "-p", "main", "-m", "by an agent");
    git("update-ref", `refs/replace/${marked}`, blank);
    for (const key of [
      "core.fsmonitor",
      "core.pager",
      "gpg.program",
      "diff.external",
      "diff.evil.textconv",
      "core.sshCommand",
      "core.gitProxy",
      "pager.log",
      "core.alternateRefsCommand",
    ])
      git("config", key, trap);
    for (const [key, value] of [
      ["log.showSignature", "true"],
      ["format.pretty", "format:nothing"],
      ["log.mailmap", "true"],
      ["color.ui", "always"],
      ["log.follow", "true"],
      ["i18n.logOutputEncoding", "UTF-16"],
      ["notes.displayRef", "refs/notes/*"],
      ["log.excludeDecoration", "*"],
    ] as const)
      git("config", key, value);
    mkdirSync(join(folder, ".git/hooks"), { recursive: true });
    for (const hook of ["post-checkout", "reference-transaction", "post-index-change"])
      writeFileSync(join(folder, ".git/hooks", hook), `#!/bin/sh\n${trap}\n`, { mode: 0o755 });
    expect(inShort(await author(folder))).toBe("agent claude-code proven");
    expect(existsSync(sprung)).toBe(false);
  });

  test("variables that point elsewhere are not followed", async () => {
    const [here, there] = [repository(), repository()];
    here.commit(`x\n\n${TRAILER}`);
    there.commit("nothing");
    const before = { ...process.env };
    Object.assign(process.env, { GIT_DIR: join(there.folder, ".git"), GIT_WORK_TREE: there.folder });
    try {
      expect(inShort(await author(here.folder))).toBe("agent claude-code proven");
    } finally {
      process.env = before;
    }
  });

  test("files that look like a bare repository are none", async () => {
    const { folder, git, commit } = repository();
    commit(`x\n\n${TRAILER}`);
    const place = folderWith({});
    git("clone", "--quiet", "--bare", folder, join(place, "bare"));
    expect((await author(join(place, "bare"))).kind).toBe("unknown");
  });
});

function repositoryWithoutCommit(): Repository {
  const made = repositoryIn(folderWith({}));
  made.git("init", "--quiet");
  return made;
}

function withOrphan(): Repository {
  const made = repository();
  made.git("checkout", "--quiet", "--orphan", "other");
  made.commit("first of another history");
  return made;
}
