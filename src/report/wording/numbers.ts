/** Counts, ranges, shares and lists as text. */

import type { Range } from "../../model/bounds.ts";

/** `1 object`, `3 objects`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** With separators from 10,000 on; the same in every locale. */
export function formatCount(count: number): string {
  if (!Number.isInteger(count)) return String(Number(count.toFixed(2)));
  // Not toLocaleString: its first call loads tables for longer than the rest of a small run takes.
  return count < 10_000 ? String(count) : String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `41 to 43`, one number when both bounds agree, `at least 3` when the upper bound is not known. */
export function formatRange({ lower, upper }: Range, format: (value: number) => string = formatCount): string {
  if (upper === null) return `at least ${format(lower)}`;
  const [low, high] = [format(lower), format(upper)];
  return low === high ? high : `${low} to ${high}`;
}

/** Whole percents; what is not nothing never reads as 0, and what is not all never as 100. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  const rounded = percent > 0 && percent < 1 ? 1 : percent > 99 && percent < 100 ? 99 : Math.round(percent);
  return `${rounded} %`;
}

/** `67 to 70 %`. */
export function formatShare(share: Range): string {
  return formatRange(share, formatPercent).replace(" % to ", " to ");
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listed(words: readonly string[], most = 3): string {
  const shown = words.slice(0, most);
  const rest = words.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
