/** Help, the manual page, and where they can be asked for. */

import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Command } from "../../src/cli/command.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { manPage } from "../../src/cli/man-page.ts";
import { sayMissing } from "../support/corpus.ts";
import { isInstalled } from "../support/shell.ts";
import { firebreak, fixture, folderWith } from "../support/world.ts";

const ALL = Object.entries(COMMANDS) as [string, Command][];

describe("help", () => {
  test.each(ALL)("of %s is the same however it is asked for, and has an example that names it", async (name) => {
    const asked = await firebreak(["help", name]);
    expect(asked).toMatchObject({ code: 0, stderr: "" });
    expect((await firebreak([name, "--help"])).stdout).toBe(asked.stdout);
    expect(asked.stdout).toMatch(new RegExp(`Examples:\\n.*firebreak ${name}`, "s"));
  });

  test.each([40, 80, 100, 240])("keeps within %i columns", async (columns) => {
    for (const [name] of ALL) {
      const { stdout } = await firebreak(["help", name], { terminal: true, columns });
      // What people are to type is never broken; everything else is.
      const long = stdout
        .split("\n")
        .filter((line) => line.length > Math.min(columns, 120) && !/firebreak|^ {2}\S+$/.test(line));
      expect(long, name).toEqual([]);
    }
  });

  test("for something else says what was meant", async () => {
    expect((await firebreak(["help", "chekc"])).stderr).toContain("Did you mean: firebreak check?");
    expect((await firebreak(["help", "check", "graph"])).code).toBe(2);
  });

  test("options before a command: it says where they stand", async () => {
    const { code, stderr } = await firebreak(["--quiet", "check", "plan.json"]);
    expect(code).toBe(2);
    expect(stderr).toContain("options stand behind a command\n  For example: firebreak check --quiet plan.json");
  });
});

describe("the manual page", () => {
  const page = manPage("1.2.3");

  test.each(ALL)("has %s with every option and example", (name, { options, examples }) => {
    const text = page.replaceAll("\\-", "-").replaceAll("\\(aq", "'").replaceAll("\\(ga", "`").replaceAll("\\(dq", '"');
    expect(text).toContain(`.SS ${name}\n`);
    for (const option of Object.keys(options)) expect(text).toContain(`--${option}`);
    for (const [command] of examples) expect(text).toContain(command);
  });

  test("no line of text is taken for a command of roff", () => {
    const commands = page.split("\n").filter((line) => /^[.']/.test(line));
    expect(commands.filter((line) => !/^\.(TH|SH|SS|PP|TP|B|BR|I|RS|RE|nf|fi|br)\b/.test(line))).toEqual([]);
  });

  const hasMandoc = isInstalled("mandoc");
  if (!hasMandoc) sayMissing("mandoc");
  test.runIf(hasMandoc)("is right by mandoc", () => {
    const run = spawnSync("mandoc", ["-T", "lint", "-W", "warning"], { input: page, encoding: "utf8" });
    // A date would make two builds of one version differ.
    const complaints = run.stdout.split("\n").filter((line) => line !== "" && !line.includes("missing date"));
    expect(complaints).toEqual([]);
  });
});

describe("from a folder that is gone", () => {
  const run = (...argv: string[]) => {
    const folder = folderWith({ "gone/": "" });
    const bin = fixture("../dist/bin.js");
    mkdirSync(join(folder, "gone"), { recursive: true });
    const script = 'cd gone && rmdir ../gone && exec "$@"';
    const ran = spawnSync("sh", ["-c", script, "sh", process.execPath, bin, ...argv], {
      cwd: folder,
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true, force: true });
    return ran;
  };

  test("version and help are there", () => {
    expect(run("--version").stdout).toMatch(/^firebreak \d+\.\d+\.\d+ \(node v\d+/);
    expect(run("help", "check").status).toBe(0);
  });

  test("there is no verdict, and one sentence on why", () => {
    const { status, stdout, stderr } = run("check", fixture("terraform/update-in-place/plan.json"));
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toBe(
      "firebreak: the folder that this runs in is gone\n  Change to one that is there, for example: cd\n",
    );
  });
});
