/** `firebreak report`: saved reports in any format, and one verdict of many. Judges no plan again. */

import { FirebreakError } from "../model/error.ts";
import { FORMATS } from "../report/index.ts";
import type { Invocation } from "./arguments.ts";
import { exitCodeOf } from "./exit-code.ts";
import { parseFormats, tell, writeReport } from "./outputs.ts";
import { renderOptions } from "./render-options.ts";
import { readSavedReports } from "./saved-reports.ts";
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
  const report = await readSavedReports(names, values.has("merge"), world);
  await writeReport(report, outputs, options, world);
  tell(report, world);
  return exitCodeOf(report.verdict);
}
