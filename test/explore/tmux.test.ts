/** The built program in a real terminal: tmux presses the keys and reads the screen, and the terminal is as it was afterwards. */

import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { fixture, folderWith } from "../support/world.ts";

const hasTmux = spawnSync("tmux", ["-V"]).status === 0;
if (!hasTmux) console.warn("the explorer is not tried in a real terminal: tmux is not installed");

const BIN = join(import.meta.dirname, "../../dist/bin.js");
const STORY = fixture("story/plan.json");

interface Pane {
  readonly tmux: (...args: readonly string[]) => string;
  readonly keys: (...keys: readonly string[]) => void;
  readonly screen: () => string;
  /** Waits until the screen shows this. */
  readonly shows: (text: string | RegExp) => Promise<void>;
  /** What tmux knows of the pane, e.g. `alternate_on`. */
  readonly flag: (name: string) => string;
  readonly folder: string;
}

/** A shell of its own in a tmux of its own, so that nobody's configuration counts. */
function pane(columns = 80, rows = 24): Pane {
  const folder = folderWith({});
  const socket = join(folder, "tmux");
  const env = { ...process.env, TMUX: undefined, CI: "true", LANG: "C.UTF-8", LC_ALL: undefined, NO_COLOR: undefined };
  const tmux = (...args: readonly string[]): string =>
    execFileSync("tmux", ["-S", socket, "-f", "/dev/null", "-u", ...args], { encoding: "utf8", env });
  tmux("new-session", "-d", "-x", String(columns), "-y", String(rows), "-c", folder, "env PS1='$ ' sh");
  tmux("set-option", "-s", "set-clipboard", "on");
  onTestFinished(() => void spawnSync("tmux", ["-S", socket, "kill-server"]));
  const screen = (): string => tmux("capture-pane", "-p");
  return {
    tmux,
    keys: (...keys) => void tmux("send-keys", ...keys),
    screen,
    shows: (text) => expect.poll(screen, { timeout: 20_000, interval: 50 }).toMatch(text),
    flag: (name) => tmux("display-message", "-p", `#{${name}}`).trim(),
    folder,
  };
}

const quoted = (text: string): string => `'${text}'`;
const command = (...argv: readonly string[]): string => [process.execPath, BIN, ...argv].map(quoted).join(" ");
const EXPLORE = command("explore", STORY, "--actor", "agent:claude-code");

/** Runs a line and waits for its prompt: the first keys have to find a shell. */
async function run({ keys, shows }: Pane, line: string): Promise<void> {
  await shows(/^\$$/m);
  keys("-l", line);
  keys("Enter");
}

describe.skipIf(!hasTmux)("in a real terminal", () => {
  test("moves, unfolds, follows, goes back, copies, and leaves the shell as it was", async () => {
    const at = pane();
    await run(at, `clear; echo before; ${EXPLORE}; echo code $?`);
    await at.shows(/^> ✖ -\/\+ {2}aws_db_instance\.orders/m);
    // The frame comes in pieces: its last row stands when the terminal has read all of it.
    await at.shows(/^ ↑↓ move/m);
    expect(at.screen().split("\n")[23]).toMatch(/^ ↑↓ move/);
    expect([at.flag("alternate_on"), at.flag("cursor_flag")]).toEqual(["1", "0"]);
    at.keys("Right", "Right");
    await at.shows(/> ▾ module\.a\S+_definition\.api.*\n.*│ {6}module\.a\S+service\.api/);
    at.keys("Down", "Enter");
    await at.shows(/│ {2}module\.app\.aws_ecs_service\.api$/m);
    at.keys("BSpace");
    await at.shows(/│ {2}module\.db\.aws_db_instance\.orders$/m);
    at.keys("Tab", "y");
    await at.shows("Sent to the clipboard");
    await expect.poll(() => at.tmux("show-buffer")).toBe("module.db.aws_db_instance.orders");
    at.keys("q");
    await at.shows(/before\ncode 0/);
    expect([at.flag("alternate_on"), at.flag("cursor_flag")]).toEqual(["0", "1"]);
  });

  test("follows the size of the terminal", async () => {
    const at = pane(120, 40);
    await run(at, EXPLORE);
    await at.shows("agent: claude-code");
    for (const [columns, rows] of [
      [80, 24],
      [200, 50],
    ] as const) {
      at.tmux("resize-window", "-x", String(columns), "-y", String(rows));
      const ends = () => [at.screen().split("\n")[0]?.slice(0, 5), at.screen().split("\n")[rows - 1]?.slice(0, 8)];
      await expect.poll(ends, { timeout: 20_000 }).toEqual([" FAIL", " ↑↓ move"]);
    }
  });

  test("takes the plan from standard input and keys from the terminal", async () => {
    const at = pane();
    await run(at, `cat ${quoted(STORY)} | ${command("explore", "-")}; echo code $?`);
    await at.shows("module.db.aws_db_instance.orders");
    at.keys("j");
    await at.shows(/^> ✖ -\/\+ {2}aws_security_group\.db/m);
    at.keys("q");
    await at.shows("code 0");
  });

  /** The program's own number is kept in a file, so that nothing else is signalled. */
  const STARTED = `sh -c 'echo $$ >pid; exec ${EXPLORE.replaceAll("'", '"')}'`;
  const kill = ({ tmux, folder }: Pane, signal: string): void =>
    void tmux("run-shell", `kill -${signal} $(cat ${quoted(join(folder, "pid"))})`);
  const THROWS = 'process.on("SIGUSR2", () => { throw new Error("thrown inside"); });';
  test.each([
    ["q", undefined, 0],
    ["Ctrl-C", undefined, 130],
    ["TERM", "TERM", 143],
    ["HUP", "HUP", 129],
    ["INT", "INT", 130],
    ["QUIT", "QUIT", 131],
    ["an exception", "USR2", 2],
  ])("ended by %s: stty, screen and cursor are as before", async (how, signal, code) => {
    const at = pane();
    writeFileSync(join(at.folder, "throws.cjs"), THROWS);
    await run(at, `ulimit -c 0; stty -a >before; NODE_OPTIONS="--require ${at.folder}/throws.cjs" ${STARTED}`);
    await at.shows("module.db.aws_db_instance.orders");
    if (signal === undefined) at.keys(how === "q" ? "q" : "C-c");
    else kill(at, signal);
    // A line of its own: a shell drops the rest of one whose program was interrupted.
    await run(at, "echo code $?; stty -a >after; cmp before after && echo same");
    await at.shows(new RegExp(`code ${code}\\nsame`));
    expect([at.flag("alternate_on"), at.flag("cursor_flag")]).toEqual(["0", "1"]);
    if (signal === "USR2") await at.shows("something went wrong inside firebreak");
  });

  test("stopped and taken up again: drawn anew, and keys work", async () => {
    const at = pane();
    // Without job control: the shell does not take the terminal while the program is stopped.
    await run(at, `set +m; ${STARTED}`);
    await at.shows("module.db.aws_db_instance.orders");
    kill(at, "STOP");
    at.tmux("send-keys", "-R");
    await expect.poll(at.screen).not.toContain("module.db.aws_db_instance.orders");
    kill(at, "CONT");
    await at.shows(/^> ✖ -\/\+ {2}aws_db_instance\.orders/m);
    at.keys("j");
    await at.shows(/^> ✖ -\/\+ {2}aws_security_group\.db/m);
    at.keys("q");
    await at.shows(/^\$$/m);
  });
});
