/** What every format is handed beside the report. */

import type { Report } from "../model/report.ts";

/** How a report is to be shown. Formats for programs look at none of this. */
export interface RenderOptions {
  readonly color: boolean;
  /** Signs a line may have; absent when lines need no breaking. */
  readonly width?: number | undefined;
  readonly verbosity: "quiet" | "normal" | "verbose";
}

export type Renderer = (report: Report, options: RenderOptions) => string;
