/** `firebreak author`: who wrote this change, and the evidence. It judges no plan and stops nothing. */

import { judgeAuthorship } from "../authorship/index.ts";
import { FirebreakError } from "../model/error.ts";
import { renderAuthorship } from "../report/authorship.ts";
import type { Invocation } from "./arguments.ts";
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
  const authorship = await judgeAuthorship(await evidenceAtHand(values, world));
  world.stdout.write(
    format === "json" ? `${JSON.stringify(authorship, null, 2)}\n` : renderAuthorship(authorship, options),
  );
  return exitCodeOf("pass");
}
