/** Help from the option tables. */

import { COMMANDS, type Command, type CommandName } from "./commands.ts";

const EXIT_CODES = `Exit codes:
  0  pass
  1  fail: more destruction than the policy allows
  2  undecided: bad usage, unreadable input, or a plan that cannot be judged
  3  review: signatures are missing`;

export function generalHelp(): string {
  const rows = Object.entries(COMMANDS).map(([name, { summary }]) => [`firebreak ${name}`, summary] as const);
  return `firebreak judges what a Terraform or OpenTofu plan, or a CloudFormation change set, destroys before it is applied.

Commands:
${columns(rows)}

firebreak COMMAND --help says more. firebreak --version prints the version.

${EXIT_CODES}
`;
}

export function commandHelp(name: CommandName): string {
  const { summary, usage, options, examples } = COMMANDS[name] as Command;
  const rows = Object.entries(options).map(([option, { short, value, help }]) => {
    const letter = short === undefined ? "    " : `-${short}, `;
    return [`${letter}--${option}${value === undefined ? "" : ` ${value}`}`, help] as const;
  });
  const judges = name === "check" || name === "report" || name === "verify";
  const codes = judges ? `\n${EXIT_CODES}\n` : "";
  return `${summary}

Usage: ${usage}

Options:
${columns(rows)}

Examples:
${columns(examples)}
${codes}`;
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}
