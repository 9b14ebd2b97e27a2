/** A process that is none: the command line runs in it, and what it wrote can be looked at. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { main } from "../../src/cli/main.ts";
import type { Terminal } from "../../src/cli/world.ts";
import type { Report } from "../../src/index.ts";
import { expectValidReport } from "./report-schema.ts";

export const NOW = "2026-01-31T12:00:00Z";

export interface FakeProcess {
  readonly stdin?: string | Buffer | AsyncIterable<Buffer | string>;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Whether standard output is a terminal, and how wide. */
  readonly terminal?: boolean;
  readonly columns?: number;
  /** Lines of whoever sits at the terminal; without it standard input is none. */
  readonly answers?: readonly string[];
  /** Whether standard error is a terminal. */
  readonly errorTerminal?: boolean;
  /** What the clock says each time it is asked. */
  readonly now?: () => Date;
  /** The terminal that somebody sits at. */
  readonly keyboard?: Terminal;
  /** Takes the place of writing files, e.g. to fail. */
  readonly writeFile?: (path: string, text: string) => void;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Written files by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** Runs `firebreak` with these arguments. The clock stands at `NOW`, and no config is found unless `cwd` is given. */
export async function firebreak(argv: readonly string[], fake: FakeProcess = {}): Promise<Outcome> {
  const { stdin = "", env = {}, cwd = NOWHERE, terminal = false, columns, answers } = fake;
  const files = new Map<string, string>();
  const written = { stdout: "", stderr: "" };
  const output = (name: keyof typeof written, isTerminal: boolean) => ({
    write: (text: string) => {
      written[name] += text;
    },
    isTerminal,
    columns,
  });
  const code = await main(argv, {
    stdin: () =>
      answers !== undefined
        ? eachOf(answers)
        : typeof stdin === "string" || Buffer.isBuffer(stdin)
          ? chunks(stdin)
          : stdin,
    stdinIsTerminal: answers !== undefined,
    stdout: output("stdout", terminal),
    stderr: output("stderr", fake.errorTerminal ?? false),
    env,
    cwd,
    now: fake.now ?? (() => new Date(NOW)),
    terminal: async () => fake.keyboard,
    writeFile: fake.writeFile ?? ((path, text) => void files.set(path, text)),
  });
  return { code, ...written, files };
}

/** The report that `firebreak check` with these arguments writes as JSON, held to its schema. */
export async function reportOf(argv: readonly string[], fake?: FakeProcess): Promise<Report> {
  const { stdout } = await firebreak(["check", "--format", "json", ...argv], fake);
  const report: Report = JSON.parse(stdout);
  expectValidReport(report);
  return report;
}

/** Outside of every repository, so that no config of this one is found. */
const NOWHERE = tmpdir();

async function* eachOf(lines: readonly string[]): AsyncGenerator<Buffer> {
  for (const line of lines) yield Buffer.from(`${line}\n`);
}

async function* chunks(text: string | Buffer): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  // In two, since a pipe hands over pieces too.
  const middle = bytes.length >> 1;
  yield bytes.subarray(0, middle);
  yield bytes.subarray(middle);
}

/** A folder with these files that is gone when the test is over; a name that ends in a slash is a folder. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(name.endsWith("/") ? path : dirname(path), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(path, content);
  }
  return folder;
}

/** A file under fixtures/. */
export function fixture(...path: readonly string[]): string {
  return join(import.meta.dirname, "../../fixtures", ...path);
}
