/** What every part of a page in Markdown needs: the report, the host, and words made safe. */

import type { Report } from "../../model/report.ts";
import { anyOf, forCode, forProse } from "../escape.ts";
import { namesIn } from "../names.ts";
import type { RenderOptions } from "../render-options.ts";
import { type Part, wholePart } from "./fit.ts";
import { type Host, hostNamed } from "./host.ts";

export interface Sheet {
  readonly report: Report;
  readonly host: Host;
  readonly verbose: boolean;
  /** A name, as code. */
  readonly code: (name: string) => string;
  /** Words of ours, in which attributes are named at most. */
  readonly words: (text: string) => string;
  /** Sentences that hold names of whatever kind. */
  readonly prose: (text: string) => string;
}

export function sheetFor(report: Report, { host, verbosity }: RenderOptions): Sheet {
  const names = anyOf(namesIn(report));
  return {
    report,
    host: hostNamed(host),
    verbose: verbosity === "verbose",
    code: forCode,
    words: (text) => forProse(text),
    prose: (text) => forProse(text, names),
  };
}

/** Items of a list shown where nothing folds: a comment that cannot be folded has to stay short. */
const MOST_UNFOLDED = 10;

/** A part with a title, folded where the host folds; nothing when there are no items. */
export function folded(sheet: Sheet, title: string, items: readonly string[], more: Partial<Part> = {}): Part[] {
  if (items.length === 0) return [];
  const { folds } = sheet.host;
  const head = folds ? [`<details><summary>${title}</summary>`, ""] : [`**${title}**`, ""];
  const tail = folds ? ["", "</details>", ""] : [""];
  const rest = (hidden: number): string => `- … ${hidden} more`;
  const most = folds || sheet.verbose ? {} : { most: MOST_UNFOLDED };
  return [{ head, tail, items, least: 3, rest, ...most, ...more }];
}

/** Some lines of text, with an empty line behind them. */
export function paragraph(...lines: readonly string[]): Part[] {
  return lines.length === 0 ? [] : [wholePart([...lines, ""])];
}
