/** Which config holds: the one that is named, else the nearest one here or in a parent folder, up to the repository's root. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/index.ts";
import { firebreak, fixture, folderWith } from "../support/world.ts";

const PLAN = fixture("terraform/update-in-place/plan.json");

/** A config that is known again by the limit it sets. */
const limit = (ended: number): string => JSON.stringify({ limits: { agent: { ended } } });

/** The limit in force for a run in a folder; 5 is what recommended says. */
async function limitIn(folder: string, ...argv: readonly string[]): Promise<number | string | undefined> {
  const { stdout, stderr } = await firebreak(["check", PLAN, "--actor", "agent", "-f", "json", ...argv], {
    cwd: folder,
  });
  if (stdout === "") return stderr;
  const report: Report = JSON.parse(stdout);
  return report.policy.limits.ended;
}

describe("without --config", () => {
  test.each(["firebreak.yaml", "firebreak.yml", "firebreak.json"])("%s of the folder holds", async (name) => {
    expect(await limitIn(folderWith({ [name]: limit(7) }))).toBe(7);
  });

  test("the nearest parent's holds, up to the repository's root and not beyond", async () => {
    const folder = folderWith({
      "firebreak.yaml": limit(1),
      "repo/.git/": "",
      "repo/firebreak.yml": limit(7),
      "repo/near/firebreak.json": limit(8),
      "repo/near/deeper/": "",
      "repo/far/deeper/": "",
      "other/.git": "gitdir: ../elsewhere",
      "other/deeper/": "",
    });
    expect(await limitIn(join(folder, "repo/far/deeper"))).toBe(7);
    expect(await limitIn(join(folder, "repo/near/deeper"))).toBe(8);
    // A worktree has a file in place of the folder.
    expect(await limitIn(join(folder, "other/deeper"))).toBe(5);
  });

  test("two in one folder are refused, and both are named", async () => {
    const folder = folderWith({ ".git/": "", "firebreak.yaml": limit(7), "firebreak.json": limit(8), "deeper/": "" });
    const said = await limitIn(join(folder, "deeper"));
    expect(said).toMatch(/holds several configs: firebreak\.yaml, firebreak\.json\n {2}.*--config/);
    expect(await limitIn(folder, "--config", join(folder, "firebreak.json"))).toBe(8);
  });

  test("an empty one says nothing, and recommended holds", async () => {
    expect(await limitIn(folderWith({ "firebreak.yaml": "# later\n" }))).toBe(5);
  });
});

describe("--config", () => {
  test("is taken in place of the one that would be found", async () => {
    const folder = folderWith({ "firebreak.yaml": limit(7), "other.yaml": limit(9) });
    expect(await limitIn(folder, "--config", join(folder, "other.yaml"))).toBe(9);
  });

  test("that is not there is refused", async () => {
    expect(await limitIn(folderWith({}), "--config", "/no/such.yaml")).toContain(
      "/no/such.yaml: this config cannot be read",
    );
  });
});

test("what a config extends is looked for beside it, not in the folder that the command runs in", async () => {
  const folder = folderWith({
    "firebreak.yaml": "extends: ./policies/team.yaml",
    "policies/team.yaml": "extends: [recommended, ./base/limits.json]",
    "policies/base/limits.json": JSON.stringify({ extends: [], limits: { agent: { ended: 12 } } }),
    "deeper/": "",
  });
  expect(await limitIn(join(folder, "deeper"))).toBe(12);
});

test("a ruleset of the command line may be a file", async () => {
  const folder = folderWith({ "strict.yaml": "extends: []\nlimits: {agent: {ended: 0}}", "firebreak.yaml": limit(7) });
  expect(await limitIn(folder, "--ruleset", join(folder, "strict.yaml"))).toBe(0);
});
