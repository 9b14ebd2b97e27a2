/** Completion for bash, from 3.2 on, which is what macOS has. Needs no other package. */

import { COMMAND_WORDS, type CommandWords, type OptionWords } from "./words.ts";

export function bashCompletion(rules: readonly string[]): string {
  const names = COMMAND_WORDS.map(({ name }) => name);
  return `# bash completion for firebreak, written by: firebreak completion bash
_firebreak() {
  local word=\${COMP_WORDS[COMP_CWORD]} option=\${COMP_WORDS[COMP_CWORD-1]} command="" words="" i
  COMPREPLY=()
  # bash takes --format=json apart into three words.
  if [[ $word == "=" ]]; then
    word=""
  elif [[ $option == "=" ]]; then
    option=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} != -* ]]; then
      command=\${COMP_WORDS[i]}
      break
    fi
  done
  if [[ -z $command || $command == help ]]; then
    words="${[...names, "help"].join(" ")} --help --version"
  else
    case "$command $option" in
${COMMAND_WORDS.flatMap(valueCases).join("\n")}
      "rules show") words="${rules.join(" ")}" ;;
${COMMAND_WORDS.flatMap(operandCases).join("\n")}
      *)
        case "$command" in
${COMMAND_WORDS.map(optionCase).join("\n")}
        esac
        # Without a dash a path is meant, or a word that stands above.
        [[ $word == -* ]] || words=""
        ;;
    esac
  fi
  # Nothing here means that bash offers paths.
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  fi
}
complete -o bashdefault -o default -F _firebreak firebreak
`;
}

function valueCases({ name, options }: CommandWords): string[] {
  return options
    .filter(({ choices }) => choices.length > 0)
    .map((option) => `      ${spellings(name, option)}) words="${option.choices.join(" ")}" ;;`);
}

function operandCases({ name, operands }: CommandWords): string[] {
  // The word before is the command itself.
  if (typeof operands === "string") return [];
  return [`      "${name} ${name}") words="${operands.join(" ")}" ;;`];
}

function spellings(command: string, { name, short }: OptionWords): string {
  const all = [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];
  return all.map((spelling) => `"${command} ${spelling}"`).join(" | ");
}

function optionCase({ name, options }: CommandWords): string {
  return `          ${name}) words="${options.map((option) => `--${option.name}`).join(" ")}" ;;`;
}
