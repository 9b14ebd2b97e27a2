/** Saved reports to one: as it is, or one verdict of many. */

import version from "../generated/version.json" with { type: "json" };
import { mergeReports } from "../merge.ts";
import type { Report } from "../model/report.ts";
import { parseReport } from "../report/saved.ts";
import type { NamedReport } from "../report/told-apart.ts";
import { readSaved } from "../sources/index.ts";
import type { World } from "./world.ts";

/** `merge` says of a single report too that it is a merged one. @throws FirebreakError when one cannot be read */
export async function readSavedReports(names: readonly string[], merge: boolean, world: World): Promise<Report> {
  const named: NamedReport[] = [];
  for (const name of names) named.push({ name, report: await parseReport(await readSaved(name, world.stdin), name) });
  const [only] = named;
  return only === undefined || merge ? mergeReports(named, version) : only.report;
}
