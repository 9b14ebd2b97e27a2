/** What would be lost: the worst first, in plain words; and the groups that nothing of survives. */

import type { PlanReport, ReportedChange } from "../../model/report.ts";
import { losesData, worstFirst } from "../severity.ts";
import { counted, formatLosses, survivorsText } from "../wording/index.ts";
import { type Child, element, type Markup, NOTHING } from "./markup.ts";
import { code, firstOf, paragraph, type Sheet, section, written } from "./sheet.ts";

const MOST_LOSSES = 8;
const MOST_GROUPS = 6;

export function losses(sheet: Sheet): Markup {
  const { plans } = sheet.report;
  const planOf = new Map(plans.flatMap((plan) => plan.changes.map((change) => [change, plan] as const)));
  const ending = worstFirst([...planOf.keys()]);
  if (ending.length === 0) return NOTHING;
  const { shown, hidden } = firstOf(ending, MOST_LOSSES);
  const groups = firstOf(
    plans.flatMap((plan) => plan.noSurvivors.map((group) => ({ group, plan }))),
    MOST_GROUPS,
  );
  return section(
    "lost",
    "What would be lost",
    element(
      "ul",
      { class: "losses" },
      shown.map((change) => loss(change, planOf.get(change), sheet)),
      groups.shown.map(({ group, plan }) =>
        element(
          "li",
          { class: "data" },
          element("p", { class: "name" }, code(group.address), inPlan(plan, sheet)),
          paragraph("says", sheet.sentence(`${survivorsText(group)}.`)),
        ),
      ),
    ),
    hidden === 0
      ? NOTHING
      : paragraph("quiet", `${counted(hidden, "more object")} ${hidden === 1 ? "ends" : "end"}: see `, changesLink()),
  );
}

function changesLink(): Markup {
  return element("a", { href: "#changes" }, "the table of changes");
}

function loss(change: ReportedChange, plan: PlanReport | undefined, sheet: Sheet): Markup {
  const { address, deposed, label, kind, counted: counts, reasons } = change;
  const tone = losesData(change) ? "data" : counts ? "ends" : "routine";
  const what: Child =
    kind === undefined || kind === "custom"
      ? []
      : element("span", { class: "tag" }, sheet.prose(kind.replace("-", " ")));
  const old: Child = deposed === undefined ? [] : [" (deposed ", code(deposed), ")"];
  const known: Child = label === undefined ? [] : [" (", code(label), ")"];
  return element(
    "li",
    { class: tone },
    element("p", { class: "name" }, code(address), old, known, what, written(change.location), inPlan(plan, sheet)),
    paragraph("says", sheet.sentence(`${formatLosses(change)}.`)),
    reasons.length === 0 ? NOTHING : paragraph("why", "Cause: ", sheet.prose(`${reasons.join("; ")}.`)),
  );
}

function inPlan(plan: PlanReport | undefined, { report }: Sheet): Child {
  return plan === undefined || report.plans.length < 2 ? [] : element("span", { class: "place" }, code(plan.input));
}
