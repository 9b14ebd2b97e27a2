/** Limits as bars: limit and actual side by side, and what lifts what is over. */

import type { ReportedFinding } from "../../model/report.ts";
import { type LimitRow, planRows, togetherRows } from "../limit-rows.ts";
import { counted } from "../wording/index.ts";
import { barOf, drawBar } from "./bar.ts";
import { element, type Markup, NOTHING } from "./markup.ts";
import { code, paragraph, type Sheet, section } from "./sheet.ts";

/** One table for a plan; with several one for each that is over a limit, and one for all together. */
export function limits(sheet: Sheet): Markup {
  const { report } = sheet;
  const { plans, verdict } = report;
  if (verdict === "undecided") return NOTHING;
  const [only] = plans;
  const tables =
    only && plans.length === 1
      ? [table(sheet, "this change", planRows(report, only, true))]
      : [
          titled("All plans together", table(sheet, "together", togetherRows(report))),
          ...plans.map((plan) => titled(code(plan.input), table(sheet, "this plan", planRows(report, plan, false)))),
        ];
  if (tables.every(({ markup }) => markup === "")) return NOTHING;
  const { actor, bound } = report.policy.heldTo;
  const held = `Held to ${actor === "agent" || actor === "unknown" ? "an" : "a"} ${actor}'s limits, by the ${bound} bound of each range.`;
  return section("limits", "Limits", tables, legend(tables), paragraph("quiet", held));
}

function titled(title: Markup | string, content: Markup): Markup {
  return content === NOTHING ? NOTHING : element("div", {}, element("h3", {}, title), content);
}

function table({ prose }: Sheet, heading: string, rows: readonly LimitRow[]): Markup {
  if (rows.length === 0) return NOTHING;
  const head = ["Limit", "", heading, "allowed", ""].map((text, place) =>
    text === ""
      ? element("td", { class: place === 1 ? "bar-cell" : "" })
      : element("th", { scope: "col", class: place === 2 || place === 3 ? "number" : "" }, text),
  );
  return element(
    "table",
    { class: "limits" },
    element("thead", {}, element("tr", {}, head)),
    element(
      "tbody",
      {},
      rows.map((row) => {
        const tone = toneOf(row.finding);
        return element(
          "tr",
          { class: tone },
          element("th", { scope: "row" }, prose(row.label)),
          element("td", { class: "bar-cell" }, row.numbers === undefined ? [] : drawBar(barOf(row.numbers), tone)),
          element("td", { class: "number actual" }, row.actual),
          element("td", { class: "number" }, row.allowed),
          element("td", { class: "lift" }, markOf(row.finding)),
        );
      }),
    ),
  );
}

function toneOf(finding: ReportedFinding | undefined): string {
  if (finding === undefined) return "kept";
  if (finding.waiver !== null) return "grey";
  const { signatures, signed = 0, level } = finding;
  if (level !== "error") return "amber";
  return signatures !== undefined && signed >= signatures ? "grey" : "red";
}

function markOf(finding: ReportedFinding | undefined): string {
  if (finding === undefined) return "✓ kept";
  const { level, signatures, signed = 0, waiver } = finding;
  if (waiver !== null) return "~ waived";
  if (signatures !== undefined && signed >= signatures) return `✓ signed by ${counted(signed, "person", "people")}`;
  if (level !== "error") return "! reported";
  return signatures === undefined
    ? "✕ no signature lifts this"
    : `✕ ${counted(signatures - signed, "signature")} missing`;
}

/** What the bars mean, of those kinds that there are. */
function legend(tables: readonly Markup[]): Markup {
  const drawn = tables.map(({ markup }) => markup).join("");
  const has = (className: string): boolean => drawn.includes(`${className}"`);
  const entries = [
    "the line is what is allowed",
    ...(has(" maybe") ? ["solid is certain, striped is possible"] : []),
    ...(has("open") ? ["a bar with ? goes further than anybody can know"] : []),
  ];
  return paragraph("legend", `In the bars ${entries.join("; ")}.`);
}
