/** Arguments to a command with its options: nothing unknown, nothing twice, nothing without its value. */

import { parseArgs } from "node:util";
import { FirebreakError } from "../model/error.ts";
import { nearestWord } from "../policy/config/nearest-word.ts";
import { CHECK } from "./check-options.ts";
import type { Command } from "./command.ts";
import type { CommandName } from "./commands.ts";
import type { Option } from "./options.ts";

export interface Invocation {
  readonly command: CommandName;
  readonly inputs: readonly string[];
  /** Options as given; repeatable ones as a list. */
  readonly values: OptionValues;
}

export class OptionValues {
  private readonly given: ReadonlyMap<string, readonly string[]>;

  constructor(given: ReadonlyMap<string, readonly string[]>) {
    this.given = given;
  }

  has(name: string): boolean {
    return this.given.has(name);
  }

  text(name: string): string | undefined {
    return this.given.get(name)?.at(-1);
  }

  list(name: string): readonly string[] {
    return this.given.get(name) ?? [];
  }
}

/** @throws FirebreakError `bad-usage` */
export async function parseArguments(argv: readonly string[]): Promise<Invocation> {
  const [first = "", ...rest] = argv;
  const { name, command } = await commandNamed(first);
  const { options } = command;
  const { tokens } = parseArgs({
    args: rest,
    options: parserOptions(options),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const inputs: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") inputs.push(token.value);
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) throw unknownOption(token.rawName, Object.keys(options), name);
    const before = given.get(token.name) ?? [];
    if (before.length > 0 && option.type === "string" && !option.multiple)
      throw usage(`${token.rawName} is given twice`, name);
    // `--environment --quiet` has forgotten a value: what looks like an option is none, unless it is given with `=`.
    const isOption = token.inlineValue !== true && token.value !== undefined && /^-./.test(token.value);
    const value = isOption ? undefined : token.value;
    given.set(token.name, [...before, valueGiven(token.rawName, value, option, name)]);
  }
  return { command: name, inputs, values: new OptionValues(given) };
}

async function commandNamed(name: string): Promise<{ readonly name: CommandName; readonly command: Command }> {
  if (name === "check") return { name, command: CHECK };
  const { COMMANDS, isCommand } = await import("./commands.ts");
  if (!isCommand(name)) throw unknownCommand(name, Object.keys(COMMANDS));
  return { name, command: COMMANDS[name] };
}

function parserOptions(
  options: Readonly<Record<string, Option>>,
): Record<string, { type: "string" | "boolean"; short?: string }> {
  return Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [name, { type, ...(short !== undefined && { short }) }]),
  );
}

function valueGiven(rawName: string, value: string | undefined, option: Option, command: CommandName): string {
  if (option.type === "string") {
    if (value === undefined || value === "")
      throw usage(`${rawName} needs a value: ${rawName} ${option.value ?? "VALUE"}`, command);
    return value;
  }
  if (value !== undefined) throw usage(`${rawName} takes no value`, command);
  return "true";
}

function unknownOption(rawName: string, known: readonly string[], command: CommandName): FirebreakError {
  const near = nearestWord(rawName.replace(/^-+/, ""), known);
  return usage(`unknown option ${rawName}.${near === undefined ? "" : ` Did you mean --${near}?`}`, command);
}

/** Of a word that stands where a command should. */
export function unknownCommand(name: string, known: readonly string[]): FirebreakError {
  if (name.startsWith("-")) {
    return new FirebreakError("bad-usage", `unknown command ${JSON.stringify(name)}: options stand behind a command`, {
      hint: `For example: firebreak check ${/^--?[\w-]+$/.test(name) ? name : "--actor human"} plan.json`,
    });
  }
  const near = nearestWord(name, known);
  if (near !== undefined) {
    return new FirebreakError("bad-usage", `unknown command ${JSON.stringify(name)}. Did you mean: firebreak ${near}?`);
  }
  return new FirebreakError("bad-usage", `unknown command ${JSON.stringify(name)}`, {
    hint: `To judge a plan, run: firebreak check ${/^[\w./-]+$/.test(name) ? name : "plan.json"}`,
  });
}

function usage(message: string, command: CommandName): FirebreakError {
  return new FirebreakError("bad-usage", message, { hint: `firebreak ${command} --help lists the options.` });
}
