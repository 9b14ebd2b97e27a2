/** Colour, and none. Colour is never the only sign: every red line carries a mark or a word too. */

import { styleText } from "node:util";

export interface Paint {
  /** Ends and cannot come back, or stops the pipeline. */
  readonly red: (text: string) => string;
  /** Ends and can come back, or waits for people. */
  readonly amber: (text: string) => string;
  readonly green: (text: string) => string;
  /** Less important. */
  readonly grey: (text: string) => string;
  readonly bold: (text: string) => string;
}

const same = (text: string): string => text;

export const PLAIN: Paint = { red: same, amber: same, green: same, grey: same, bold: same };

/** Whether to colour has been decided by whoever calls: the stream of this process is not asked. */
function coloured(format: "red" | "yellow" | "green" | "gray" | "bold", text: string): string {
  return styleText(format, text, { validateStream: false });
}

export const COLOURED: Paint = {
  red: (text) => coloured("red", text),
  amber: (text) => coloured("yellow", text),
  green: (text) => coloured("green", text),
  grey: (text) => coloured("gray", text),
  bold: (text) => coloured("bold", text),
};
