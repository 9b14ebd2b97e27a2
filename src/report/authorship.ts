/** `firebreak author` as text: the judgement, then the evidence, a line each, the strongest first. */

import type { Authorship, Signal } from "../model/authorship.ts";
import { Page } from "./pretty/page.ts";
import type { RenderOptions } from "./render-options.ts";
import { commitAndWriter, formatAuthor, formatCount, formatPercent, gapsIn } from "./wording/index.ts";

/** So many lines are read. */
const MOST_LINES = 12;

export function renderAuthorship(authorship: Authorship, options: RenderOptions): string {
  const page = new Page(options);
  const { kind, grade, confidence, signals, operators } = authorship;
  const sure = kind === "unknown" ? "nothing says who" : `${grade}, ${formatPercent(confidence)} sure`;
  const told = signals.filter(({ source }) => source !== "repository");
  const parts = [
    evidence(told, page),
    people(operators, page),
    removed(authorship, page),
    gaps(authorship, page),
    advice(authorship, page),
  ];
  const shown =
    options.verbosity === "quiet" ? [] : parts.filter((part) => part.length > 0).flatMap((part) => ["", ...part]);
  return `${[...page.block("", `${formatAuthor(authorship)} · ${sure}`, page.paint.bold), ...shown].join("\n")}\n`;
}

function evidence(signals: readonly Signal[], page: Page): string[] {
  if (signals.length === 0) return [];
  const lines = page.verbose ? signals : signals.slice(0, MOST_LINES);
  const hidden = signals.length - lines.length;
  const column = Math.max(...lines.map(({ source }) => source.length));
  return [
    page.title("Evidence"),
    ...lines.flatMap((signal) => page.row("  · ", signal.source, column, describe(signal), page.paint.grey)),
    ...(hidden > 0 ? page.block("    ", `... ${formatCount(hidden)} more with --verbose`, page.paint.grey) : []),
  ];
}

function describe({ evidence: seen, agent, pointsTo, strength, basis, weight }: Signal): string {
  const who = agent === undefined ? pointsTo : agent;
  const known = [strength, basis].filter((word) => word !== undefined).join(", ");
  const counts = weight === 0 ? ", counts for nothing" : "";
  return `${seen === undefined ? "" : `${seen}: `}${who}${known === "" ? "" : ` (${known})`}${counts}`;
}

function people(operators: readonly string[], page: Page): string[] {
  if (operators.length === 0) return [];
  return [page.title("Under whose rights"), ...operators.flatMap((operator) => page.block("  · ", operator))];
}

/** What it takes out of the source, the newest first. */
function removed({ removedBlocks = [] }: Authorship, page: Page): string[] {
  if (removedBlocks.length === 0) return [];
  const lines = page.verbose ? removedBlocks : removedBlocks.slice(0, MOST_LINES);
  const hidden = removedBlocks.length - lines.length;
  const column = Math.max(...lines.map(({ block }) => block.length));
  return [
    page.title("Blocks that it removes"),
    ...lines.flatMap((one) =>
      page.row("  · ", one.block, column, `from ${one.file}:${one.line} by ${commitAndWriter(one)}`, page.paint.grey),
    ),
    ...(hidden > 0 ? page.block("    ", `... ${formatCount(hidden)} more with --verbose`, page.paint.grey) : []),
  ];
}

function gaps(authorship: Authorship, page: Page): string[] {
  const sentences = gapsIn(authorship);
  if (sentences.length === 0) return [];
  return [page.title("Not seen"), ...sentences.flatMap((gap) => page.block("  · ", `${gap}.`))];
}

function advice({ kind }: Authorship, page: Page): string[] {
  if (kind !== "unknown") return [];
  return page.block(
    "  ",
    "Silence is not a human: most agents leave no mark unless they are told to. --actor human says so, and is reported as claimed.",
  );
}
