/** `firebreak check`: options to a verdict, reports to where they belong. */

import { judgeInputs } from "../check.ts";
import version from "../generated/version.json" with { type: "json" };
import { FirebreakError } from "../model/error.ts";
import type { Report } from "../model/report.ts";
import { parseTime } from "../model/time.ts";
import { FORMATS, type FormatName } from "../report/index.ts";
import { folderOf, readSources, readState } from "../sources/index.ts";
import type { Invocation } from "./arguments.ts";
import { baseOf } from "./base.ts";
import { authorshipFor } from "./evidence.ts";
import { exitCodeOf } from "./exit-code.ts";
import { liveOption } from "./live-option.ts";
import { parseFormats, tell, writeReport } from "./outputs.ts";
import { policyFor } from "./policy.ts";
import { progressFor } from "./progress.ts";
import { renderOptions } from "./render-options.ts";
import { signingFor } from "./signing.ts";
import { earlierOption, sourceOption } from "./source-option.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError on anything that leaves nothing to report on */
export async function runCheck(invocation: Invocation, world: World): Promise<number> {
  const outputs = parseFormats(invocation.values.list("format"), FORMATS, "pretty");
  const options = renderOptions(invocation.values, world);
  const report = await judged(invocation, world);
  await writeReport(report, outputs, options, world);
  tell(report, world);
  return exitCodeOf(report.verdict);
}

/** `firebreak graph`: the same analysis as a picture. It shows, and judges nothing: exit 0 unless the input is undecided. */
export async function runGraph(invocation: Invocation, world: World): Promise<number> {
  const outputs = parseFormats(invocation.values.list("format"), PICTURES, "mermaid");
  const options = renderOptions(invocation.values, world);
  const report = await judged(invocation, world);
  // A picture in a file is looked at there.
  const pictures = outputs.length > 1 ? outputs.filter(({ file }) => file !== undefined) : outputs;
  await writeReport(report, pictures, options, world);
  tell(report, world);
  return exitCodeOf(report.verdict === "undecided" ? "undecided" : "pass");
}

const PICTURES: readonly FormatName[] = ["mermaid", "dot", "html"];

/** `firebreak verify`: the same right before apply, with the signers whom the base names. */
export async function runVerify(invocation: Invocation, world: World): Promise<number> {
  if ((await baseOf(invocation.values, world)) === undefined) {
    throw new FirebreakError("bad-usage", "verify judges by what the base says, and nobody names a base", {
      hint: "Give it the revision from before the change: --base REF",
    });
  }
  return runCheck(invocation, world);
}

/** @throws FirebreakError when there is nothing to judge */
export async function judged(invocation: Invocation, world: World): Promise<Report> {
  return (await judgedWithReasons(invocation, world)).report;
}

/** The report and the judgement behind it. @throws FirebreakError when there is nothing to judge */
export async function judgedWithReasons(
  { command, inputs, values }: Invocation,
  world: World,
): ReturnType<typeof judgeInputs> {
  if (inputs.length === 0) throw await (await import("./no-input.ts")).noInput(command, world);
  const state = values.text("state");
  const asOf = timeOf(values.text("now"), world);
  const { policy, revision } = await policyFor(values, world);
  const progress = progressFor(values, world);
  try {
    return await judgeInputs(readSources(inputs, world.stdin, liveOption(values, world, progress), progress), {
      policy,
      progress,
      revision,
      signing: await signingFor(values, world, policy, asOf),
      authorship: await authorshipFor(values, world),
      state: state === undefined ? undefined : await readState(state),
      ...sourceOption(values, world),
      ...(await earlierOption(values, world)),
      environment: values.text("environment"),
      workspace: values.text("workspace") ?? world.env["TF_WORKSPACE"],
      folderOf: (input) => folderOf(input, world.cwd),
      asOf,
      version,
      maxAffected: countOf(values.text("max-affected")),
    });
  } finally {
    progress?.end();
  }
}

/** RFC 3339 in UTC, to the second. */
export function timeOf(text: string | undefined, world: World): string {
  const time = text === undefined ? world.now().getTime() : parseTime(text);
  if (time === undefined) {
    throw new FirebreakError("bad-usage", `--now ${JSON.stringify(text)} is no time`, {
      hint: "Use RFC 3339: --now 2026-01-31T12:00:00Z",
    });
  }
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

const DEFAULT_MAX_AFFECTED = 1000;

function countOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_MAX_AFFECTED;
  if (!/^\d{1,9}$/.test(text)) {
    throw new FirebreakError("bad-usage", `--max-affected ${JSON.stringify(text)} is no number`, {
      hint: "Use a whole number from 0 on.",
    });
  }
  return Number(text);
}
