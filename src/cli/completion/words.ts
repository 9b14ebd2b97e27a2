/** What there is to complete, read from the table of commands. Shells differ only in how it is said. */

import type { Command } from "../command.ts";
import { COMMANDS } from "../commands.ts";

export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionWords[];
  /** Paths, nothing, or one of these words first. */
  readonly operands: Command["operands"];
}

export interface OptionWords {
  readonly name: string;
  readonly short?: string | undefined;
  /** Its first sentence. */
  readonly help: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
  /** The value is a path, or may be one. */
  readonly takesPath: boolean;
}

export const COMMAND_WORDS: readonly CommandWords[] = Object.entries(COMMANDS).map(([name, command]) => {
  const { summary, options, operands } = command as Command;
  return {
    name,
    summary,
    operands,
    options: Object.entries(options).map(([option, { short, help, type, value, choices = [] }]) => ({
      name: option,
      short,
      help: firstSentence(help),
      takesValue: type === "string",
      choices,
      takesPath: value !== undefined && /^(DIR|FILE|NAME\|FILE)/.test(value),
    })),
  };
});

/** Without the full stop. Shells show it in half a line. */
export function firstSentence(text: string): string {
  return (/^.*?(?=\.(\s|$)|[;:] |$)/.exec(text)?.[0] ?? text).trim();
}
