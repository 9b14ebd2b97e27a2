/** Findings that stand in no table of limits, and those that somebody answers for. */

import type { ReportedFinding } from "../../model/report.ts";
import { isInTable } from "../limit-rows.ts";
import { counted } from "../wording/index.ts";
import { type Child, element, type Markup, NOTHING } from "./markup.ts";
import { code, firstOf, paragraph, type Sheet, section, written } from "./sheet.ts";

/** So many are read on a page; all of them stand in the JSON report. */
const MOST_FINDINGS = 200;

const SIGNS = { error: "✕", warning: "!", note: "·" } as const;

export function findings(sheet: Sheet): Markup {
  const all = sheet.report.findings;
  const found = all.filter((finding) => finding.waiver === null && !isInTable(finding));
  const waived = all.filter(({ waiver }) => waiver !== null);
  if (found.length + waived.length === 0) return NOTHING;
  const { shown, hidden } = firstOf(found, MOST_FINDINGS);
  return section(
    "findings",
    "Findings",
    shown.length === 0
      ? NOTHING
      : element(
          "ul",
          { class: "findings" },
          shown.map((finding) => line(finding, sheet)),
        ),
    hidden === 0 ? NOTHING : paragraph("quiet", `${counted(hidden, "more finding")} in the JSON report`),
    waivedList(waived, sheet),
  );
}

function line(finding: ReportedFinding, { prose, sentence }: Sheet): Markup {
  const { level, message, ruleId, remediation, location } = finding;
  return element(
    "li",
    { class: level },
    element(
      "p",
      { class: "says" },
      element("span", { class: "level" }, element("span", { "aria-hidden": "true" }, SIGNS[level]), ` ${level}`),
      " ",
      sentence(message),
      element("span", { class: "place" }, code(ruleId)),
      written(location),
    ),
    remediation === null ? NOTHING : paragraph("why", prose(remediation)),
  );
}

/** Listed whatever the verdict is. */
function waivedList(waived: readonly ReportedFinding[], { sentence }: Sheet): Child {
  const { shown, hidden } = firstOf(waived, MOST_FINDINGS);
  if (shown.length === 0) return [];
  return [
    element("h3", {}, `Waived (${counted(waived.length, "finding")})`),
    element(
      "ul",
      { class: "findings" },
      shown.map(({ message, ruleId, waiver, location }) =>
        element(
          "li",
          { class: "waived" },
          paragraph("says", sentence(message), element("span", { class: "place" }, code(ruleId)), written(location)),
          waiver === null
            ? NOTHING
            : paragraph(
                "why",
                "Waived by ",
                code(waiver.owner),
                " until ",
                code(waiver.expires),
                ": ",
                code(waiver.reason),
              ),
        ),
      ),
    ),
    hidden === 0 ? [] : paragraph("quiet", `${counted(hidden, "more finding")} in the JSON report`),
  ];
}
