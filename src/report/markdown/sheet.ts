/** What every part of a page in Markdown needs: the report, the host, and words made safe. */

import type { Report } from "../../model/report.ts";
import { anyOf, forCode, forProse } from "../escape.ts";
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

/** Names that sentences hold: those of any sign but letters, and of objects those that are made of words, as our own text is. */
function namesIn({ plans, findings, errors, authorship }: Report): string[] {
  const names = new Set<string | undefined>([authorship.agent, ...authorship.operators]);
  for (const { agent, evidence } of authorship.signals) names.add(agent).add(evidence);
  for (const { input, address } of errors) names.add(input).add(address);
  for (const { address, environment, input, waiver } of findings) {
    names.add(address).add(environment).add(input).add(waiver?.owner).add(waiver?.reason);
  }
  for (const { input, environment, suggestions } of plans) {
    names.add(input).add(environment);
    for (const { blocks, uncompared = [] } of suggestions) {
      for (const { from, to } of blocks) names.add(from).add(to);
      for (const address of uncompared) names.add(address);
    }
  }
  const objects = plans.flatMap(({ changes }) =>
    changes.flatMap(({ address, type, blastRadius }) => [
      address,
      type,
      ...blastRadius.affected.map((affected) => affected.address),
    ]),
  );
  // A shorter one would be found in words that mean something else.
  const telling = [...names].filter((name) => name !== undefined && name.length > 2 && /[^A-Za-z]/.test(name));
  return [...new Set([...(telling as string[]), ...objects.filter((name) => /\s/.test(name))])];
}
