/** The first lines, which are all that a tired person reads: the verdict, who wrote it, and the worst that is lost. */

import type { PlanReport, ReportedChange } from "../../model/report.ts";
import { worstFirst } from "../severity.ts";
import { authorAndData, everydayOf, mergedText, outcomeOf, stopText, waivedCount } from "../wording/comment.ts";
import { counted, formatAuthor, formatLosses, survivorsText } from "../wording/index.ts";
import type { Part } from "./fit.ts";
import { paragraph, type Sheet } from "./sheet.ts";

const SIGNS = { pass: "✅", review: "✋", fail: "🛑", undecided: "⚠️" } as const;

export function headline(sheet: Sheet): Part[] {
  const { report, prose } = sheet;
  const { verdict, plans, policy, authorship } = report;
  const seen =
    policy.wouldBe === undefined || policy.wouldBe === "pass" ? "" : `Observed only: this would be ${policy.wouldBe}. `;
  const title = `### ${SIGNS[verdict]} firebreak: ${prose(outcomeOf(report))}`;
  const merged = mergedText(report);
  const below = merged === undefined ? [] : ["", prose(merged)];
  if (verdict === "undecided") return [...paragraph(title, ...reasons(sheet), ...below)];
  const nothing = plans.every(({ changes }) => changes.every(({ certainty }) => certainty === undefined));
  if (verdict === "pass" && nothing) {
    const all = plans.reduce((sum, { existing }) => sum + existing, 0);
    const line = `${everydayOf(plans)} · ${counted(all, "object")} · ${formatAuthor(authorship)}`;
    return paragraph(title, `${seen}${prose(line)}`, ...below);
  }
  const stop = stopText(report);
  const stops = stop === undefined ? "" : ` **${prose(stop.what)}**; ${prose(stop.lift)}.`;
  const count = waivedCount(report);
  const waivers = count === undefined ? "" : ` **${prose(count)}**.`;
  return paragraph(title, `${seen}${prose(authorAndData(report))}${stops}${waivers}`, ...below);
}

/** Why there is no verdict, and what to do about it. */
function reasons({ report: { errors }, prose }: Sheet): string[] {
  return errors.map(({ message, hint }) => `- ${prose(message)}${hint === undefined ? "" : `. ${prose(hint)}`}`);
}

const MOST_LOSSES = 3;
const MOST_GROUPS = 2;

/** The three worst losses over all plans, in plain words, and what has no survivors. */
export function worstLosses(sheet: Sheet): Part[] {
  const { report, code, prose } = sheet;
  const ending = worstOf(report.plans);
  if (ending.length === 0) return [];
  const groups = report.plans.flatMap(({ noSurvivors }) => noSurvivors);
  const lines = [
    ...ending.slice(0, MOST_LOSSES).map(({ change, plan }) => `- ${lossLine(change, sheet)}${placeIn(plan, sheet)}`),
    ...groups.slice(0, MOST_GROUPS).map((group) => `- ${code(group.address)}: ${prose(survivorsText(group))}`),
  ];
  const more = ending.length - MOST_LOSSES;
  return paragraph(
    "**What would be lost**",
    "",
    ...lines,
    ...(more > 0 ? [`- ${counted(more, "more object")}, below`] : []),
  );
}

interface Ending {
  readonly plan: PlanReport;
  readonly change: ReportedChange;
}

/** Ending objects of all plans, the worst first. */
export function worstOf(plans: readonly PlanReport[]): Ending[] {
  const planOf = new Map(plans.flatMap((plan) => plan.changes.map((change) => [change, plan] as const)));
  return worstFirst([...planOf.keys()]).flatMap((change) => {
    const plan = planOf.get(change);
    return plan === undefined ? [] : [{ plan, change }];
  });
}

/** `address` (database): all data, the endpoint: replaced, ... */
export function lossLine(change: ReportedChange, { code, words }: Sheet): string {
  const { address, deposed, label, kind, location } = change;
  const what = kind === undefined || kind === "custom" ? "" : ` (${words(kind.replace("-", " "))})`;
  const known = label === undefined ? "" : ` (${code(label)})`;
  const old = deposed === undefined ? known : ` (deposed ${code(deposed)})`;
  const written = location ? ` · ${code(`${location.file}:${location.line}`)}` : "";
  return `${code(address)}${old}${what}: ${words(formatLosses(change))}${written}`;
}

/** Which plan is meant, where there are several. */
export function placeIn({ input }: PlanReport, { report, code }: Sheet): string {
  return report.plans.length > 1 ? ` · ${code(input)}` : "";
}
