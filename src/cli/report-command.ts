/** `firebreak report`: saved reports in any format, and one verdict of many. Judges no plan again. */

import version from "../generated/version.json" with { type: "json" };
import { mergeReports } from "../merge.ts";
import { FirebreakError } from "../model/error.ts";
import { FORMATS, type NamedReport } from "../report/index.ts";
import { parseReport } from "../report/saved.ts";
import { readSaved } from "../sources/index.ts";
import type { Invocation } from "./arguments.ts";
import { exitCodeOf } from "./exit-code.ts";
import { parseFormats, tell, writeReport } from "./outputs.ts";
import { renderOptions } from "./render-options.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError */
export async function runReport({ inputs, values }: Invocation, world: World): Promise<number> {
  const outputs = parseFormats(values.list("format"), FORMATS, "pretty");
  const options = renderOptions(values, world);
  const names = [...values.list("from"), ...inputs];
  if (names.length === 0) {
    throw new FirebreakError("bad-usage", "no report given", {
      hint: "Save one with: firebreak check plan.json --format json=report.json",
    });
  }
  if (names.length > 1 && !values.has("merge")) {
    throw new FirebreakError("bad-usage", `${names.length} reports given`, {
      hint: `To make one verdict of them, run: firebreak report --merge ${names.join(" ")}`,
    });
  }
  const named: NamedReport[] = [];
  for (const name of names) named.push({ name, report: await parseReport(await readSaved(name, world.stdin), name) });
  const report = oneOf(named, values.has("merge"));
  await writeReport(report, outputs, options, world);
  tell(report, world);
  return exitCodeOf(report.verdict);
}

function oneOf(named: readonly NamedReport[], merge: boolean) {
  const [only] = named;
  return only === undefined || merge ? mergeReports(named, version) : only.report;
}
