/** A terminal that is none: keys are put in, and what stands on its screen can be read. */

import { EventEmitter } from "node:events";
import { expect } from "vitest";
import type { Terminal } from "../../src/cli/world.ts";

export interface FakeTerminal extends Terminal {
  /** The lines of the screen, without what colours them. */
  readonly screen: () => string[];
  /** Everything that was written. */
  readonly written: () => string;
  readonly isRaw: () => boolean;
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly resize: (columns: number, rows: number) => Promise<void>;
  /** Waits until the first frame is there. */
  readonly ready: () => Promise<void>;
}

/** What terminals send. */
export const KEYS = {
  up: "\u001b[A",
  down: "\u001b[B",
  right: "\u001b[C",
  left: "\u001b[D",
  pageDown: "\u001b[6~",
  pageUp: "\u001b[5~",
  home: "\u001b[H",
  end: "\u001b[F",
  enter: "\r",
  escape: "\u001b",
  backspace: "\u007f",
  tab: "\t",
  ctrlC: "\u0003",
} as const;

export function fakeTerminal(columns = 80, rows = 24): FakeTerminal {
  let raw = false;
  let written = "";
  const pending: string[] = [];
  const input = Object.assign(new EventEmitter(), {
    isTTY: true,
    setRawMode: (on: boolean) => {
      raw = on;
    },
    setEncoding: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
    pause: () => undefined,
    read: () => pending.shift() ?? null,
  });
  const output = Object.assign(new EventEmitter(), {
    columns,
    rows,
    isTTY: true,
    write: (text: string) => {
      written += text;
      return true;
    },
  });
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      pending.push(key);
      input.emit("readable");
      await settled();
    }
  };
  return {
    input: input as unknown as NodeJS.ReadStream,
    output: output as unknown as NodeJS.WriteStream,
    screen: () => screenOf(written),
    written: () => written,
    isRaw: () => raw,
    press,
    resize: async (width, height) => {
      Object.assign(output, { columns: width, rows: height });
      output.emit("resize");
      await settled();
    },
    ready: () => expect.poll(() => raw && written.length > 100, { timeout: 30_000 }).toBe(true),
  };
}

/** A frame is made in a microtask, and a lone escape is told from a sequence in the next turn of the loop. */
function settled(): Promise<void> {
  return new Promise((done) => setImmediate(() => setImmediate(done)));
}

/** As much of a terminal as the explorer asks of one: lines are written whole, each at its place. */
function screenOf(written: string): string[] {
  const lines: string[] = [];
  for (const [, row = "", text = ""] of written.matchAll(/\u001b\[(\d+);1H\u001b\[K(.*?)\u001b\[0m(?=\u001b)/gs)) {
    lines[Number(row) - 1] = withoutStyle(text);
  }
  return Array.from(lines, (line) => line ?? "");
}

export function withoutStyle(text: string): string {
  return text.replace(/\u001b\[[\d;]*m/g, "");
}
