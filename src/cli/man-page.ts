/** The manual page, from the table of commands: roff with the macros of man(7). The build writes it; no run does. */

import type { Command } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { EXIT_CODES, PURPOSE } from "./help.ts";

const FILES: readonly (readonly [string, string])[] = [
  [
    "firebreak.yaml",
    "The policy, here or in a parent folder up to the root of the repository; also firebreak.yml and firebreak.json. With a base it is read from that revision.",
  ],
  [".firebreak/allowed_signers", "Whose keys may sign, as git and ssh-keygen know it; read from the base."],
];

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ["NO_COLOR", "When set, nothing is coloured."],
  ["TF_WORKSPACE", "The workspace that plans are for, unless --workspace says so."],
  [
    "GITHUB_BASE_REF, CI_MERGE_REQUEST_DIFF_BASE_SHA and their like",
    "The base of a pull request, unless --base says so.",
  ],
];

export function manPage(version: string): string {
  const names = Object.keys(COMMANDS);
  const lines = [
    `.TH FIREBREAK 1 "" "firebreak ${version}" "User Commands"`,
    ...section("NAME", ["firebreak \\- a linter for infrastructure changes"]),
    ...section("SYNOPSIS", [
      ".B firebreak",
      ".I command",
      "[options] [inputs]",
      ".br",
      ".B firebreak help",
      "[\\fIcommand\\fR]",
    ]),
    ...section("DESCRIPTION", [
      escaped(PURPOSE),
      ".PP",
      escaped(
        `Commands: ${names.join(", ")}. The network is reached only for cfn:// inputs and where a command says so.`,
      ),
    ]),
    ...section(
      "COMMANDS",
      Object.entries(COMMANDS).flatMap(([name, command]) => commandLines(name, command)),
    ),
    ...section("EXIT STATUS", terms(EXIT_CODES)),
    ...section("FILES", terms(FILES)),
    ...section("ENVIRONMENT", terms(ENVIRONMENT)),
    ...section("SEE ALSO", [".BR terraform (1),", ".BR git (1),", ".BR ssh\\-keygen (1)"]),
  ];
  return `${lines.join("\n")}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return [`.SH ${title.includes(" ") ? `"${title}"` : title}`, ...lines];
}

function commandLines(name: string, { summary, usage, about = [], options, examples }: Command): string[] {
  const rows = Object.entries(options).map(([option, { short, value, help }]) => {
    const letter = short === undefined ? "" : `-${short}, `;
    return [`${letter}--${option}${value === undefined ? "" : ` ${value}`}`, help] as const;
  });
  return [
    `.SS ${escaped(name)}`,
    escaped(summary),
    ".PP",
    ...usage.split(", ").flatMap((line, place) => [...(place > 0 ? [".br"] : []), `.B ${escaped(line)}`]),
    ...terms(about),
    ...terms(rows),
    ".PP",
    "Examples:",
    ...examples.flatMap(([command, what]) => [
      ".PP",
      ".RS",
      ".nf",
      escaped(command),
      ".fi",
      ".RE",
      ".RS",
      escaped(what),
      ".RE",
    ]),
  ];
}

function terms(rows: readonly (readonly [term: string, meaning: string])[]): string[] {
  return rows.flatMap(([term, meaning]) => [".TP", `.B ${escaped(term)}`, escaped(meaning)]);
}

/** Text as roff prints it: no sign is a command, and dashes stay what a shell takes. */
function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("`", "\\(ga")
    .replaceAll("'", "\\(aq")
    .replaceAll('"', "\\(dq")
    .replace(/^\./, "\\&.");
}
