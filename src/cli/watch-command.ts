/** `firebreak check --watch`: a verdict for every state of the files, and never one for a state that is gone. */

import { FirebreakError } from "../model/error.ts";
import { printable } from "../model/printable.ts";
import type { Report } from "../model/report.ts";
import { FORMATS } from "../report/index.ts";
import { findConfig } from "../sources/index.ts";
import { changed, type Trace, traceOf } from "../sources/watch.ts";
import type { Invocation, OptionValues } from "./arguments.ts";
import { judgedWithReasons } from "./check-command.ts";
import { INTERRUPTED } from "./exit-code.ts";
import { type OutputFormat, parseFormats, tell, writeReport } from "./outputs.ts";
import { renderOptions } from "./render-options.ts";
import { explain } from "./stderr.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError `bad-usage`; whatever else goes wrong may be right after the next change */
export async function runWatch(invocation: Invocation, world: World): Promise<number> {
  const { inputs, values } = invocation;
  refuseUnwatchable(inputs);
  const outputs = parseFormats(values.list("format"), FORMATS, "pretty");
  renderOptions(values, world);
  const paths = (): readonly string[] => watched(inputs, values, world);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt);
  try {
    let trace: Trace | undefined = traceOf(paths());
    let said: Said | undefined;
    while (trace !== undefined) {
      const outcome = await judgedNow(invocation, world, said === undefined);
      if (stop.signal.aborted) break;
      // What was written while it was judged may have been read in part.
      if (traceOf(paths()) === trace) {
        if (!repeats(outcome, said)) await show(outcome, outputs, values, world);
        if (said === undefined) world.stderr.write("Watching: judged again when a file changes. Ctrl-C ends it.\n");
        said = "error" in outcome ? outcome.error.code : "verdict";
      }
      const isVerdict = said === "verdict";
      const noticed = (): void => (isVerdict ? separate(world) : undefined);
      trace = await changed(paths, trace, noticed, stop.signal);
    }
    return INTERRUPTED;
  } finally {
    process.off("SIGINT", interrupt);
  }
}

/** A report, or why there is none. */
type Outcome = { readonly report: Report } | { readonly error: FirebreakError };
/** What was said last: a verdict, or the code of what kept it away. */
type Said = "verdict" | FirebreakError["code"];

/** On the first run bad usage is the end; later on, a file that was there may be missing for a moment. */
async function judgedNow(invocation: Invocation, world: World, isFirst: boolean): Promise<Outcome> {
  try {
    return { report: (await judgedWithReasons(invocation, world)).report };
  } catch (error) {
    if (!(error instanceof FirebreakError) || (isFirst && error.code === "bad-usage")) throw error;
    return { error };
  }
}

/** A file that is still being written is broken each time at another place, and nobody wants to be told each time. */
function repeats(outcome: Outcome, said: Said | undefined): boolean {
  return "error" in outcome && outcome.error.code === said;
}

async function show(
  outcome: Outcome,
  outputs: readonly OutputFormat[],
  values: OptionValues,
  world: World,
): Promise<void> {
  if ("report" in outcome) {
    await writeReport(outcome.report, outputs, renderOptions(values, world), world);
    tell(outcome.report, world);
    return;
  }
  const { message, hint } = outcome.error;
  explain(world, message, hint);
  const files = outputs.flatMap(({ file }) => file ?? []).map(printable);
  const old = files.length === 0 ? "" : `; ${files.join(", ")} may hold an older verdict`;
  world.stderr.write(`There is no verdict now: waiting for a change${old}.\n`);
}

function refuseUnwatchable(inputs: readonly string[]): void {
  const other = inputs.find((input) => input === "-" || /^(cfn(-delete)?:\/\/|arn:)/.test(input));
  if (other === undefined) return;
  throw new FirebreakError("bad-usage", `--watch needs files, and ${JSON.stringify(other)} is none`, {
    hint: "For example: firebreak check plan.json --watch",
  });
}

/** Everything named on the command line that a verdict depends on, and the config wherever it is found. */
function watched(inputs: readonly string[], values: OptionValues, { cwd }: World): string[] {
  const named = ["config", "state", "evidence", "report"].flatMap((option) => values.text(option) ?? []);
  const lists = ["ruleset", "approvals"].flatMap((option) => values.list(option));
  return [...inputs, ...named, ...lists, ...configFound(cwd)];
}

function configFound(cwd: string): string[] {
  try {
    const found = findConfig(cwd);
    return found === undefined ? [] : [found];
  } catch (error) {
    // Several lie side by side: judging says so, and that is no file to watch.
    if (error instanceof FirebreakError) return [];
    throw error;
  }
}

const RULE_CELLS = 80;

/** A line between two runs, on standard error, so that standard output holds reports alone. */
function separate({ stderr, now }: World): void {
  const head = `--- ${now().toISOString().slice(11, 19)}Z  changed: what is said above no longer holds `;
  stderr.write(`\n${head.padEnd(RULE_CELLS, "-")}\n\n`);
}
