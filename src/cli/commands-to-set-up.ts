/** Commands with which a repository is guarded, and its limits are found; beside `commands.ts`, which lists them all. */

import type { Command } from "./command.ts";
import { COMMON } from "./options.ts";

export const INIT = {
  summary: "Print what has to be set up elsewhere.",
  usage: "firebreak init --aws-policy",
  operands: "none",
  options: {
    "aws-policy": {
      type: "boolean",
      help: "The IAM policy for cfn:// inputs: read-only, and no more than they need.",
    },
    ...COMMON,
  },
  examples: [["firebreak init --aws-policy > firebreak-policy.json", "for aws iam create-policy"]],
} as const satisfies Command;

export const COMPLETION = {
  summary: "Print completion for bash, zsh or fish.",
  usage: "firebreak completion <bash|zsh|fish>",
  operands: ["bash", "zsh", "fish"],
  about: [
    ["bash", 'add to ~/.bashrc: eval "$(firebreak completion bash)"'],
    ["zsh", "add to ~/.zshrc, behind compinit: source <(firebreak completion zsh)"],
    ["fish", "run once: firebreak completion fish > ~/.config/fish/completions/firebreak.fish"],
  ],
  options: COMMON,
  examples: [
    ['eval "$(firebreak completion bash)"', "commands, options, formats and rules, in this shell"],
    ["firebreak completion fish > ~/.config/fish/completions/firebreak.fish", "for every fish from now on"],
  ],
} as const satisfies Command;
