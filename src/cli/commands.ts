/** Commands and their options as data: what is parsed, what help prints, what "did you mean" knows. */

import { CHECK } from "./check-options.ts";
import type { Command } from "./command.ts";
import { COMPLETION, INIT, TUNE } from "./commands-to-set-up.ts";
import { COMMON, ENDPOINT, FORMAT, JUDGING, REPORT_WORDS, SHOWING, SOURCE } from "./options.ts";

/** The explorer has a face of its own: what is judged is the same, how it is shown is not. */
const { format: _format, host: _host, ...EXPLORING } = JUDGING;

export const COMMANDS = {
  check: CHECK,
  comment: {
    summary: "Check, then write or update the one comment on the pull request, and set its status.",
    usage: "firebreak comment [options] <input...>, firebreak comment [options] --from <report.json>",
    operands: "files",
    options: {
      from: {
        type: "string",
        multiple: true,
        value: "FILE",
        help: "A report that `check --format json=FILE` wrote, in place of plans; several become one verdict. Repeatable.",
      },
      "pull-request": {
        type: "string",
        value: "URL|NUMBER",
        help: "The pull or merge request. Default: the one that CI runs for.",
      },
      name: {
        type: "string",
        value: "NAME",
        help: "Of the comment and of the status: one of each for each name. Default: firebreak.",
      },
      "no-status": { type: "boolean", help: "The comment alone: no check run, no commit status." },
      ...JUDGING,
    },
    examples: [
      ["firebreak comment tfplan", "in CI, with the host's token in the environment"],
      ["firebreak comment --from net.json --from app.json", "the jobs of a matrix in one comment"],
      ["firebreak comment tfplan --name staging", "a comment and a status of their own"],
      ["firebreak comment --from report.json --pull-request 12", "from a second job, which has the rights to write"],
    ],
  },
  author: {
    summary: "Say who wrote the change, and the evidence.",
    usage: "firebreak author [options]",
    operands: "none",
    options: {
      base: {
        type: "string",
        value: "REF",
        help: "The commits since this revision are the change. Default: what CI names, else the main branch.",
      },
      evidence: {
        type: "string",
        value: "FILE",
        help: "What a host collected, as JSON; then nothing else is looked at.",
      },
      format: { type: "string", short: "f", value: "F", choices: REPORT_WORDS, help: "pretty (default) or json." },
      color: { type: "boolean", help: "Colour, whatever the output is." },
      "no-color": { type: "boolean", help: "No colour." },
      quiet: { type: "boolean", short: "q", help: "The judgement alone." },
      verbose: { type: "boolean", short: "v", help: "All evidence." },
      ...COMMON,
    },
    examples: [
      ["firebreak author --base main", "the commits that main does not have, and the environment"],
      ["firebreak author --evidence evidence.json -f json", "what a host collected"],
    ],
  },
  explain: {
    summary: "Say why an address is in the blast radius, path by path.",
    usage: "firebreak explain [options] <input> <address>",
    operands: "files",
    options: {
      state: { type: "string", value: "FILE", help: "The state from before the plan; a saved plan brings it along." },
      source: SOURCE,
      "endpoint-url": ENDPOINT,
      format: { type: "string", short: "f", value: "F", choices: REPORT_WORDS, help: "pretty (default) or json." },
      color: { type: "boolean", help: "Colour, whatever the output is." },
      "no-color": { type: "boolean", help: "No colour." },
      ...COMMON,
    },
    examples: [
      [
        "firebreak explain plan.json 'module.app.aws_ecs_service.api'",
        "which ending objects it depends on, and how we know",
      ],
    ],
  },
  explore: {
    summary: "Walk through what ends and what depends on it, in the terminal.",
    usage: "firebreak explore [options] <input...>",
    operands: "files",
    about: [
      ["?", "in the explorer: all keys"],
      ["/ g s", "filter, group, sort"],
      ["Enter Backspace", "follow what depends on it, and back"],
      ["y m", "copy the address; show the moved block that would keep the object"],
    ],
    options: EXPLORING,
    examples: [
      ["firebreak explore tfplan", "the changes, the worst first; ? says which keys there are"],
      ["terraform show -json tfplan | firebreak explore -", "from standard input"],
      ["firebreak explore plan.json --source envs/prod", "with the lines of the source"],
    ],
  },
  graph: {
    summary: "Draw the blast radius as a Mermaid or DOT graph, or as a page to click through.",
    usage: "firebreak graph [options] <input...>",
    operands: "files",
    options: {
      format: {
        type: "string",
        short: "f",
        value: "F[=FILE]",
        choices: ["mermaid", "dot", "html"],
        help: "mermaid (default), dot or html; with =FILE into a file.",
      },
      state: { type: "string", value: "FILE", help: "The state from before the plan; a saved plan brings it along." },
      source: SOURCE,
      "endpoint-url": ENDPOINT,
      verbose: { type: "boolean", short: "v", help: "Up to 400 objects instead of about 40." },
      ...COMMON,
    },
    examples: [
      ["firebreak graph tfplan > radius.mmd", "for a pull request, or any Markdown that draws Mermaid"],
      ["firebreak graph plan.json --format dot | dot -Tsvg -o radius.svg", "with Graphviz"],
      ["firebreak graph tfplan --format html=radius.html", "to zoom into, and to follow every path"],
    ],
  },
  init: INIT,
  report: {
    summary: "Show a saved report in any format, or make one verdict of many.",
    usage: "firebreak report [options] --from <report.json>, firebreak report [options] --merge <report.json...>",
    operands: "files",
    options: {
      from: {
        type: "string",
        multiple: true,
        value: "FILE",
        help: "A report that `check --format json=FILE` wrote; - for standard input.",
      },
      merge: { type: "boolean", help: "One verdict: the worst wins, and limits hold over all plans together." },
      format: FORMAT,
      ...SHOWING,
      ...COMMON,
    },
    examples: [
      ["firebreak report --from report.json --format markdown=comment.md", "a comment for the pull request"],
      ["firebreak report --merge a.json b.json --format sarif=all.sarif", "the jobs of a matrix speak with one voice"],
    ],
  },
  approve: {
    summary: "Sign for what a plan ends, with an SSH key.",
    usage: "firebreak approve [options] <input>",
    operands: "files",
    options: {
      key: {
        type: "string",
        value: "FILE",
        help: "Private key, or a public one that ssh-agent holds. Default: the first of ~/.ssh.",
      },
      as: {
        type: "string",
        value: "NAME",
        help: "Your name in the list of allowed signers. Default: what it says of the key.",
      },
      valid: { type: "string", value: "TIME", help: "How long it counts: 90m, 24h (default), 7d." },
      out: {
        type: "string",
        value: "FILE",
        help: "Where the sign-off goes. Default: a name made of fingerprint and signer.",
      },
      config: JUDGING.config,
      ruleset: JUDGING.ruleset,
      base: { ...JUDGING.base, help: "The revision that says who may sign. Default: HEAD." },
      state: JUDGING.state,
      source: JUDGING.source,
      environment: JUDGING.environment,
      workspace: JUDGING.workspace,
      now: { ...JUDGING.now, help: "The time of signing, RFC 3339. Default: the clock." },
      color: JUDGING.color,
      "no-color": JUDGING["no-color"],
      ...COMMON,
    },
    examples: [
      ["firebreak approve tfplan", "sign for exactly what this saved plan ends"],
      ["firebreak approve plan.json --environment production --valid 4h", "where the plan goes, and for how long"],
    ],
  },
  verify: {
    summary: "Judge a plan again right before apply, by the signers whom the base names.",
    usage: "firebreak verify [options] <input...>",
    operands: "files",
    options: {
      report: {
        type: "string",
        value: "FILE",
        help: "The report that was reviewed: whatever ends beyond it fails. It lifts nothing.",
      },
      ...JUDGING,
    },
    examples: [
      ["firebreak verify tfplan --base origin/main --approvals sign-offs/", "with the sign-offs that people gave"],
      ["firebreak verify tfplan --base origin/main --report report.json", "and nothing that was not reviewed"],
    ],
  },
  rules: {
    summary: "Print the policy in force and where each value comes from, or test it.",
    usage: "firebreak rules [list | show RULE | test [DIR|FILE...]] [options]",
    operands: ["list", "show", "test"],
    options: {
      config: JUDGING.config,
      ruleset: JUDGING.ruleset,
      base: { type: "string", value: "REF", help: "Read the policy from this revision. Default: what CI names." },
      format: { type: "string", short: "f", value: "F", choices: REPORT_WORDS, help: "pretty (default) or json." },
      color: JUDGING.color,
      "no-color": JUDGING["no-color"],
      ...COMMON,
    },
    examples: [
      ["firebreak rules", "every value, with the file and line that set it"],
      ["firebreak rules show environment-recreated", "what one rule finds, and how it counts"],
      ["firebreak rules test", "the cases in *.test.yaml below this folder; exit 1 when one comes out otherwise"],
    ],
  },
  schema: {
    summary: "Print the JSON Schema of the config, of the report, or of cases for rules test.",
    usage: "firebreak schema [config|report|cases]",
    operands: ["config", "report", "cases"],
    options: COMMON,
    examples: [["firebreak schema report > report.schema.json", "to check reports against"]],
  },
  tune: TUNE,
  completion: COMPLETION,
} as const satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
