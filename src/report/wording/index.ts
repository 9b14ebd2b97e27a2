/** Facts as sentences: the only place that words findings, reasons, ranges and actions. */

export * from "./author.ts";
export * from "./findings.ts";
export * from "./limits.ts";
export * from "./location.ts";
export * from "./losses.ts";
export * from "./numbers.ts";
export { waivedText } from "./policy.ts";
export * from "./reasons.ts";
export * from "./signatures.ts";
export * from "./suggestions.ts";
export * from "./written.ts";
