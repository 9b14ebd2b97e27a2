/** Which formats go where, and writing them. */

import { FirebreakError } from "../model/error.ts";
import { printable } from "../model/printable.ts";
import type { Report } from "../model/report.ts";
import { type FormatName, isFormat, type RenderOptions, render } from "../report/index.ts";
import { explain } from "./stderr.ts";
import type { World } from "./world.ts";

export interface OutputFormat {
  readonly format: FormatName;
  /** Absent: standard output. */
  readonly file?: string;
}

/**
 * What `--format` asks for, `usual` on standard output when it asks for files alone.
 * @throws FirebreakError `bad-usage`
 */
export function parseFormats(
  given: readonly string[],
  allowed: readonly FormatName[],
  usual: FormatName,
): OutputFormat[] {
  const outputs = given.map((text): OutputFormat => {
    const [format = "", ...rest] = text.split("=");
    if (!isFormat(format) || !allowed.includes(format)) {
      throw new FirebreakError("bad-usage", `unknown format ${JSON.stringify(format)}`, {
        hint: `Known: ${allowed.join(", ")}.`,
      });
    }
    if (rest.length > 0 && rest.join("=") === "")
      throw new FirebreakError("bad-usage", `--format ${text} names no file`);
    return rest.length === 0 ? { format } : { format, file: rest.join("=") };
  });
  const files = outputs.map(({ file }) => file).filter((file) => file !== undefined);
  if (new Set(files).size < files.length) {
    throw new FirebreakError("bad-usage", "two formats would go to one file", {
      hint: "Give each format a file of its own.",
    });
  }
  const onStdout = outputs.filter(({ file }) => file === undefined);
  if (onStdout.length > 1) {
    throw new FirebreakError("bad-usage", "only one format can go to standard output", {
      hint: "Give the others a file: --format json=report.json",
    });
  }
  // A file is for later; whoever runs the command still wants to see the verdict.
  return onStdout.length === 0 ? [{ format: usual }, ...outputs] : outputs;
}

/** Renders everything before the first byte is written, so that nothing is left half-written. */
export async function writeReport(
  report: Report,
  outputs: readonly OutputFormat[],
  options: RenderOptions,
  world: World,
): Promise<void> {
  const texts: { readonly file: string | undefined; readonly text: string }[] = [];
  for (const { format, file } of outputs) {
    const text = await render(
      report,
      format,
      file === undefined ? options : { ...options, color: false, width: undefined },
    );
    texts.push({ file, text });
  }
  // Files first: when one cannot be written there is no verdict, so none may have been shown.
  for (const { file, text } of texts) if (file !== undefined) world.writeFile(file, text);
  for (const { file, text } of texts) if (file === undefined) world.stdout.write(text);
}

/** What a person has to know whatever the format is. */
export function tell(report: Report, world: World): void {
  for (const { message, hint } of report.errors) explain(world, message, hint);
  for (const { message } of report.skipped) world.stderr.write(`skipped ${printable(message)}\n`);
}
