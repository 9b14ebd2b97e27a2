/** Times at which nothing is to end, or to change: between two moments, or on days of the week somewhere. */

import type { ChangeFreeze } from "../model/finding.ts";
import type { JudgedPlan } from "../model/judgement.ts";
import type { Freeze, Policy } from "../model/policy.ts";
import { parseTime } from "../model/time.ts";
import { localTime } from "./time-zone.ts";

/** Freezes that a plan runs into. */
export function freezesFor(plan: JudgedPlan, { freezes }: Policy, asOf: string): ChangeFreeze[] {
  const time = parseTime(asOf);
  return freezes
    .filter((freeze) => concerns(freeze, plan) && isInForce(freeze, time))
    .map(({ name, to, changes }) => ({
      ruleId: "change-freeze",
      name,
      changes,
      ...(to !== undefined && { until: to }),
    }));
}

function concerns({ environments, changes }: Freeze, { assessed, environment, parts, ephemeral }: JudgedPlan): boolean {
  const touched = changes === "all" ? assessed.plan.changes.length > 0 : assessed.ended.upper !== 0;
  if (!touched) return false;
  // A preview may go at any time, unless somebody names it.
  if (environments === undefined) return !ephemeral;
  const own = [environment, ...parts.map((part) => part.environment)];
  return own.some((name) => name !== undefined && environments.includes(name));
}

/** A time that cannot be read lies within every freeze. */
function isInForce({ from, to, days, hours, timeZone }: Freeze, time: number | undefined): boolean {
  if (time === undefined) return true;
  if (from !== undefined && time < (parseTime(from) ?? Number.NEGATIVE_INFINITY)) return false;
  if (to !== undefined && time >= (parseTime(to) ?? Number.POSITIVE_INFINITY)) return false;
  if (timeZone === undefined) return true;
  const { day, minutes } = localTime(time, timeZone);
  if (days !== undefined && day !== undefined && !days.includes(day)) return false;
  if (hours === undefined) return true;
  const [start = 0, end = 24 * 60] = minutesOf(hours);
  return minutes >= start && minutes < end;
}

/** `16:00-24:00` as minutes since midnight. */
export function minutesOf(hours: string): number[] {
  return hours.split("-").map((text) => {
    const [hour = 0, minute = 0] = text.split(":").map(Number);
    return hour * 60 + minute;
  });
}
