/** Every rule has a page, a plan on which it fires, and that plan's nearest innocent neighbour, on which it does not. */

import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../src/index.ts";
import { RULES, type RuleId } from "../src/model/finding.ts";
import { judgedFile } from "./support/judge.ts";
import { repositoryIn } from "./support/repository.ts";
import { fixture, folderWith, reportOf } from "./support/world.ts";

const PAGES = join(import.meta.dirname, "../docs/rules");
const IDS = Object.keys(RULES) as RuleId[];

/** What the rule says of one of its two plans to an agent, under the config that lies beside it, if there is one. */
async function messages(rule: RuleId, name: "firing" | "silent"): Promise<string[]> {
  const config = ["firebreak", name].map((one) => fixture("rules", rule, `${one}.yaml`)).find(existsSync);
  // What a change set does not say of its stack lies in a folder of its own.
  const source = fixture("rules", rule, `${name}-source`);
  const options = { actor: "agent", ...(config !== undefined && { config }), ...(existsSync(source) && { source }) };
  const plan = fixture("rules", rule, `${name}.json`);
  const base = fixture("rules", rule, "base");
  const { findings } = existsSync(base) ? await judgedSince(base, source, plan) : await judgedFile(plan, options);
  return findings.filter(({ ruleId }) => ruleId === rule).map(({ message }) => message);
}

/** The plan of `source` in a repository in which that took the place of `base`. */
async function judgedSince(base: string, source: string, plan: string): Promise<Report> {
  const made = repositoryIn(folderWith({}));
  const commit = (from: string): void => {
    for (const name of readdirSync(made.folder))
      if (name !== ".git") rmSync(join(made.folder, name), { recursive: true });
    cpSync(from, made.folder, { recursive: true });
    made.git("add", "-A");
    made.commit(from);
  };
  made.git("init", "--quiet", "--initial-branch=main");
  commit(base);
  made.git("checkout", "--quiet", "-b", "work");
  commit(source);
  return reportOf([plan, "--actor", "agent", "--base", "main", "--source", "."], { cwd: made.folder });
}

describe.each(IDS)("%s", (rule) => {
  test("has a page with every section, and a setting that holds", async () => {
    const page = readFileSync(join(PAGES, `${rule}.md`), "utf8");
    expect(page.split("\n")[0]).toBe(`# ${rule}`);
    const headings = page.split("\n").filter((line) => line.startsWith("## "));
    expect(headings).toEqual(SECTIONS.map((section) => `## ${section}`));
    expect(page).toContain(`\n      ${rule}: `);
    const setting = /\n {4}rules:\n( {6}.*\n)/.exec(page)?.[1] ?? "";
    const folder = folderWith({ "firebreak.yaml": `rules:\n${setting}` });
    await expect(
      judgedFile(fixture("story/plan.json"), { config: join(folder, "firebreak.yaml") }),
    ).resolves.toBeDefined();
  });
});

describe.each(IDS)("%s", (rule) => {
  test("is found in its firing plan", async () => {
    expect(await messages(rule, "firing")).not.toEqual([]);
  });

  test("is not found in the innocent neighbour", async () => {
    expect(await messages(rule, "silent")).toEqual([]);
  });

  test("says of it what its page quotes", async () => {
    const page = readFileSync(join(PAGES, `${rule}.md`), "utf8");
    const said = (await messages(rule, "firing")).map((message) => `\n      ${rule}: ${message}\n`);
    expect(said.some((example) => page.includes(example))).toBe(true);
  });
});

const SECTIONS = [
  "What it finds",
  "Why it matters",
  "Example",
  "What to do",
  "How to set it",
  "What it cannot see",
] as const;

test("there are no pages and plans of rules that do not exist", () => {
  const pages = readdirSync(PAGES).filter((name) => name !== "README.md");
  expect(pages.sort()).toEqual(IDS.map((id) => `${id}.md`).sort());
  const folders = readdirSync(fixture("rules"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...IDS].sort());
});
