/** Runs the public `check()` on one input and answers with its report, or with the reason why there is none. */

import { expect } from "vitest";
import { type CheckOptions, check, FirebreakError, type PlanReport, type Report } from "../../src/index.ts";
import type { Json } from "./plan.ts";
import { expectValidReport } from "./report-schema.ts";

/** What a test may hand in: a plan as an object, text, or bytes. */
export type Content = Json | string | Uint8Array;

const NOW = new Date("2026-01-31T12:00:00Z");

export function bytesOf(content: Content): Uint8Array {
  if (content instanceof Uint8Array) return content;
  return Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
}

/** The report on an input called `plan.json`; every one is held to the schema. */
export async function judged(content: Content, options: CheckOptions = {}): Promise<Report> {
  const report = await check([{ input: "plan.json", bytes: bytesOf(content) }], { now: NOW, ...options });
  expectValidReport(report);
  return report;
}

/** The one plan in the report. */
export async function judgedPlan(content: Content, options: CheckOptions = {}): Promise<PlanReport> {
  const { plans } = await judged(content, options);
  expect(plans).toHaveLength(1);
  return plans[0] as PlanReport;
}

/** The report on a file. */
export async function judgedFile(path: string, options: CheckOptions = {}): Promise<Report> {
  const report = await check([path], { now: NOW, ...options });
  expectValidReport(report);
  return report;
}

/** The error that keeps an input from being judged: never anything but firebreak's own, and one sentence. */
export async function refusal(content: Content): Promise<FirebreakError> {
  const error: unknown = await judged(content).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(FirebreakError);
  const { message } = error as FirebreakError;
  expect(message).toMatch(/^plan\.json: [^\n]+$/);
  return error as FirebreakError;
}
