/** Parts of a page to a text within a number of bytes: whole lines only, and what is left out is counted. */

import { formatCount } from "../wording/index.ts";

export interface Part {
  /** Lines before and after the items; they stand and fall together. */
  readonly head: readonly string[];
  readonly tail: readonly string[];
  /** Lines that may be left out, the last ones first. */
  readonly items: readonly string[];
  /** Items that are shown before any other part gets more than these. */
  readonly least: number;
  /** At most so many items are shown, however much room there is. */
  readonly most?: number;
  /** What is said of the items that are not shown. */
  readonly rest: (hidden: number) => string;
}

/** Lines that are shown whole or not at all. */
export function wholePart(lines: readonly string[]): Part {
  return { head: lines, tail: [], items: [], least: 0, rest: () => "" };
}

interface Draft {
  readonly part: Part;
  shown: number;
}

/**
 * Joins as much of the parts as fits, in their order, the first ones before the last: every part with its least items, then
 * more of each. Parts that do not fit even so are counted in a line at the end.
 */
export function fitted(parts: readonly Part[], mostBytes: number): string {
  const drafts: Draft[] = [];
  // Room for the line that says how many parts are missing.
  let left = mostBytes - bytesOf([missingLine(parts.length)]);
  for (const part of parts) {
    const draft = { part, shown: Math.min(part.least, part.items.length, part.most ?? part.items.length) };
    const bytes = bytesOf(linesOf(draft));
    if (bytes > left) continue;
    left -= bytes;
    drafts.push(draft);
  }
  for (const draft of drafts) left -= extend(draft, left);
  const missing = parts.length - drafts.length;
  const lines = drafts.flatMap(linesOf);
  return `${[...lines, ...(missing > 0 ? [missingLine(missing)] : [])].join("\n").trim()}\n`;
}

/** Shows as many more items as fit; the bytes that this took. */
function extend(draft: Draft, left: number): number {
  const { items, most = items.length } = draft.part;
  const before = bytesOf(linesOf(draft));
  // The line that counts the rest only gets shorter, or goes.
  let taken = 0;
  while (draft.shown < Math.min(items.length, most)) {
    const bytes = bytesOf([items[draft.shown] ?? ""]);
    if (taken + bytes > left) break;
    taken += bytes;
    draft.shown++;
  }
  return bytesOf(linesOf(draft)) - before;
}

function linesOf({ part, shown }: Draft): string[] {
  const hidden = part.items.length - shown;
  return [...part.head, ...part.items.slice(0, shown), ...(hidden > 0 ? [part.rest(hidden)] : []), ...part.tail];
}

function missingLine(count: number): string {
  return `\n${formatCount(count)} more ${count === 1 ? "section does" : "sections do"} not fit into a comment.`;
}

function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
