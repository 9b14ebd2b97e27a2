/** A report as one page in one file: readable without a script, and with one to search, sort and follow every path. */

import type { Report } from "../../model/report.ts";
import { isEnding } from "../severity.ts";
import { stripes } from "./bar.ts";
import { documentOf, filledByScript } from "./document.ts";
import { author, signatures } from "./evidence.ts";
import { findings } from "./findings.ts";
import { help } from "./help.ts";
import { limits } from "./limits.ts";
import { losses } from "./losses.ts";
import { element, type Markup, NOTHING } from "./markup.ts";
import { judged, notSeen } from "./notes.ts";
import { paragraph, section, sheetFor } from "./sheet.ts";
import { verdictHead } from "./verdict.ts";

export function renderHtml(report: Report): string {
  const sheet = sheetFor(report);
  const parts: readonly (readonly [id: string, title: string, part: Markup])[] = [
    ["limits", "Limits", limits(sheet)],
    ["lost", "Lost", losses(sheet)],
    ["help", "What helps", help(sheet)],
    ["radius", "Radius", radius(report)],
    ["modules", "Modules", modules(report)],
    ["changes", "Changes", changes(report)],
    ["findings", "Findings", findings(sheet)],
    ["author", "Author", author(sheet)],
    ["signatures", "Signatures", signatures(sheet)],
    ["unseen", "Not seen", notSeen(sheet)],
    ["judged", "Judged", judged(sheet)],
  ];
  const shown = parts.filter(([, , part]) => part !== NOTHING);
  const links = shown.map(([id, title]) => element("a", { href: `#${id}` }, title));
  return documentOf(report, [
    element("a", { class: "skip", href: "#main" }, "Skip to the report"),
    stripes(),
    element(
      "nav",
      { "aria-label": "Sections" },
      element("div", { class: "links" }, links),
      element("div", { id: "theme" }),
    ),
    element(
      "main",
      { id: "main" },
      verdictHead(sheet),
      shown.map(([, , part]) => part),
    ),
    element(
      "footer",
      {},
      paragraph("quiet", "No attribute value of a plan is in this file: addresses and paths only."),
    ),
  ]);
}

const endsSomething = ({ plans }: Report): boolean => plans.some((plan) => plan.changes.some(isEnding));

function radius(report: Report): Markup {
  if (!endsSomething(report)) return NOTHING;
  const intro =
    "An arrow leads to what depends on it. Choose an object to see what reaches it and what it takes with it.";
  return section("radius", "The blast radius", paragraph("quiet", intro), filledByScript("radius-view", "radius-view"));
}

function modules(report: Report): Markup {
  if (!endsSomething(report) || report.plans.every(({ existing }) => existing === 0)) return NOTHING;
  const intro = "Every area is as large as the number of objects before the change; the filled part of it ends.";
  return section("modules", "Where it ends", paragraph("quiet", intro), filledByScript("modules-view", "modules-view"));
}

function changes({ plans }: Report): Markup {
  if (plans.every((plan) => plan.changes.length === 0)) return NOTHING;
  return section("changes", "Changes", filledByScript("changes-view", "changes-view"));
}
