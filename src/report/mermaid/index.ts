/** The picture as Mermaid alone. */

import type { Report } from "../../model/report.ts";
import { MOST_DRAWN, type PictureOptions } from "../picture/shapes.ts";
import { MOST_TEXT, mermaidWithin } from "./draw.ts";

export function renderMermaid(report: Report, { verbosity }: PictureOptions): string {
  return mermaidWithin(report, MOST_DRAWN[verbosity], MOST_TEXT);
}
