/** Frames onto a terminal: only lines that differ are written, in one go, so that nothing flickers. */

/** The terminal as it is written to. */
export interface Output {
  readonly write: (text: string) => unknown;
}

export interface Screen {
  readonly open: () => void;
  readonly draw: (frame: string) => void;
  /** What is drawn next is drawn whole. */
  readonly forget: () => void;
  /** The terminal as it was before. Twice does no harm. */
  readonly close: () => void;
}

const ESC = "\u001b[";
/** The other screen, without a cursor, and without lines that go on below when a sign is wider than it says. */
const OPEN = `${ESC}?1049h${ESC}?25l${ESC}?7l${ESC}2J`;
const CLOSE = `${ESC}0m${ESC}?7h${ESC}?25h${ESC}?1049l`;
/** Terminals that know it show what is between at once: https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036 */
const [BEGIN, END] = [`${ESC}?2026h`, `${ESC}?2026l`];

export function fullScreen(output: Output): Screen {
  let isOpen = false;
  let lines: readonly string[] = [];
  return {
    open: () => {
      isOpen = true;
      lines = [];
      output.write(OPEN);
    },
    draw: (frame) => {
      if (!isOpen) return;
      const next = frame.split("\n");
      // Erased before it is written: behind the last column there is nothing, and the cursor stays on that.
      const changed = next.flatMap((line, row) =>
        line === lines[row] ? [] : [`${ESC}${row + 1};1H${ESC}K${line}${ESC}0m`],
      );
      const below = next.length < lines.length ? [`${ESC}${next.length + 1};1H${ESC}J`] : [];
      lines = next;
      if (changed.length + below.length > 0) output.write(`${BEGIN}${changed.join("")}${below.join("")}${END}`);
    },
    forget: () => {
      lines = [];
    },
    close: () => {
      if (isOpen) output.write(CLOSE);
      isOpen = false;
    },
  };
}

/** A terminal that knows no escapes prints one frame below the other. */
export function printedScreen(output: Output): Screen {
  let isOpen = false;
  let last = "";
  return {
    open: () => {
      isOpen = true;
      last = "";
    },
    draw: (frame) => {
      if (isOpen && frame !== last) output.write(`${frame}\n`);
      last = frame;
    },
    forget: () => {
      last = "";
    },
    close: () => {
      isOpen = false;
    },
  };
}
