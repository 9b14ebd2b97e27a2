/** The first lines: a tired person reads no more. */

import type { Verdict } from "../../model/judgement.ts";
import type { PlanReport, Report } from "../../model/report.ts";
import { isEnding, losesData, worstFirst } from "../severity.ts";
import {
  counted,
  formatAuthor,
  formatCount,
  formatRange,
  formatShare,
  listed,
  signaturesInBrief,
} from "../wording/index.ts";
import type { Page } from "./page.ts";

export function headline(report: Report, page: Page): string[] {
  const { plans, verdict } = report;
  if (verdict === "undecided") return undecided(report, page);
  const [only] = plans;
  const signed = signaturesInBrief(report);
  const about = `${observed(report)}${signed === "" ? "" : `${signed} · `}${author(report)}`;
  if (only && plans.length === 1)
    return [
      ...page.block(...labelled(verdict, `${only.input}: ${inBrief(only)} · ${about}`, page)),
      ...lost(only, page),
    ];
  const each = plans.flatMap((plan) => [...page.block("  ", `${plan.input}: ${inBrief(plan)}`), ...lost(plan, page)]);
  return [...page.block(...labelled(verdict, `${counted(plans.length, "plan")} · ${about}`, page)), ...each];
}

const MOST_NAMED = 3;

/** What cannot be had again, by name: whoever stops reading here has read the worst. */
function lost({ changes }: PlanReport, page: Page): string[] {
  if (page.quiet) return [];
  const names = worstFirst(changes)
    .filter(losesData)
    .map(({ address, kind, certainty }) => {
      const what = kind === undefined ? "" : ` (${kind.replace("-", " ")})`;
      return `${certainty === "conditional" ? "possibly " : ""}${address}${what}`;
    });
  if (names.length === 0) return [];
  return page.block("      ", `All data of ${listed(names, MOST_NAMED)}`, undefined, page.paint.red);
}

/** Why there is no verdict, then what the plans list so far. */
function undecided({ errors, plans }: Report, page: Page): string[] {
  const reasons = errors.flatMap(({ message, hint }) => [
    ...page.block(...labelled("undecided", message, page)),
    ...(hint === undefined ? [] : page.block("           ", hint, page.paint.grey)),
  ]);
  return [...reasons, ...plans.flatMap((plan) => page.block("  ", `${plan.input}: so far ${inBrief(plan)}`))];
}

function labelled(verdict: Verdict, text: string, page: Page): Parameters<Page["block"]> {
  const { green, amber, red, bold } = page.paint;
  const colour = { pass: green, review: amber, fail: red, undecided: red }[verdict];
  return [`${verdict.toUpperCase()}  `, text, undefined, (label) => bold(colour(label))];
}

function observed({ policy: { wouldBe } }: Report): string {
  if (wouldBe === undefined) return "";
  return wouldBe === "pass" ? "observed only · " : `observed only, would be ${wouldBe.toUpperCase()} · `;
}

/** An unknown author who is stopped wants to know by whose limits. */
function author({ authorship, verdict, policy: { heldTo } }: Report): string {
  const held = verdict !== "pass" && authorship.kind !== heldTo.actor;
  return `${formatAuthor(authorship)}${held ? `, held to ${heldTo.actor === "agent" || heldTo.actor === "unknown" ? "an" : "a"} ${heldTo.actor}'s limits` : ""}`;
}

function inBrief(plan: PlanReport): string {
  const { totals, existing, share, environment, changes } = plan;
  const routine = changes.filter((change) => isEnding(change) && !change.counted).length;
  const all = `${plan.existingIsKnown === false ? "at least " : ""}${counted(existing, "object")}`;
  if (totals.ended.upper === 0) return `${nothingEnds(plan, routine)} · ${all}`;
  const of = environment === undefined ? "" : ` of ${environment}`;
  const verb = totals.ended.upper === 1 ? "ends" : "end";
  const part =
    share.upper === null ? (environment === undefined ? "" : ` (${environment})`) : ` (${formatShare(share)}${of})`;
  const some = `${formatRange(totals.ended)} of ${all} ${verb}${part}`;
  const { dataLoss, ended } = totals;
  if (dataLoss.upper === 0) return `${some}, ${ended.upper === 1 ? "without data" : "none of them holds data"}`;
  return `${some}, ${formatRange(dataLoss)} of them ${dataLoss.upper === 1 ? "holds" : "hold"} data`;
}

function nothingEnds({ summary }: PlanReport, routine: number): string {
  const parts = (["create", "update", "forget", "import", "move"] as const)
    .filter((kind) => summary[kind] > 0)
    .map((kind) => `${formatCount(summary[kind])} to ${kind}`);
  if (routine === 0) return [...parts, "nothing ends"].join(", ");
  return [...parts, `${counted(routine, "routine object")} ${routine === 1 ? "ends" : "end"}`, "nothing else"].join(
    ", ",
  );
}
