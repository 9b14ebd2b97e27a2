/** Limits as words: what each one limits, what is allowed, what the plan has. */

import type { Bound } from "../../model/bounds.ts";
import type { LimitName } from "../../model/policy.ts";
import { formatCount, formatPercent } from "./numbers.ts";

const LIMIT_LABELS: Readonly<Record<LimitName, string>> = {
  dataLoss: "objects that hold data",
  ended: "objects that end",
  affected: "objects affected",
  share: "share of the environment",
  score: "score",
};

/** What a limit limits, as a noun. */
export function limitLabel(name: LimitName, environment?: string): string {
  return name === "share" && environment !== undefined ? `share of ${environment}` : LIMIT_LABELS[name];
}

export function formatLimit(name: LimitName, value: number): string {
  return name === "share" ? formatFraction(value) : formatCount(value);
}

/** A limit as it was written: no rounding. */
function formatFraction(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`;
}

export function formatActual(name: LimitName, actual: Bound): string {
  if (actual === null) return "a number that cannot be known";
  return name === "share" ? formatPercent(actual) : formatCount(actual);
}
