/** The time of the day and week somewhere. The one place that asks for time zones: Node's own tables of the IANA database. */

import { DAYS, type Day } from "../model/policy.ts";

export interface LocalTime {
  readonly day: Day | undefined;
  /** Minutes since midnight. */
  readonly minutes: number;
}

/** @param zone an IANA name for which `isTimeZone` holds */
export function localTime(time: number, zone: string): LocalTime {
  const parts = format(zone).formatToParts(new Date(time));
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  const weekday = part("weekday").toLowerCase();
  return { day: DAYS.find((day) => day === weekday), minutes: Number(part("hour")) * 60 + Number(part("minute")) };
}

export function isTimeZone(zone: string): boolean {
  try {
    format(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function format(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}
