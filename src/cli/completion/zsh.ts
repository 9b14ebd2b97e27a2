/** Completion for zsh, by its own `_arguments`. */

import { COMMAND_WORDS, type CommandWords, firstSentence, type OptionWords } from "./words.ts";

export function zshCompletion(rules: readonly string[]): string {
  return `#compdef firebreak
# zsh completion for firebreak, written by: firebreak completion zsh
_firebreak() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  _arguments -C '(- *)--help[Show help]' '(- *)--version[Print the version]' '1: :->command' '*:: :->rest'
  case $state in
    command)
      local -a commands=(
${COMMAND_WORDS.map(({ name, summary }) => `        ${quoted(`${name}:${firstSentence(summary)}`)}`).join("\n")}
        'help:Say more of a command'
      )
      _describe command commands
      ;;
    rest)
      case $words[1] in
        help) _values command ${COMMAND_WORDS.map(({ name }) => name).join(" ")} ;;
${COMMAND_WORDS.map((command) => commandCase(command, rules)).join("\n")}
      esac
      ;;
  esac
}
if [[ $funcstack[1] == _firebreak ]]; then
  _firebreak "$@"
else
  compdef _firebreak firebreak
fi
`;
}

function commandCase({ name, options, operands }: CommandWords, rules: readonly string[]): string {
  const specs = [...options.map(specOf), ...operandSpecs(name, operands, rules)].map((spec) => `            ${spec}`);
  return `        ${name})\n          _arguments -s \\\n${specs.join(" \\\n")}\n          ;;`;
}

function operandSpecs(name: string, operands: CommandWords["operands"], rules: readonly string[]): string[] {
  if (operands === "none") return [];
  if (operands === "files") return ["'*:input:_files'"];
  const first = `'1:what:(${operands.join(" ")})'`;
  return name === "rules" ? [first, `'2:rule:(${rules.join(" ")})'`] : [first];
}

/** `'(-c --config)'{-c,--config=}'[What it is]:VALUE:_files'`; any number of times, as most may be given once only by the program. */
function specOf({ name, short, help, takesValue, choices, takesPath }: OptionWords): string {
  const long = takesValue ? `--${name}=` : `--${name}`;
  const spelling = short === undefined ? long : `{-${short},${long}}`;
  const path = takesPath ? "_files" : " ";
  const action = choices.length > 0 ? `(${choices.join(" ")})` : path;
  const text = `[${help.replace(/[[\]\\:]/g, "\\$&")}]${takesValue ? `:${name}:${action}` : ""}`;
  return `'*'${spelling}${quoted(text)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
