/** The report as JSON: its own shape, one key order, two spaces. */

import type { Report } from "../model/report.ts";

export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
