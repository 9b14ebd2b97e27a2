/** The report as JSON: its own shape, one key order, two spaces. */

import type { Report } from "../model/report.ts";
import { toJson } from "./escape.ts";

export function renderJson(report: Report): string {
  return `${toJson(report, 2)}\n`;
}
