/** Completion for fish: a line for each thing that can stand somewhere. */

import { COMMAND_WORDS, type CommandWords, firstSentence, type OptionWords } from "./words.ts";

export function fishCompletion(rules: readonly string[]): string {
  const lines = COMMAND_WORDS.flatMap(({ name, summary }) => [
    `complete -c firebreak -n __fish_use_subcommand -a ${name} -d ${quoted(firstSentence(summary))}`,
    `complete -c firebreak -n '__fish_seen_subcommand_from help' -a ${name}`,
  ]);
  return `# fish completion for firebreak, written by: firebreak completion fish
complete -c firebreak -f
complete -c firebreak -n __fish_use_subcommand -l help -s h -d 'Show help'
complete -c firebreak -n __fish_use_subcommand -l version -s V -d 'Print the version'
complete -c firebreak -n __fish_use_subcommand -a help -d 'Say more of a command'
${lines.join("\n")}
${COMMAND_WORDS.flatMap(linesOf).join("\n")}
complete -c firebreak -n '__fish_seen_subcommand_from rules; and __fish_seen_subcommand_from show' -a ${quoted(rules.join(" "))}
`;
}

function linesOf({ name, options, operands }: CommandWords): string[] {
  const within = `complete -c firebreak -n '__fish_seen_subcommand_from ${name}'`;
  return [...options.map((option) => `${within} ${optionFlags(option)}`), ...operandLines(within, operands)];
}

function operandLines(within: string, operands: CommandWords["operands"]): string[] {
  if (operands === "none") return [];
  if (operands === "files") return [`${within} -F`];
  const none = `not __fish_seen_subcommand_from ${operands.join(" ")}`;
  return [`${within.slice(0, -1)}; and ${none}' -a ${quoted(operands.join(" "))}`];
}

function optionFlags({ name, short, help, takesValue, choices, takesPath }: OptionWords): string {
  const letter = short === undefined ? "" : ` -s ${short}`;
  const words = choices.length === 0 ? "" : ` -a ${quoted(choices.join(" "))}`;
  const value = takesValue ? ` -r${takesPath ? " -F" : " -f"}${words}` : "";
  return `-l ${name}${letter}${value} -d ${quoted(help)}`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
