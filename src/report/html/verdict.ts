/** The head of the page, understood in ten seconds: the verdict, what it is about, who wrote it, what cannot come back. */

import type { Verdict } from "../../model/judgement.ts";
import type { Report, ReportedChange } from "../../model/report.ts";
import { losesData, worstFirst } from "../severity.ts";
import { authorAndData, everydayOf, mergedText, outcomeOf, stopText, waivedCount } from "../wording/comment.ts";
import { counted, formatAuthor } from "../wording/index.ts";
import { type Child, element, type Markup, NOTHING } from "./markup.ts";
import { code, firstOf, paragraph, type Sheet } from "./sheet.ts";

/** A sign beside the word, since colour alone says nothing to many. */
export const SIGNS: Readonly<Record<Verdict, string>> = { pass: "✓", review: "!", fail: "✕", undecided: "?" };

export function verdictHead(sheet: Sheet): Markup {
  const { report, prose, sentence } = sheet;
  const { verdict } = report;
  return element(
    "header",
    { class: `verdict ${verdict}` },
    about(report),
    element(
      "h1",
      {},
      element(
        "span",
        { class: "badge" },
        element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[verdict]),
        ` ${verdict.toUpperCase()}`,
      ),
      " ",
      element("span", { class: "outcome" }, sentence(outcomeOf(report))),
    ),
    verdict === "undecided" ? reasons(sheet) : lead(sheet),
    dataLost(sheet),
    mergedText(report) === undefined ? NOTHING : paragraph("quiet", prose(mergedText(report) ?? "")),
  );
}

/** What was judged, when, by what. */
function about({ plans, asOf, tool }: Report): Markup {
  const [only] = plans;
  const what = only && plans.length === 1 ? code(only.input) : counted(plans.length, "plan");
  const when = `${asOf.slice(0, 10)} ${asOf.slice(11, 16)} UTC`;
  return paragraph(
    "about",
    element("span", { class: "mark" }, "firebreak"),
    element("span", {}, what),
    element("time", { datetime: asOf }, when),
    element("span", {}, `version ${tool.version}`),
  );
}

function lead({ report, prose, sentence }: Sheet): Markup {
  const { verdict, plans, policy, authorship } = report;
  const observed =
    policy.wouldBe === undefined || policy.wouldBe === "pass"
      ? NOTHING
      : element("strong", {}, `Observed only: this would be ${policy.wouldBe}. `);
  const nothing = plans.every(({ changes }) => changes.every(({ certainty }) => certainty === undefined));
  if (verdict === "pass" && nothing) {
    const all = plans.reduce((sum, { existing }) => sum + existing, 0);
    const line = `${everydayOf(plans)} · ${counted(all, "object")} · ${formatAuthor(authorship)}`;
    return paragraph("lead", observed, sentence(line));
  }
  return paragraph("lead", observed, prose(authorAndData(report)), ...stops(report, prose));
}

function stops(report: Report, prose: Sheet["prose"]): Child[] {
  const stop = stopText(report);
  const waivers = waivedCount(report);
  return [
    ...(stop === undefined ? [] : [" ", element("strong", {}, prose(stop.what)), "; ", prose(stop.lift), "."]),
    ...(waivers === undefined ? [] : [" ", element("strong", {}, waivers), "."]),
  ];
}

/** Why there is no verdict, and what to do about it. */
function reasons({ report: { errors }, prose, sentence }: Sheet): Markup {
  return element(
    "ul",
    { class: "reasons" },
    errors.map(({ message, hint }) =>
      element("li", {}, sentence(`${message}.`), hint === undefined ? NOTHING : paragraph("hint", prose(hint))),
    ),
  );
}

const MOST_NAMED = 3;

/** What cannot be had again, by name. */
function dataLost({ report: { plans }, prose }: Sheet): Markup {
  const lost = worstFirst(plans.flatMap(({ changes }) => changes)).filter(losesData);
  if (lost.length === 0) return NOTHING;
  const { shown, hidden } = firstOf(lost, MOST_NAMED);
  const more = hidden === 0 ? "" : ` and ${counted(hidden, "more object")}`;
  const names = shown.map((change, place) => [
    place === 0 ? "" : hidden === 0 && place === shown.length - 1 ? " and " : ", ",
    named(change, prose),
  ]);
  return paragraph("lost", "All data of ", names, more);
}

function named({ address, kind, certainty }: ReportedChange, prose: Sheet["prose"]): Child {
  const what = kind === undefined || kind === "custom" ? "" : [" (", prose(kind.replace("-", " ")), ")"];
  return [certainty === "conditional" ? "possibly " : "", code(address), what];
}
