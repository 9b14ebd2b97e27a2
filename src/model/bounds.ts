/** Ranges: what is certain, and what it may come to when every unknown goes badly. */

/** `null` is a bound that cannot be known: above every number. */
export type Bound = number | null;

/** `lower <= upper`; the lower bound is always known. */
export interface Range {
  readonly lower: number;
  readonly upper: Bound;
}

export const ZERO: Range = { lower: 0, upper: 0 };

/** The sum of ranges; unknown as soon as one of them is. */
export function sumRanges(ranges: Iterable<Range>): Range {
  let lower = 0;
  let upper: Bound = 0;
  for (const range of ranges) {
    lower += range.lower;
    upper = upper === null || range.upper === null ? null : upper + range.upper;
  }
  return { lower, upper };
}
