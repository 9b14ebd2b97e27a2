/** The change as a whole: the verdict, the limits, who wrote it, what would help, what could not be seen. */

import type { PlanReport, Report } from "../../model/report.ts";
import { isInTable, planRows, togetherRows } from "../../report/limit-rows.ts";
import { isEnding } from "../../report/severity.ts";
import {
  describeSignature,
  endsWith,
  formatAuthor,
  formatCount,
  gapsIn,
  survivorsText,
} from "../../report/wording/index.ts";
import type { Explored } from "./explored.ts";
import { findingLines } from "./finding-lines.ts";
import { limitLines } from "./limit-lines.ts";
import { type Drawing, type Line, paragraph, section } from "./page.ts";
import { type Style, shown, span } from "./text.ts";

export function overviewPage({ all, width }: Drawing): Line[] {
  const { report } = all;
  const several = report.plans.length > 1;
  return [
    ...verdictLines(report, width),
    ...paragraph(`${capital(formatAuthor(report.authorship))}.`, width),
    ...paragraph(heldTo(report), width, "faint"),
    ...report.plans.flatMap((plan) => planLines(report, plan, several, width)),
    ...section("All plans together", limitLines(togetherRows(report), width)),
    ...section(
      "Findings",
      findingLines(
        report.findings.filter((finding) => !isInTable(finding) && finding.ruleId !== "avoidable-destruction"),
        width,
      ),
    ),
    ...section("Signatures", signatureLines(report, width)),
    ...section("Not seen", notSeen(report, width)),
  ];
}

const VERDICT_STYLES: Readonly<Record<Report["verdict"], Style>> = {
  pass: "green",
  review: "amber",
  fail: "red",
  undecided: "red",
};

function verdictLines({ verdict, errors, policy: { wouldBe } }: Report, width: number): Line[] {
  const observed = wouldBe === undefined ? "" : `, observed only: would be ${wouldBe.toUpperCase()}`;
  return [
    ...paragraph(`${verdict.toUpperCase()}${observed}`, width, VERDICT_STYLES[verdict]),
    ...errors.flatMap(({ message, hint }) => [
      ...paragraph(message, width, "red"),
      ...(hint === undefined ? [] : paragraph(hint, width, "faint")),
    ]),
  ];
}

function heldTo({ policy: { heldTo: held, sources, base } }: Report): string {
  const from = base === undefined ? "" : ` at ${base.ref}@${base.commit.slice(0, 7)}`;
  return `Held to the limits of: ${held.actor}. Policy: ${sources.map(({ name }) => name).join(", ")}${from}.`;
}

function planLines(report: Report, plan: PlanReport, several: boolean, width: number): Line[] {
  const counts = (["create", "update", "replace", "delete", "forget", "import", "move"] as const)
    .filter((kind) => plan.summary[kind] > 0)
    .map((kind) => `${formatCount(plan.summary[kind])} to ${kind}`);
  const where = plan.environment === undefined ? "" : ` Goes to ${plan.environment}.`;
  return [
    ...section(
      several ? shown(plan.input) : "The plan",
      paragraph(`${counts.join(", ") || "no change"}.${where} ${formatCount(plan.existing)} objects exist.`, width),
    ),
    ...section(several ? "Its limits" : "Limits", limitLines(planRows(report, plan, true), width)),
    ...section(
      "No survivors",
      plan.noSurvivors.flatMap((group) =>
        paragraph(`${group.address || "the plan"}: ${survivorsText(group)}`, width, "red", span("✖ ", "red")),
      ),
    ),
    ...section(
      "What would help",
      plan.suggestions.flatMap((suggestion) =>
        paragraph(
          `${suggestion.message}. ${endsWith(suggestion).replace(/:$/, ".")}`,
          width,
          "plain",
          span("· ", "faint"),
        ),
      ),
    ),
  ];
}

function signatureLines({ signatures, asOf, plans }: Report, width: number): Line[] {
  return signatures.flatMap((signature) => {
    const text = `${signature.signer}: ${describeSignature(signature, asOf, plans.length > 1)}`;
    return paragraph(text, width, "plain", signature.counts ? span("✔ ", "green") : span("· ", "amber"));
  });
}

function notSeen({ plans, authorship }: Report, width: number): Line[] {
  const ending = plans.some(({ changes }) => changes.some(isEnding));
  const spots = new Set([
    ...(ending ? gapsIn(authorship).map((gap) => `Of the author: ${gap}.`) : []),
    ...plans.flatMap(({ incompleteReasons, blindSpots }) => [
      ...incompleteReasons.map((reason) => `The plan is not the whole change: ${reason}.`),
      ...blindSpots.map(({ message }) => message),
    ]),
  ]);
  return [...spots].flatMap((spot) => paragraph(spot, width, "plain", span("· ", "faint")));
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A group of the list: how much of it ends, and what of it is the worst. */
export function groupPage(title: string, entries: readonly number[], { all, width }: Drawing): Line[] {
  const changes = entries.flatMap((index) => all.entries[index] ?? []);
  const ending = changes.filter(({ change }) => isEnding(change));
  const data = ending.filter(({ severity }) => severity === "data");
  const kinds = new Map<string, number>();
  for (const { change } of changes) kinds.set(change.type, (kinds.get(change.type) ?? 0) + 1);
  const types = [...kinds].sort(([left, most], [right, others]) => others - most || (left < right ? -1 : 1));
  return [
    ...paragraph(title, width, "strong"),
    ...paragraph(
      `${formatCount(changes.length)} changes: ${formatCount(ending.length)} end, ${formatCount(data.length)} of them with data.`,
      width,
    ),
    ...survivors(all, changes[0]?.plan, changes[0]?.module, width),
    ...section(
      "Types",
      types.flatMap(([type, count]) =>
        paragraph(type, width, "plain", span(`${formatCount(count).padStart(6)}  `, "faint")),
      ),
    ),
  ];
}

function survivors({ report }: Explored, plan = 0, module: string | undefined, width: number): Line[] {
  const all = report.plans[plan]?.noSurvivors ?? [];
  const own = all.filter(({ scope, address }) => scope === "module" && address === module && module !== "");
  return own.flatMap((group) => paragraph(survivorsText(group), width, "red", span("✖ ", "red")));
}
