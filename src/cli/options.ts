/** Options that commands share, as data. */

export interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for the value in help. */
  readonly value?: string;
  /** Words that the value begins with, for completion and help; there may be others. */
  readonly choices?: readonly string[];
  readonly help: string;
}

/** Formats of what is no report on plans. */
export const REPORT_WORDS: readonly string[] = ["pretty", "json"];

export const SOURCE: Option = {
  type: "string",
  value: "DIR|FILE",
  help: "The folder with the .tf files (a saved plan brings them along; default: this folder, if the plan was made from it), or the templates of a change set, e.g. cdk.out.",
};

export const ENDPOINT: Option = {
  type: "string",
  value: "URL",
  help: "Where CloudFormation answers, for cfn:// inputs. Default: AWS itself.",
};

export const COMMON: Readonly<Record<string, Option>> = {
  help: { type: "boolean", short: "h", help: "Show this help." },
  debug: { type: "boolean", help: "Show a stack trace when firebreak itself fails." },
};

export const FORMAT: Option = {
  type: "string",
  short: "f",
  multiple: true,
  value: "F[=FILE]",
  choices: ["pretty", "json", "markdown", "sarif", "junit", "github", "gitlab", "html", "mermaid", "dot"],
  help: "pretty (default), json, markdown, sarif, junit, github, gitlab, html, mermaid or dot; with =FILE into a file. Repeatable.",
};

/** How reports are shown. */
export const SHOWING = {
  host: {
    type: "string",
    value: "NAME",
    choices: ["github", "gitlab", "bitbucket", "azure"],
    help: "Where Markdown is for: github, gitlab, bitbucket or azure. Default: whose CI this is, else github.",
  },
  color: {
    type: "boolean",
    help: "Colour, whatever the output is. Default: on a terminal, unless NO_COLOR is set.",
  },
  "no-color": { type: "boolean", help: "No colour." },
  quiet: { type: "boolean", short: "q", help: "The verdict alone." },
  verbose: { type: "boolean", short: "v", help: "Every change, every dependent, every note." },
} as const satisfies Readonly<Record<string, Option>>;

export const WATCH: Option = {
  type: "boolean",
  short: "w",
  help: "Judge again whenever the plan, the state or the policy changes, until Ctrl-C.",
};

/** What the commands share that judge plans. */
export const JUDGING = {
  config: {
    type: "string",
    short: "c",
    value: "FILE",
    help: "Policy file. Default: firebreak.yaml, .yml or .json, here or in a parent folder.",
  },
  ruleset: {
    type: "string",
    multiple: true,
    value: "NAME|FILE",
    choices: ["recommended", "strict", "observe"],
    help: "recommended, strict, observe, or a file; on top of the config. Repeatable.",
  },
  actor: {
    type: "string",
    value: "KIND[:ID]",
    choices: ["agent", "human", "bot", "unknown"],
    help: "Who wrote the change: agent, human, bot or unknown, e.g. agent:claude-code. Evidence of an agent weighs more.",
  },
  evidence: {
    type: "string",
    value: "FILE",
    help: "What a host collected on the author, as JSON; in place of the commits.",
  },
  base: {
    type: "string",
    value: "REF",
    help: "Where the change branched off: the policy is read from there, and its commits say who wrote it. Default: what the CI of a pull request names.",
  },
  approvals: {
    type: "string",
    multiple: true,
    value: "FILE",
    help: "Sign-offs that `firebreak approve` wrote: files, or a folder of *.signoff. Repeatable.",
  },
  state: {
    type: "string",
    value: "FILE",
    help: "The state from before the plan; a saved plan brings it along. Finds dependencies that the change cuts.",
  },
  source: SOURCE,
  "endpoint-url": ENDPOINT,
  environment: { type: "string", value: "NAME", help: "Where the plan goes, when the config cannot tell." },
  workspace: { type: "string", value: "NAME", help: "The workspace that the plan is for." },
  format: FORMAT,
  "max-affected": { type: "string", value: "N", help: "Dependents listed for one ending object. Default: 1000." },
  now: { type: "string", value: "TIME", help: "The time to judge at, RFC 3339. Default: the clock." },
  ...SHOWING,
  ...COMMON,
} as const satisfies Readonly<Record<string, Option>>;
