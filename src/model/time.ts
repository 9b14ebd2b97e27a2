/** Times as people write them: RFC 3339 with a zone. */

const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since 1970; `undefined` for what is no time, or a day that does not exist. */
export function parseTime(text: string): number | undefined {
  const [, year, month, day] = RFC_3339.exec(text) ?? [];
  const time = Date.parse(text);
  // Date takes the 30th of February for the 2nd of March.
  const isRealDay = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  return Number.isNaN(time) || !isRealDay ? undefined : time;
}
