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

export const COLOURED: Paint = {
  red: (text) => styleText("red", text),
  amber: (text) => styleText("yellow", text),
  green: (text) => styleText("green", text),
  grey: (text) => styleText("gray", text),
  bold: (text) => styleText("bold", text),
};
