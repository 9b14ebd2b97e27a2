/** `firebreak author`: who wrote this change, and the evidence. It judges no plan and stops nothing. */

import { judgeAuthorship } from "../authorship/index.ts";
import { FirebreakError } from "../model/error.ts";
import type { Evidence } from "../model/evidence.ts";
import type { WrittenBy } from "../model/units.ts";
import { renderAuthorship } from "../report/authorship.ts";
import { readHistory } from "../sources/index.ts";
import type { Invocation } from "./arguments.ts";
import { baseOf } from "./base.ts";
import { evidenceAtHand } from "./evidence.ts";
import { exitCodeOf } from "./exit-code.ts";
import { renderOptions } from "./render-options.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError */
export async function runAuthor({ inputs, values }: Invocation, world: World): Promise<number> {
  if (inputs.length > 0) {
    throw new FirebreakError("bad-usage", `author takes no ${JSON.stringify(inputs[0])}`, {
      hint: "It looks at commits: firebreak author --base main, or firebreak author --evidence evidence.json",
    });
  }
  if (values.has("evidence") && values.has("base")) {
    throw new FirebreakError("bad-usage", "--evidence and --base exclude each other", {
      hint: "A file of evidence brings its commits along.",
    });
  }
  const format = values.text("format") ?? "pretty";
  if (format !== "pretty" && format !== "json") {
    throw new FirebreakError("bad-usage", `unknown format ${JSON.stringify(format)}`, { hint: "Known: pretty, json." });
  }
  const options = renderOptions(values, world);
  const request = await evidenceAtHand(values, world);
  const judged = await judgeAuthorship(request);
  // A file of evidence is all that is looked at.
  const removed = values.has("evidence") ? [] : await blocksRemoved(request.evidence, values, world);
  const authorship = { ...judged, ...(removed.length > 0 && { removedBlocks: removed }) };
  world.stdout.write(
    format === "json" ? `${JSON.stringify(authorship, null, 2)}\n` : renderAuthorship(authorship, options),
  );
  return exitCodeOf("pass");
}

async function blocksRemoved(
  evidence: Evidence = {},
  values: Invocation["values"],
  world: World,
): Promise<readonly WrittenBy[]> {
  const history = await readHistory(world.cwd, await baseOf(values, world));
  const { removedBlocks } = await import("../attribution.ts");
  return removedBlocks(history, evidence);
}
