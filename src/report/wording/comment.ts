/** The first sentences of a comment on a change: what it would do, who wrote it, what stops it. */

import type { ActorKind } from "../../model/authorship.ts";
import { type Range, sumRanges } from "../../model/bounds.ts";
import type { PlanReport, Report, ReportedFinding } from "../../model/report.ts";
import { formatAuthor } from "./author.ts";
import { counted, formatCount, formatRange, listed } from "./numbers.ts";

/** What the change comes to: `this would end 34 to 42 of 61 objects in production`. */
export function outcomeOf({ verdict, plans, errors, findings }: Report): string {
  if (verdict === "undecided") {
    const inputs = new Set(errors.map(({ input }) => input)).size;
    return `no verdict, because ${counted(Math.max(inputs, 1), "input")} could not be judged`;
  }
  const ended = sumRanges(plans.map(({ totals }) => totals.ended));
  const where = placeOf(plans);
  if (ended.upper === 0) {
    const routine = plans.some(({ changes }) => changes.some(({ certainty }) => certainty !== undefined));
    const nothing = routine ? "only routine objects end" : "nothing ends";
    return `${nothing}${where}${verdict === "pass" ? "" : ", and yet it needs a look"}`;
  }
  const existing = plans.reduce((sum, plan) => sum + plan.existing, 0);
  const least = plans.some(({ existingIsKnown }) => existingIsKnown === false) ? "at least " : "";
  const some = `${formatRange(ended)} of ${least}${counted(existing, "object")}${where}`;
  if (verdict !== "pass") return `this would end ${some}`;
  const within = findings.every(({ level }) => level !== "error");
  return `this ends ${some}${within ? ", within the limits" : ""}`;
}

function placeOf(plans: readonly PlanReport[]): string {
  const names = [...new Set(plans.map(({ environment }) => environment))];
  const [only] = names;
  if (plans.length > 1) return ` in ${counted(plans.length, "plan")}`;
  return only === undefined ? "" : ` in ${only}`;
}

/** `6 of them hold data. Written by an agent (claude-code).` */
export function authorAndData({ authorship, plans, verdict, policy: { heldTo } }: Report): string {
  const author = formatAuthor(authorship);
  const held =
    verdict === "pass" || authorship.kind === heldTo.actor ? "" : `, held to the limits of ${actorText(heldTo.actor)}`;
  const data = sumRanges(plans.map(({ totals }) => totals.dataLoss));
  const ending = verdict !== "undecided" && plans.some(({ totals }) => totals.ended.upper !== 0);
  return `${ending ? `${capital(dataText(data))}. ` : ""}${capital(author)}${held}.`;
}

/** Whose limits hold: `an agent`. */
export function actorText(actor: ActorKind): string {
  switch (actor) {
    case "agent":
    case "mixed":
      return "an agent";
    case "bot":
      return "automation";
    case "human":
      return "a person";
    case "unknown":
      return "an unknown author";
  }
}

function dataText(data: Range): string {
  if (data.upper === 0) return "none of them holds data";
  if (data.upper === null && data.lower === 0) return "how many of them hold data is not known";
  return `${formatRange(data)} of them ${data.upper === 1 ? "holds" : "hold"} data`;
}

/** What happens where nothing ends: `3 to create, 5 to update`. */
export function everydayOf(plans: readonly PlanReport[]): string {
  const parts = (["create", "update", "forget", "import", "move"] as const).flatMap((kind) => {
    const count = plans.reduce((sum, { summary }) => sum + summary[kind], 0);
    return count === 0 ? [] : [`${formatCount(count)} to ${kind}`];
  });
  return parts.length === 0 ? "no changes" : parts.join(", ");
}

/** Findings that stop the pipeline and are not waived. */
export function stopping(findings: readonly ReportedFinding[]): ReportedFinding[] {
  return findings.filter(({ level, waiver }) => level === "error" && waiver === null);
}

/** What stops it, in two parts: the first one to be shown in bold. Empty when nothing does. */
export function stopText({ findings }: Report): { readonly what: string; readonly lift: string } | undefined {
  const stops = stopping(findings);
  if (stops.length === 0) return undefined;
  const limits = stops.every(({ ruleId }) => ruleId.startsWith("limit-") || ruleId === "environment-recreated");
  // However many environments are recreated, that is one limit.
  const kinds = new Set(stops.map(({ ruleId, input, environment }) => JSON.stringify([ruleId, input, environment])));
  const what = limits ? `${counted(kinds.size, "limit")} exceeded` : `${counted(stops.length, "finding")} in the way`;
  const firm = stops.filter(({ signatures }) => signatures === undefined);
  if (firm.length > 0) return { what, lift: `no signature lifts ${listed([...new Set(firm.map(subjectOf))], 2)}` };
  const needed = mostSignatures(stops);
  return {
    what,
    lift: `${counted(needed, "signature")} ${needed === 1 ? "lifts" : "lift"} ${stops.length === 1 ? "it" : "them"}`,
  };
}

export function mostSignatures(findings: readonly ReportedFinding[]): number {
  return Math.max(0, ...findings.map(({ signatures = 0 }) => signatures));
}

const SUBJECTS: Readonly<Record<string, string>> = {
  "limit-data-loss": "the loss of data",
  "limit-ended": "the number of objects that end",
  "limit-affected": "the number of objects affected",
  "limit-share": "the share of the environment",
  "limit-score": "the score",
  "environment-recreated": "a recreated environment",
  "environment-removed": "a removed environment",
};

function subjectOf({ ruleId }: ReportedFinding): string {
  return SUBJECTS[ruleId] ?? ruleId;
}

/** Who has to sign, where signatures are what is missing. */
export function whoSigns(findings: readonly ReportedFinding[]): string | undefined {
  const stops = stopping(findings);
  if (stops.length === 0 || stops.some(({ signatures }) => signatures === undefined)) return undefined;
  const people = counted(mostSignatures(stops), "person", "people");
  return `Or ${people} who neither wrote the change nor work for its author sign for exactly this.`;
}

/** What merging did, when the report is one of several. */
export function mergedText({ merged }: Report): string | undefined {
  if (merged === undefined) return undefined;
  const from = `One verdict of ${counted(merged.reports.length, "report")}`;
  return merged.policiesDiffer
    ? `${from}. Their policies differ: each is held to its own, and the sum to the strictest limits of all.`
    : `${from}; limits hold for each plan and for all of them together.`;
}

/** `2 findings are waived`; nothing when none is. */
export function waivedCount({ findings }: Report): string | undefined {
  const count = findings.filter(({ waiver }) => waiver !== null).length;
  return count === 0 ? undefined : `${counted(count, "finding")} ${count === 1 ? "is" : "are"} waived`;
}

/** As a sentence begins. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
