/** Commands with which a repository is guarded, and its limits are found; beside `commands.ts`, which lists them all. */

import type { Command } from "./command.ts";
import { COMMON, JUDGING, REPORT_WORDS } from "./options.ts";

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

export const TUNE = {
  summary: "Judge a folder of past plans, and find the limits that fit them.",
  usage: "firebreak tune [options] <folder...>",
  operands: "files",
  about: [
    ["what it shows", "which plans would have been stopped and why, and for each limit how many plans are within it"],
    [
      "what it is for",
      "choosing limits that let everyday work pass; each plan is judged by itself, the exit code is 0",
    ],
  ],
  options: {
    pass: { type: "string", value: "PERCENT", help: "How many of the plans should pass. Default: 95." },
    config: JUDGING.config,
    ruleset: JUDGING.ruleset,
    actor: { ...JUDGING.actor, help: "As whose work the plans are judged: agent, human, bot or unknown (default)." },
    environment: JUDGING.environment,
    workspace: JUDGING.workspace,
    format: { type: "string", short: "f", value: "F", choices: REPORT_WORDS, help: "pretty (default) or json." },
    now: JUDGING.now,
    color: JUDGING.color,
    "no-color": JUDGING["no-color"],
    quiet: { type: "boolean", short: "q", help: "The limits alone, without the plans." },
    verbose: {
      type: "boolean",
      short: "v",
      help: "Every plan that was stopped, and every one that could not be judged.",
    },
    ...COMMON,
  },
  examples: [
    ["firebreak tune plans/", "as the work of nobody known, which an agent's limits hold for"],
    ["firebreak tune plans/ --actor human --pass 99", "what people's limits would have to be"],
    ["firebreak tune plans/ --ruleset strict --format json", "another policy, for a program"],
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
