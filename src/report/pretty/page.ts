/** Lines of text within a width, painted after they were broken, so that colour never counts as text. */

import { forTerminal } from "../for-terminal.ts";
import { shorten, wrap } from "../layout.ts";
import { COLOURED, type Paint, PLAIN } from "../paint.ts";
import type { RenderOptions } from "../render-options.ts";

type Style = (text: string) => string;

export class Page {
  readonly paint: Paint;
  readonly width: number;
  readonly verbose: boolean;
  readonly quiet: boolean;

  constructor({ color, width, verbosity }: RenderOptions) {
    this.paint = color ? COLOURED : PLAIN;
    this.width = width ?? Number.POSITIVE_INFINITY;
    this.verbose = verbosity === "verbose";
    this.quiet = verbosity === "quiet";
  }

  /** Text from the plan or about it, behind a mark or a label of its own; further lines stand under the text. */
  block(mark: string, text: string, style: Style = same, markStyle: Style = same): string[] {
    const indent = " ".repeat(mark.length);
    return wrap(forTerminal(text), this.width - mark.length).map(
      (line, place) => (place === 0 ? markStyle(mark) : indent) + style(line),
    );
  }

  /** A name and what is said of it: in one line where both fit, with the words in a column at `column`, else below each other. */
  row(mark: string, name: string, column: number, text: string, markStyle: Style): string[] {
    const shown = this.fit(name, this.width - mark.length);
    const start = `${markStyle(mark)}${this.paint.bold(shown)}`;
    const space = Math.max(column, shown.length) + 2;
    if (mark.length + space + forTerminal(text).length <= this.width) {
      return [`${start}${" ".repeat(space - shown.length)}${forTerminal(text)}`];
    }
    return [start, ...this.block(" ".repeat(mark.length + 2), text)];
  }

  /** A name on one line, cut in the middle where it is too long. */
  fit(name: string, width: number): string {
    return shorten(forTerminal(name), width);
  }

  title(text: string): string {
    return `  ${this.paint.bold(this.fit(text, this.width - 2))}`;
  }
}

function same(text: string): string {
  return text;
}
