/** Commands with which a repository is guarded, and its limits are found; beside `commands.ts`, which lists them all. */

import type { Command } from "./command.ts";
import { COMMON } from "./options.ts";

export const INIT = {
  summary: "Write firebreak.yaml and the pipeline for this repository.",
  usage: "firebreak init [options], firebreak init --aws-policy",
  operands: "none",
  about: [
    ["firebreak.yaml", "the policy, with the environments that folders, tags, workspaces and names of files tell of"],
    ["the pipeline", "for the CI that is found, with the plans of Terraform, OpenTofu, Terragrunt, the CDK or SAM"],
  ],
  options: {
    "dry-run": { type: "boolean", help: "Print what would be written, and write nothing." },
    yes: {
      type: "boolean",
      short: "y",
      help: "Overwrite files that are there. Default: ask; without a terminal refuse.",
    },
    ci: {
      type: "string",
      value: "NAME",
      choices: ["github", "gitlab", "bitbucket", "azure", "circleci", "jenkins", "atlantis"],
      help: "Whose CI the pipeline is for: github, gitlab, bitbucket, azure, circleci, jenkins or atlantis. Default: what is found.",
    },
    "aws-policy": {
      type: "boolean",
      help: "Print the IAM policy for cfn:// inputs, read-only and no more than they need, and write nothing.",
    },
    ...COMMON,
  },
  examples: [
    ["firebreak init", "in the repository, from any folder of it"],
    ["firebreak init --dry-run", "what it would write"],
    ["firebreak init --ci gitlab", "with a pipeline for GitLab, whatever is found"],
    ["firebreak init --aws-policy > firebreak-policy.json", "for aws iam create-policy"],
  ],
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
