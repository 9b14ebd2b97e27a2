/** A report as a comment on a pull request: the verdict, the limits, the worst losses; the picture; all else folded. */

import type { Report } from "../../model/report.ts";
import type { RenderOptions } from "../render-options.ts";
import { changed, everythingThatEnds } from "./changes.ts";
import { whoAndHow } from "./evidence.ts";
import { fitted } from "./fit.ts";
import { footer } from "./footer.ts";
import { limitTable } from "./limits.ts";
import { next } from "./next.ts";
import { alsoFound, notSeen, waived } from "./notes.ts";
import { picture } from "./picture.ts";
import { type Sheet, sheetFor } from "./sheet.ts";
import { headline, worstLosses } from "./top.ts";

export function renderMarkdown(report: Report, options: RenderOptions): string {
  const sheet = sheetFor(report, options);
  const end = footer(report, sheet.host.folds, options);
  const parts = options.verbosity === "quiet" ? headline(sheet) : partsOf(sheet);
  const room = sheet.host.mostBytes - (options.reserveBytes ?? 0);
  const text = fitted(parts, room - Buffer.byteLength(end));
  return `${text}${end}`;
}

function partsOf(sheet: Sheet) {
  const { verdict } = sheet.report;
  // Where nothing is in the way, nobody wants to read more than that.
  const open = verdict === "pass" ? [] : [...limitTable(sheet), ...worstLosses(sheet), ...picture(sheet)];
  return [
    ...headline(sheet),
    ...open,
    ...next(sheet),
    ...everythingThatEnds(sheet),
    ...alsoFound(sheet),
    ...waived(sheet),
    ...changed(sheet),
    ...whoAndHow(sheet),
    ...notSeen(sheet),
  ];
}
