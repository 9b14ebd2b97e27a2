/** What came out beside what was to come out. */

import type { Verdict } from "../../model/judgement.ts";
import { matchesText } from "../patterns.ts";
import type { Expected } from "./parse.ts";
import type { ExpectedFinding } from "./raw.ts";

/** A finding as a report has it, as far as cases look at it. */
export interface FoundFinding {
  readonly ruleId: string;
  readonly level: string;
  readonly address?: string;
  readonly signatures?: number;
  readonly waiver?: unknown;
}

/** Absent parts are as they were to be. */
export interface Difference<Found extends FoundFinding> {
  readonly verdict?: { readonly expected: Verdict; readonly found: Verdict };
  /** Expected, and not found. */
  readonly missing: readonly ExpectedFinding[];
  /** Found, and not expected. */
  readonly unexpected: readonly Found[];
  /** Found as expected: what the rest stands beside. */
  readonly matched: readonly Found[];
}

/** `undefined` when all is as expected. */
export function differenceOf<Found extends FoundFinding>(
  expected: Expected,
  verdict: Verdict,
  found: readonly Found[],
): Difference<Found> | undefined {
  const { findings, includes = [], excludes = [] } = expected;
  const wanted = findings ?? includes;
  const isWanted = (one: Found): boolean => wanted.some((expectation) => fits(one, expectation));
  const isExcluded = (one: Found): boolean => excludes.some((expectation) => fits(one, expectation));
  const missing = wanted.filter((expectation) => !found.some((one) => fits(one, expectation)));
  const unexpected = found.filter((one) => isExcluded(one) || (findings !== undefined && !isWanted(one)));
  const isOtherVerdict = expected.verdict !== undefined && expected.verdict !== verdict;
  if (!isOtherVerdict && missing.length === 0 && unexpected.length === 0) return undefined;
  return {
    ...(isOtherVerdict && expected.verdict && { verdict: { expected: expected.verdict, found: verdict } }),
    missing,
    unexpected,
    matched: found.filter((one) => !unexpected.includes(one) && isWanted(one)),
  };
}

function fits(found: FoundFinding, { rule, address, level, signatures, waived }: ExpectedFinding): boolean {
  if (found.ruleId !== rule) return false;
  if (address !== undefined && !matchesText(address, found.address ?? "")) return false;
  if (level !== undefined && found.level !== level) return false;
  if (signatures !== undefined && (found.signatures ?? "none") !== signatures) return false;
  const isWaived = found.waiver !== undefined && found.waiver !== null;
  return waived === undefined || waived === isWaived;
}
