/** `firebreak explore`: the same analysis, to walk through. It shows, and judges nothing. */

import { render } from "../report/index.ts";
import type { Invocation } from "./arguments.ts";
import { judgedWithReasons } from "./check-command.ts";
import { exitCodeOf, INTERRUPTED } from "./exit-code.ts";
import { explored } from "./explore/explored.ts";
import { lookOf } from "./explore/look.ts";
import { sit } from "./explore/session.ts";
import { sourceLinesIn } from "./explore/source-lines.ts";
import { tell } from "./outputs.ts";
import { renderOptions } from "./render-options.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError on anything that leaves nothing to look at */
export async function runExplore(invocation: Invocation, world: World): Promise<number> {
  const options = renderOptions(invocation.values, world);
  const { report, judgement } = await judgedWithReasons(invocation, world);
  const terminal = await world.terminal();
  if (terminal === undefined) {
    world.stderr.write("firebreak: this is no terminal to explore in, so here is the report of firebreak check\n");
    world.stdout.write(await render(report, "pretty", options));
    tell(report, world);
    return exitCodeOf(report.verdict);
  }
  const all = explored(report, sourceLinesIn(judgement));
  const { interrupted, kept } = await sit(all, terminal, lookOf(options.color, world.env), world.env);
  for (const text of kept) world.stdout.write(`${text.trimEnd()}\n`);
  tell(report, world);
  if (interrupted) return INTERRUPTED;
  return exitCodeOf(report.verdict === "undecided" ? "undecided" : "pass");
}
