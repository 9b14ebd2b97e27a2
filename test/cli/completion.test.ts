/** Completion, asked by the shells themselves. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { JUDGING } from "../../src/cli/options.ts";
import { RULES } from "../../src/model/finding.ts";
import { HOST_NAMES } from "../../src/model/host.ts";
import { FORMATS } from "../../src/report/index.ts";
import { sayMissing } from "../support/corpus.ts";
import { isInstalled } from "../support/shell.ts";
import { firebreak, folderWith } from "../support/world.ts";

const COMMAND_NAMES = Object.keys(COMMANDS);

/** What is typed up to the cursor, and some of what has to be offered; `exactly` when that is all. */
interface Case {
  readonly typed: string;
  readonly offered: readonly string[];
  readonly exactly: boolean;
}

const CASES: readonly Case[] = [
  { typed: "firebreak che", offered: ["check"], exactly: true },
  { typed: "firebreak ", offered: [...COMMAND_NAMES, "help"], exactly: false },
  { typed: "firebreak help sch", offered: ["schema"], exactly: true },
  { typed: "firebreak check --act", offered: ["--actor"], exactly: true },
  { typed: "firebreak check --actor ", offered: ["agent", "human", "bot", "unknown"], exactly: false },
  { typed: "firebreak check --format sa", offered: ["sarif"], exactly: true },
  { typed: "firebreak check -f jun", offered: ["junit"], exactly: true },
  { typed: "firebreak graph --format ", offered: ["mermaid", "dot"], exactly: false },
  { typed: "firebreak schema re", offered: ["report"], exactly: true },
  { typed: "firebreak rules show environment-rec", offered: ["environment-recreated"], exactly: true },
  { typed: "firebreak completion z", offered: ["zsh"], exactly: true },
];

async function script(shell: string): Promise<string> {
  const { code, stdout, stderr } = await firebreak(["completion", shell]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

/** A folder with a plan in it, and the script. */
async function folderFor(shell: string): Promise<string> {
  return folderWith({ script: await script(shell), "plan.json": "{}", "some folder/": "" });
}

function expectOffered(offered: readonly string[], expected: readonly string[], exactly: boolean): void {
  if (exactly) expect([...offered].sort()).toEqual([...expected].sort());
  else expect(offered).toEqual(expect.arrayContaining([...expected]));
}

describe("bash", () => {
  /** Answers as `complete -F` does, with the words that bash itself makes of a line: `=` and `:` part them. */
  async function offeredBy(typed: string): Promise<string[]> {
    const words = typed.split(/\s+|(?<==)|(?==)/);
    const program = `. ./script; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _firebreak; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const run = spawnSync("bash", ["--norc", "-c", program, "bash", ...words], {
      cwd: await folderFor("bash"),
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    return run.stdout.split("\n").filter((line) => line !== "");
  }

  test.each(CASES)("$typed", async ({ typed, offered, exactly }) => {
    expectOffered(await offeredBy(typed), offered, exactly);
  });

  test("values behind an equals sign", async () => {
    expect(await offeredBy("firebreak check --format=js")).toEqual(["json"]);
    expect(await offeredBy("firebreak check --format=")).toEqual([...FORMATS]);
  });

  test("leaves paths to bash itself: inputs, files of options, and the file of a format", async () => {
    for (const typed of ["firebreak check pl", "firebreak check --config ", "firebreak check --format=json=re"])
      expect(await offeredBy(typed), typed).toEqual([]);
  });

  test("is taken by eval, as the help says", async () => {
    const folder = await folderFor("bash");
    const asked = execFileSync("bash", ["--norc", "-c", 'eval "$(cat script)"; complete -p firebreak'], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(asked).toContain("-F _firebreak firebreak");
  });
});

const hasZsh = isInstalled("zsh");
if (!hasZsh) sayMissing("zsh");

describe.runIf(hasZsh)("zsh", () => {
  /** What a zsh in a terminal of its own offers: the completion is run by its completion system, and what it adds is written down. */
  async function offeredBy(typed: string): Promise<string[]> {
    const folder = await folderFor("zsh");
    mkdirSync(join(folder, "functions"));
    writeFileSync(join(folder, "functions/_firebreak"), await script("zsh"));
    writeFileSync(join(folder, "ask.zsh"), ASK_ZSH);
    const run = spawnSync("zsh", ["-f", "ask.zsh", typed], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, HOME: folder, TERM: "dumb" },
      timeout: 30_000,
    });
    return run.stdout.split("\n").filter((line) => line !== "");
  }

  test.each(CASES)("$typed", async ({ typed, offered, exactly }) => {
    expectOffered(await offeredBy(typed), offered, exactly);
  });

  test("inputs are files", async () => {
    expect(await offeredBy("firebreak check pl")).toEqual(["plan.json"]);
  });
});

/** Runs an inner zsh in a pseudo terminal; there compadd writes what it is given into a file that this one prints. */
const ASK_ZSH = `
zmodload zsh/zpty
zpty inner zsh -f -i
zpty -w inner "PS1=; fpath=($PWD/functions \\$fpath); autoload -U compinit; compinit -u -D; zstyle ':completion:*' menu no"
zpty -w inner "compadd() { local -a found; builtin compadd -O found \\"\\$@\\" 2>/dev/null; print -rl -- \\$found >> $PWD/offered; builtin compadd \\"\\$@\\"; }"
zpty -w inner "print re''ady"
zpty -r inner seen '*ready*'
: > offered
zpty -n -w inner "$1"$'\\t'
for i in {1..150}; do
  sleep 0.1
  [[ -s offered ]] && { sleep 0.3; break }
done
sort -u offered
zpty -d inner
`;

const hasFish = isInstalled("fish");
if (!hasFish) sayMissing("fish");

describe.runIf(hasFish)("fish", () => {
  async function offeredBy(typed: string): Promise<string[]> {
    const folder = await folderFor("fish");
    const run = spawnSync("fish", ["--no-config", "-c", 'source script; complete -C "$argv[1]"', typed], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, HOME: folder },
    });
    expect(run.stderr).toBe("");
    return run.stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split("\t")[0] ?? "");
  }

  test.each(CASES)("$typed", async ({ typed, offered, exactly }) => {
    expectOffered(await offeredBy(typed), offered, exactly);
  });

  test("inputs are files", async () => {
    expect(await offeredBy("firebreak check pl")).toEqual(["plan.json"]);
  });
});

describe("what is offered is what is taken", () => {
  test("formats, hosts and actors", () => {
    expect(JUDGING.format.choices).toEqual(FORMATS);
    expect(JUDGING.host.choices).toEqual(HOST_NAMES);
  });

  test.each(JUDGING.actor.choices)("--actor %s", async (actor) => {
    expect((await firebreak(["check", "--actor", actor, "none.json"])).stderr).toContain("no such file");
  });

  test.each(JUDGING.ruleset.choices)("--ruleset %s", async (ruleset) => {
    expect((await firebreak(["rules", "--ruleset", ruleset])).code).toBe(0);
  });

  test("rules", async () => {
    const all = await script("bash");
    for (const rule of Object.keys(RULES)) expect(all).toContain(rule);
  });
});

test.each([
  [[], "completion is for a shell, and none is named\n  Use: firebreak completion bash|zsh|fish"],
  [["tcsh"], 'there is no completion for "tcsh"'],
  [["bash", "zsh"], 'there is no completion for "bash zsh"'],
  [["constructor"], 'there is no completion for "constructor"'],
])("completion %j is bad usage", async (argv, message) => {
  const { code, stdout, stderr } = await firebreak(["completion", ...argv]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
});
