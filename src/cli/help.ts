/** Help from the table of commands, within the width of the terminal. */

import { FirebreakError } from "../model/error.ts";
import { wrap } from "../report/layout.ts";
import { unknownCommand } from "./arguments.ts";
import type { Command } from "./command.ts";
import { COMMANDS, isCommand } from "./commands.ts";
import { exitCodeOf, UNDECIDED } from "./exit-code.ts";
import type { Option } from "./options.ts";
import type { World } from "./world.ts";

/** What exit codes mean, in the order of the numbers. */
export const EXIT_CODES: readonly (readonly [code: string, meaning: string])[] = [
  ["0", "pass"],
  ["1", "fail: more destruction than the policy allows"],
  ["2", "undecided: bad usage, unreadable input, or a plan that cannot be judged"],
  ["3", "review: signatures are missing"],
];

export const PURPOSE =
  "firebreak judges what a Terraform or OpenTofu plan, or a CloudFormation change set, destroys before it is applied.";

/**
 * For the commands that are named, or in general. Nothing at all was asked for (`undefined`): on standard error, as bad usage.
 * @throws FirebreakError `bad-usage`
 */
export function showHelp(about: readonly string[] | undefined, world: World): number {
  const width = Math.min(world.stdout.columns ?? USUAL_WIDTH, WIDEST);
  if (about === undefined) {
    world.stderr.write(generalHelp(width));
    return UNDECIDED;
  }
  const [name, ...more] = about;
  if (name !== undefined && !isCommand(name)) throw unknownCommand(name, Object.keys(COMMANDS));
  if (more.length > 0)
    throw new FirebreakError("bad-usage", "help is about one command", { hint: `firebreak help ${name}` });
  world.stdout.write(name === undefined ? generalHelp(width) : commandHelp(COMMANDS[name], width));
  return exitCodeOf("pass");
}

const MORE =
  "firebreak help COMMAND says more, with examples; man firebreak has all of it, once installed with npm install --global. firebreak --version prints the version.";

/** Where nothing says how wide it may be, as in a pipe. */
const USUAL_WIDTH = 100;
/** Longer lines are hard to read, whatever fits. */
const WIDEST = 120;

function generalHelp(width: number): string {
  const rows = Object.entries(COMMANDS).map(([name, { summary }]) => [`firebreak ${name}`, summary] as const);
  const sections = [
    wrap(PURPOSE, width).join("\n"),
    section("Commands", rows, width),
    wrap(MORE, width).join("\n"),
    section("Exit codes", EXIT_CODES, width),
  ];
  return `${sections.join("\n\n")}\n`;
}

function commandHelp({ summary, usage, about, options, examples }: Command, width: number): string {
  const judges = "approvals" in options || "merge" in options;
  const sections = [
    wrap(summary, width).join("\n"),
    `Usage: ${usage.split(", ").join("\n       ")}`,
    ...(about === undefined ? [] : [section("What stands for what", about, width)]),
    section(
      "Options",
      Object.entries(options).map(([name, option]) => [synopsisOf(name, option), option.help] as const),
      width,
    ),
    section("Examples", examples, width),
    ...(judges ? [section("Exit codes", EXIT_CODES, width)] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}

function synopsisOf(name: string, { short, value }: Option): string {
  const letter = short === undefined ? "    " : `-${short}, `;
  return `${letter}--${name}${value === undefined ? "" : ` ${value}`}`;
}

/** No column of terms is wider than this: what is said of a longer one stands below it. */
const WIDEST_TERM = 48;

function section(title: string, rows: readonly (readonly [string, string])[], width: number): string {
  const fitting = rows.map(([term]) => term.length).filter((length) => length <= WIDEST_TERM);
  // In a narrow terminal everything stands below.
  const column = width < 70 ? 0 : Math.max(0, ...fitting);
  const lines = rows.flatMap(([term, meaning]) => row(term, meaning, column, width));
  return `${title}:\n${lines.join("\n")}`;
}

function row(term: string, meaning: string, column: number, width: number): string[] {
  const beside = term.length <= column;
  const indent = " ".repeat(beside ? column + 4 : 8);
  const lines = wrap(meaning, Math.max(width - indent.length, 24)).map((line) => `${indent}${line}`);
  return beside
    ? [`  ${term.padEnd(column)}  ${(lines[0] ?? "").trimStart()}`, ...lines.slice(1)]
    : [`  ${term}`, ...lines];
}
