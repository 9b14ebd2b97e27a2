/** What would help: patches to copy, advice, and who has to sign otherwise. */

import type { ReportedSuggestion } from "../../model/report.ts";
import { stopping, whoSigns } from "../wording/comment.ts";
import { counted, endsWith } from "../wording/index.ts";
import { type Child, element, type Markup, NOTHING, raw } from "./markup.ts";
import { firstOf, paragraph, type Sheet, section } from "./sheet.ts";

const MOST_PATCHES = 20;
/** Blocks of one patch; all of them stand in the JSON report. */
const MOST_BLOCKS = 40;

export function help(sheet: Sheet): Markup {
  const { findings, plans } = sheet.report;
  const { shown, hidden } = firstOf(
    plans.flatMap(({ suggestions }) => suggestions),
    MOST_PATCHES,
  );
  // Signatures are spoken of once for all.
  const remedies = stopping(findings).flatMap(({ remediation }) =>
    remediation === null ? [] : remediation.replace(/ Or have .* sign it off\.$/, ""),
  );
  const sign = whoSigns(findings);
  const lines = [...new Set(remedies), ...(sign === undefined ? [] : [sign])];
  if (shown.length === 0 && lines.length === 0) return NOTHING;
  return section(
    "help",
    "What would help",
    shown.map((suggestion) => patch(suggestion, sheet)),
    hidden === 0 ? NOTHING : paragraph("quiet", `${counted(hidden, "more suggestion")} in the JSON report`),
    lines.length === 0
      ? NOTHING
      : element(
          "ul",
          { class: "advice" },
          lines.map((line) => element("li", {}, sheet.prose(line))),
        ),
  );
}

function patch(suggestion: ReportedSuggestion, { prose }: Sheet): Markup {
  const { shown, hidden } = firstOf(suggestion.text.trimEnd().split("\n\n"), MOST_BLOCKS);
  const lines = shown.join("\n\n").split("\n");
  const text: Child = lines.map((line, place) => [place === 0 ? [] : raw("\n"), line]);
  return element(
    "div",
    { class: "patch" },
    element("p", {}, prose(`${suggestion.message}. ${endsWith(suggestion)}`)),
    element("pre", { tabindex: 0 }, element("code", {}, text)),
    hidden === 0 ? NOTHING : paragraph("quiet", `${counted(hidden, "more block")} in the JSON report`),
  );
}
