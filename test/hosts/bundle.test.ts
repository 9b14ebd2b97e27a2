/** The built command as a process: Octokit is in the bundle, and loads for GitHub alone. */

import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { githubRun, TOKEN } from "../support/ci-run.ts";
import { HEAD, serveGithub } from "../support/github-server.ts";
import { fixture, folderWith } from "../support/world.ts";

const root = join(import.meta.dirname, "../..");
const bin = join(root, "dist/bin.js");

beforeAll(() => {
  if (!existsSync(bin)) execFileSync(process.execPath, [join(root, "scripts/build.mjs")]);
});

/** Not waited for in a way that would keep the server of this process from answering. */
async function run(args: readonly string[], env: Readonly<Record<string, string>>) {
  const coverage = folderWith({});
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: folderWith({}),
    env: { PATH: process.env["PATH"], NODE_V8_COVERAGE: coverage, ...env },
  });
  const written = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (written.stdout += chunk));
  child.stderr.on("data", (chunk: Buffer) => (written.stderr += chunk));
  const code = await new Promise((done) => child.on("close", done));
  const loaded = readdirSync(coverage).flatMap((file) => [
    ...readFileSync(join(coverage, file), "utf8").matchAll(/"url":"[^"]*dist\/cli\/([^"/]*)\.js"/g),
  ]);
  return { code, ...written, loaded: loaded.map(([, name = ""]) => name) };
}

test("comments on GitHub, and shows no token", async () => {
  const server = await serveGithub();
  const env = githubRun({ api: server.api, head: HEAD });
  const { code, stdout, stderr } = await run(["comment", fixture("story/plan.json"), "--actor", "agent"], env);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^comment written: .*\ncheck run set\n$/)]);
  expect(stdout).toMatch(/^FAIL /);
  expect(server.state.comments).toHaveLength(1);
  expect(stdout + stderr + JSON.stringify(server.state)).not.toContain(TOKEN);
});

test("outside of CI loads nothing of it", async () => {
  const { code, loaded } = await run(["check", fixture("terraform/update-in-place/plan.json")], {});
  expect(code).toBe(0);
  expect(loaded.filter((name) => /^(ci|evidence|octokit|github|gitlab|bitbucket|azure|light|dist)/.test(name))).toEqual(
    [],
  );
});
