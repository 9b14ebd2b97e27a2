/** For how long a sign-off counts. */

import type { Statement } from "../../model/sign-off.ts";

/** Clocks of two machines differ by less. */
const CLOCK_SKEW_SECONDS = 300;

/** Why it is not valid at this time, as a sentence; `longest` in seconds. */
export function whyOutOfTime({ signedAt, expiresAt }: Statement, longest: number, asOf: string): string | undefined {
  const [signed, expires, now] = [signedAt, expiresAt, asOf].map((time) => Date.parse(time) / 1000);
  if (signed === undefined || expires === undefined || now === undefined) return "its times cannot be read";
  if (signed > now + CLOCK_SKEW_SECONDS) return `it is dated in the future (${signedAt})`;
  if (expires <= now) return `it expired on ${expiresAt}`;
  if (signed + longest <= now) return `it was signed on ${signedAt}, longer ago than the policy lets a sign-off count`;
  return undefined;
}

const UNITS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 };

/** `90m`, `24h`, `7d` in seconds; `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, count = "", unit = ""] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  const seconds = UNITS[unit];
  return seconds === undefined ? undefined : Number(count) * seconds;
}
