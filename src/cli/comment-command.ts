/** `firebreak comment`: the verdict where people look. What becomes of the comment is told, and changes no exit code. */

import { type PublishRequest, publish } from "../hosts/index.ts";
import { FirebreakError } from "../model/error.ts";
import type { Verdict } from "../model/judgement.ts";
import { printable } from "../model/printable.ts";
import type { Report } from "../model/report.ts";
import { besideChange, FORMATS, type RenderOptions, render, renderNoVerdict } from "../report/index.ts";
import type { Invocation, OptionValues } from "./arguments.ts";
import { judged } from "./check-command.ts";
import { exitCodeOf } from "./exit-code.ts";
import { parseFormats, tell, writeReport } from "./outputs.ts";
import { type Target, targetOf } from "./pull-request.ts";
import { renderOptions } from "./render-options.ts";
import { readSavedReports } from "./saved-reports.ts";
import { explain } from "./stderr.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError on anything that leaves no verdict, after the comment says so */
export async function runComment(invocation: Invocation, world: World): Promise<number> {
  const { values } = invocation;
  const outputs = parseFormats(values.list("format"), FORMATS, "pretty");
  const options = renderOptions(values, world);
  const name = nameOf(values);
  refuseBoth(invocation);
  const target = await targetOf(values, world);
  let report: Report;
  try {
    report = await reportFor(invocation, world);
    await writeReport(report, outputs, options, world);
  } catch (error) {
    // What an earlier run wrote must not go on standing there.
    await speak(target, { name, ...noVerdict(error) }, values, world);
    throw error;
  }
  tell(report, world);
  // Whose CI this is says nothing of where the comment goes.
  const words = await wordsOf(report, { ...options, host: values.has("host") ? options.host : undefined });
  await speak(target, { name, ...words }, values, world);
  return exitCodeOf(report.verdict);
}

/** Saved reports where there are any; several are one verdict, as `report --merge` makes it. */
function reportFor(invocation: Invocation, world: World): Promise<Report> {
  const saved = invocation.values.list("from");
  return saved.length > 0 ? readSavedReports(saved, saved.length > 1, world) : judged(invocation, world);
}

function refuseBoth({ inputs, values }: Invocation): void {
  if (!values.has("from") || inputs.length === 0) return;
  throw new FirebreakError("bad-usage", "--from takes saved reports in place of plans, and there are both", {
    hint: `Judge the plans first: firebreak check ${inputs.join(" ")} --format json=report.json`,
  });
}

const USUAL_NAME = "firebreak";

/** It stands in hidden text, in addresses and in lists of checks. */
function nameOf(values: OptionValues): string {
  const name = values.text("name") ?? USUAL_NAME;
  if (/^\w(?:[\w ./:-]{0,58}\w)?$/.test(name) && !name.includes("--"))
    return name === USUAL_NAME ? name : `${USUAL_NAME}: ${name}`;
  throw new FirebreakError("bad-usage", `--name ${JSON.stringify(name)} cannot be the name of a status`, {
    hint: "Use letters, digits, blanks and . / : - _, at most 60 of them.",
  });
}

type Words = Pick<PublishRequest, "verdict" | "title" | "annotations" | "render">;

async function wordsOf(report: Report, options: RenderOptions): Promise<Words> {
  return {
    verdict: report.verdict,
    ...(await besideChange(report)),
    render: (host, reserveBytes) =>
      render(report, "markdown", { ...options, host: options.host ?? host, reserveBytes }),
  };
}

function noVerdict(error: unknown): Words {
  const verdict: Verdict = "undecided";
  const [message, hint] =
    error instanceof FirebreakError
      ? [error.message, error.hint]
      : ["something went wrong inside firebreak", "The log of the run may say more."];
  return { verdict, title: `${verdict}: no verdict`, annotations: [], render: () => renderNoVerdict(message, hint) };
}

async function speak(
  target: Target | string,
  words: Words & { readonly name: string },
  values: OptionValues,
  world: World,
): Promise<void> {
  if (typeof target === "string") return explain(world, target, undefined);
  try {
    const url = renderOptions(values, world).reportUrl;
    const request = { ...target, ...words, url, withStatus: !values.has("no-status") };
    const { done, problems } = await publish(request, world.env);
    if (!values.has("quiet")) for (const line of done) world.stderr.write(`${printable(line)}\n`);
    for (const problem of problems) explain(world, problem, undefined);
  } catch (error) {
    // Whatever happens here, the verdict is the exit code.
    explain(world, "the comment failed inside firebreak; the verdict stands", undefined);
    // The message of an error may quote what was sent; where it comes from does not.
    const frames = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
    if (values.has("debug")) world.stderr.write(`${frames.map(printable).join("\n")}\n`);
  }
}
