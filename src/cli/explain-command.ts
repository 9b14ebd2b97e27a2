/** `firebreak explain`: why an address is in the radius, path by path. */

import { explainInputs } from "../explain.ts";
import { FirebreakError } from "../model/error.ts";
import { renderExplanation } from "../report/explanation.ts";
import { readSources, readState } from "../sources/index.ts";
import type { Invocation } from "./arguments.ts";
import { exitCodeOf } from "./exit-code.ts";
import { liveOption } from "./live-option.ts";
import { renderOptions } from "./render-options.ts";
import { sourceOption } from "./source-option.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError */
export async function runExplain({ inputs, values }: Invocation, world: World): Promise<number> {
  const [input, address, ...rest] = inputs;
  if (input === undefined || address === undefined || rest.length > 0) {
    throw new FirebreakError("bad-usage", "explain takes a plan and an address", {
      hint: "For example: firebreak explain plan.json 'aws_instance.web[0]'",
    });
  }
  const format = values.text("format") ?? "pretty";
  if (format !== "pretty" && format !== "json") {
    throw new FirebreakError("bad-usage", `unknown format ${JSON.stringify(format)}`, { hint: "Known: pretty, json." });
  }
  const state = values.text("state");
  const previousState = state === undefined ? undefined : await readState(state);
  const sources: Parameters<typeof explainInputs>[0][number][] = [];
  for await (const source of readSources([input], world.stdin, liveOption(values, world))) {
    if ("error" in source) throw source.error;
    sources.push(previousState === undefined ? source : { ...source, previousState });
  }
  const explanations = await explainInputs(sources, address, sourceOption(values, world));
  const options = renderOptions(values, world);
  const text = explanations.map((one) => renderExplanation(one, options)).join("\n");
  world.stdout.write(format === "json" ? `${JSON.stringify(explanations, null, 2)}\n` : text);
  return exitCodeOf("pass");
}
