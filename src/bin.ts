#!/usr/bin/env node
/** The executable: the process as a world, and nothing else. */

import { openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { isatty, ReadStream } from "node:tty";
import { main } from "./cli/main.ts";
import type { Output, Terminal } from "./cli/world.ts";
import { FirebreakError } from "./model/error.ts";

/** A stream is opened by the first who asks: most runs write to one of the two. */
function toOutput(name: "stdout" | "stderr", descriptor: number): Output {
  let opened: NodeJS.WriteStream | undefined;
  const stream = (): NodeJS.WriteStream => {
    opened ??= process[name].on("error", (error: NodeJS.ErrnoException) => {
      // A reader that has seen enough (`| head`) is no failure, and changes no verdict.
      if (error.code !== "EPIPE") throw error;
    });
    return opened;
  };
  const isTerminal = isatty(descriptor);
  return {
    write: (text) => void stream().write(text),
    isTerminal,
    // Some terminals do not know their size and say 0.
    columns: isTerminal ? stream().columns || undefined : undefined,
  };
}

/** A shell can stand in a folder that somebody has removed. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw new FirebreakError("bad-usage", "the folder that this runs in is gone", {
      hint: "Change to one that is there, for example: cd",
      cause: error,
    });
  }
}

/** Whole or not at all: readers never see half a report. */
function writeWhole(path: string, text: string): void {
  try {
    const target = statSync(path, { throwIfNoEntry: false });
    // A pipe or a device is written to, never replaced.
    if (target && !target.isFile()) writeFileSync(path, text);
    else replaceFile(target ? realpathSync(path) : path, text);
  } catch (error) {
    throw new FirebreakError("bad-usage", `${path}: the report cannot be written there`, {
      hint: "Check that the folder exists and may be written to.",
      cause: error,
    });
  }
}

function replaceFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Where a plan comes through standard input, keys come from the terminal itself. */
async function terminal(): Promise<Terminal | undefined> {
  const { stdin, stdout } = process;
  if (!stdout.isTTY) return undefined;
  if (stdin.isTTY) return { input: stdin, output: stdout };
  try {
    return { input: new ReadStream(openSync("/dev/tty", "r")), output: stdout };
  } catch {
    // There is none, as under cron or on Windows.
    return undefined;
  }
}

// Not awaited at the top level: parts that load later import this very file, which must have been evaluated by then.
main(process.argv.slice(2), {
  stdin: () => process.stdin,
  get stdinIsTerminal() {
    return process.stdin.isTTY === true;
  },
  stdout: toOutput("stdout", 1),
  stderr: toOutput("stderr", 2),
  env: process.env,
  get cwd() {
    return workingFolder();
  },
  now: () => new Date(),
  writeFile: writeWhole,
  terminal,
}).then((code) => {
  process.exitCode = code;
});
