/** Numbers and spans of time as providers write them. */

export interface Quantity {
  readonly amount: number;
  /** Spans of time are in seconds; a bare number is in whatever unit its attribute has. */
  readonly unit: "seconds" | "none";
}

const SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

/** `7`, `"7"`, `"604800s"`, `"7d"`, `"1h30m"`, `"P7D"`; `undefined` for anything else. */
export function quantityOf(value: unknown): Quantity | undefined {
  if (typeof value === "number") return { amount: value, unit: "none" };
  if (typeof value !== "string" || value.length > 40) return undefined;
  if (/^-?\d+(\.\d+)?$/.test(value)) return { amount: Number(value), unit: "none" };
  return iso8601(value) ?? units(value);
}

/** `1h30m`, as Go and Google write it. */
function units(text: string): Quantity | undefined {
  if (!/^(\d+(\.\d+)?(ms|[smhdw]))+$/.test(text)) return undefined;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g);
  const amount = [...parts].reduce((sum, [, number, unit = ""]) => sum + Number(number) * (SECONDS[unit] ?? 0), 0);
  return { amount, unit: "seconds" };
}

/** `P1Y2M3W4DT5H6M7S`, with months of 30 and years of 365 days: good enough to tell shorter from longer. */
function iso8601(text: string): Quantity | undefined {
  const found = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (found === null || text.length < 3) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  const amount = (years * 365 + months * 30 + weeks * 7 + days) * 86_400 + hours * 3600 + minutes * 60 + seconds;
  return { amount, unit: "seconds" };
}
