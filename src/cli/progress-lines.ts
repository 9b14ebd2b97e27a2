/** Progress as lines on a terminal: one for each stage, a bar while bytes are read, and nothing left of it in the end. */

import { printable } from "../model/printable.ts";
import type { Progress } from "../model/progress.ts";
import { shorten } from "../report/layout.ts";
import type { World } from "./world.ts";

export interface ShownProgress extends Progress {
  /** Takes away what was shown. */
  readonly end: () => void;
}

const ESC = "\u001b[";
const USUAL_COLUMNS = 80;
const BAR_CELLS = 20;
/** A bar that moves more often than this cannot be followed, and costs time. */
const PAUSE_MS = 100;

export function progressLines({ stderr, env, now }: World): ShownProgress {
  // A terminal that knows no escapes keeps its lines, and shows no bar.
  const isPlain = env["TERM"] === "dumb";
  const width = (stderr.columns ?? USUAL_COLUMNS) - 1;
  let current = "";
  let lines = 0;
  let drawnAt = 0;
  const fitted = (text: string): string => shorten(printable(text), width);
  return {
    stage: (text) => {
      if (text === current) return;
      current = text;
      lines++;
      stderr.write(`${fitted(text)}\n`);
    },
    bytes: (done, total) => {
      const time = now().getTime();
      if (isPlain || lines === 0 || (time - drawnAt < PAUSE_MS && done < total)) return;
      drawnAt = time;
      const room = Math.max(8, width - BAR_CELLS - 25);
      const text = `${shorten(printable(current), room)}  ${bar(done / total)}  ${megabytes(done)} of ${megabytes(total)} MB`;
      stderr.write(`${ESC}1A\r${ESC}K${text.slice(0, width)}\n`);
    },
    end: () => {
      if (!isPlain && lines > 0) stderr.write(`${ESC}${lines}A\r${ESC}J`);
      lines = 0;
      current = "";
    },
  };
}

function bar(part: number): string {
  const full = Math.round(Math.min(1, part) * BAR_CELLS);
  return `[${"#".repeat(full)}${"-".repeat(BAR_CELLS - full)}]`;
}

function megabytes(bytes: number): string {
  return String(Math.round(bytes / 1e6));
}
