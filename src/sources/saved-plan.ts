/** Saved plan files (`terraform plan -out`) to plan JSON, by the program that made them. */

import { constants } from "node:buffer";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { FirebreakError } from "../model/error.ts";
import { loadUnzip } from "./archive.ts";

/** Tried in this order; the first one on PATH is taken. */
const PROGRAMS = ["terraform", "tofu"];

/**
 * What `PROGRAM show -json FILE` prints. It runs where the plan's providers are installed: the plan's folder when that is
 * initialised, else the current one.
 * @throws FirebreakError `unreadable-input`
 */
export async function showSavedPlan(path: string, input: string): Promise<Buffer> {
  const folder = dirname(resolve(path));
  const cwd = existsSync(join(folder, ".terraform")) ? folder : process.cwd();
  for (const program of PROGRAMS) {
    const shown = await run(program, ["show", "-json", "-no-color", resolve(path)], cwd);
    if (shown.status === "ok") return shown.output;
    if (shown.status === "failed") {
      throw new FirebreakError(
        "unreadable-input",
        `${input}: \`${program} show -json\` could not read this saved plan${shown.why}`,
        {
          hint: `Run it where the plan was made: ${program} show -json tfplan > plan.json`,
        },
      );
    }
  }
  throw new FirebreakError(
    "unreadable-input",
    `${input}: this is a saved binary plan, and neither terraform nor tofu is on PATH`,
    {
      hint: `Run: terraform show -json ${input} > plan.json`,
    },
  );
}

/** Entry of a saved plan that holds the state from before it (Terraform's `internal/plans/planfile`). */
const STATE_BEFORE = "tfstate-prev";

/** The raw state from before a saved plan; `undefined` when the archive has none. @throws FirebreakError `unreadable-input` */
export async function stateBefore(archive: Buffer, input: string): Promise<Uint8Array | undefined> {
  const unzip = await loadUnzip();
  try {
    return unzip(archive, ({ name }) => name === STATE_BEFORE)[STATE_BEFORE];
  } catch (error) {
    throw new FirebreakError("unreadable-input", `${input}: this saved plan is broken or cut off`, {
      hint: "Plan again with: terraform plan -out=tfplan",
      cause: error,
    });
  }
}

type Outcome =
  | { readonly status: "ok"; readonly output: Buffer }
  | { readonly status: "missing" }
  | { readonly status: "failed"; readonly why: string };

async function run(program: string, args: readonly string[], cwd: string): Promise<Outcome> {
  const { execFile } = await import("node:child_process");
  return new Promise((settle) => {
    const options = { cwd, encoding: "buffer", maxBuffer: constants.MAX_LENGTH, windowsHide: true } as const;
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) settle({ status: "ok", output: stdout });
      else if (error.code === "ENOENT") settle({ status: "missing" });
      else settle({ status: "failed", why: firstLine(stderr) });
    });
  });
}

/** The program's own first words, without its boxes. It names files and versions there, never values. */
function firstLine(stderr: Buffer): string {
  const lines = stderr
    .toString("utf8")
    .split("\n")
    .map((text) => text.replace(/^[\s│╷╵|]+/, "").trim())
    .filter((text) => text !== "");
  // Warnings about the program's own set-up may come first.
  const line = lines.find((text) => text.startsWith("Error:")) ?? lines[0];
  return line === undefined ? "" : `: ${line.slice(0, 200)}`;
}
