/** What every format is handed beside the report. */

import type { HostName } from "../model/host.ts";
import type { Report } from "../model/report.ts";

/** How a report is to be shown. Formats for programs look at none of this. */
export interface RenderOptions {
  readonly color: boolean;
  /** Signs a line may have; absent when lines need no breaking. */
  readonly width?: number | undefined;
  readonly verbosity: "quiet" | "normal" | "verbose";
  /** Where Markdown is to be shown, which decides how long it may be and what is drawn. Absent: as on GitHub. */
  readonly host?: HostName | undefined;
  /** Where the whole report can be read: an http(s) address. */
  readonly reportUrl?: string | undefined;
  /** Bytes that whoever posts Markdown adds to it; so many fewer are written. */
  readonly reserveBytes?: number | undefined;
}

export type Renderer = (report: Report, options: RenderOptions) => string;
