/** Who is judged when the policy says `judge: lines`: commits of agents that had no hand in the end are left out, and nothing else. */

import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/index.ts";
import { committed, type Repository, repository } from "../support/repository.ts";
import { reportOf } from "../support/world.ts";

const AGENT = "x\n\nCo-authored-by: Claude <noreply@anthropic.com>";
const CLAUDE = "Claude <noreply@anthropic.com>";
const ALICE = "Alice <alice@company.example>";
const HOST = "GitHub <noreply@github.com>";
const LINES = "authorship: {judge: lines, unrelated: [web/**]}\n";

const DB = 'resource "aws_db_instance" "orders" {\n  engine = local.engine\n}\n';
const BASE = {
  "firebreak.yaml": LINES,
  "README.md": "# Orders\n",
  "stack/main.tf": `${DB}\nresource "aws_sqs_queue" "jobs" {\n  name = "jobs"\n}\n\nlocals {\n  engine = "postgres"\n  other  = 1\n}\n`,
  "stack/more.tf": 'module "net" {\n  source = "../modules/net"\n}\n',
  "modules/net/main.tf":
    'variable "cidr" {\n  default = "10.0.0.0/16"\n}\n\nresource "aws_vpc" "this" {\n  cidr_block = var.cidr\n}\n',
  "dev/main.tf": 'resource "aws_s3_bucket" "dev" {\n  bucket = "dev"\n}\n',
};
const WITHOUT_DB = BASE["stack/main.tf"].replace(`${DB}\n`, "");

type Files = Readonly<Record<string, string | undefined>>;
type Step = readonly [author: "agent" | "alice", files: Files];

interface Ends {
  readonly address: string;
  readonly actions?: readonly string[];
  readonly reason?: string | null;
}

function planOf(ends: readonly Ends[], blocks: readonly string[] = []): string {
  const entry = (address: string) => {
    const [type = "", name = ""] = address.split(".").slice(-2);
    return { address, mode: "managed", type, name, provider_name: "registry.terraform.io/hashicorp/aws" };
  };
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    complete: true,
    resource_changes: ends.map(({ address, actions = ["delete"], reason = "delete_because_no_resource_config" }) => ({
      ...entry(address),
      ...(reason !== null && actions.length === 1 && { action_reason: reason }),
      change: {
        actions,
        before: { id: address },
        after: actions.length === 1 ? null : { id: address },
        after_unknown: {},
      },
    })),
    prior_state: {
      format_version: "1.0",
      values: {
        root_module: { resources: ends.map(({ address }) => ({ ...entry(address), values: {}, schema_version: 0 })) },
      },
    },
    configuration: { root_module: { resources: blocks.map((address) => ({ ...entry(address), expressions: {} })) } },
  });
}

const DELETED = planOf([{ address: "aws_db_instance.orders" }]);
const REPLACED = planOf([{ address: "aws_db_instance.orders", actions: ["delete", "create"] }]);

function made(steps: readonly Step[], base: Files = BASE): Repository {
  const repo = repository(base as Record<string, string>);
  for (const [who, files] of steps) {
    const isAgent = who === "agent";
    committed(repo, files, isAgent ? AGENT : "by hand", isAgent ? CLAUDE : ALICE, isAgent ? HOST : ALICE);
  }
  return repo;
}

interface Run {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

function judged({ folder }: Repository, plan: string, { argv = [], env = {} }: Run = {}): Promise<Report> {
  return reportOf(["--base", "main", "--source", "stack", "--actor", "human", ...argv, "-"], {
    cwd: folder,
    stdin: plan,
    env,
  });
}

/** Kind, how many were left out, and whether the whole change was judged. */
function short({ authorship: { kind, lines } }: Report): string {
  return `${kind}, ${lines?.leftOut.length} left out${lines?.because === undefined ? "" : `: ${lines.because}`}`;
}

describe("an agent that has no hand in it is left out", () => {
  test.each<[what: string, steps: Step[], plan: string]>([
    [
      "it wrote the README",
      [
        ["agent", { "README.md": "# All orders\n" }],
        ["alice", { "stack/main.tf": WITHOUT_DB }],
      ],
      DELETED,
    ],
    [
      "it wrote another stack",
      [
        ["agent", { "dev/main.tf": "# nothing\n" }],
        ["alice", { "stack/main.tf": WITHOUT_DB }],
      ],
      DELETED,
    ],
    [
      "it wrote what the policy names",
      [
        ["agent", { "web/app.ts": "export {};\n" }],
        ["alice", { "stack/main.tf": WITHOUT_DB }],
      ],
      DELETED,
    ],
    [
      "it formatted the very block",
      [
        ["agent", { "stack/main.tf": BASE["stack/main.tf"].replace("engine = local", "engine   =   local") }],
        ["alice", { "stack/main.tf": WITHOUT_DB }],
      ],
      DELETED,
    ],
    [
      "it edited another block",
      [
        ["agent", { "stack/main.tf": BASE["stack/main.tf"].replace('"jobs"\n', '"tasks"\n') }],
        ["alice", { "stack/main.tf": WITHOUT_DB.replace('"jobs"\n', '"tasks"\n') }],
      ],
      DELETED,
    ],
    [
      "it edited another local",
      [
        ["agent", { "stack/main.tf": BASE["stack/main.tf"].replace("other  = 1", "other  = 2") }],
        ["alice", { "stack/main.tf": WITHOUT_DB.replace("other  = 1", "other  = 2") }],
      ],
      DELETED,
    ],
  ])("%s", async (_, steps, plan) => {
    const report = await judged(made(steps), plan);
    expect(short(report)).toBe("human, 1 left out");
    expect(report.authorship.lines).toMatchObject({ whole: "mixed", leftOut: [{ agent: "claude-code" }] });
    expect(report.policy.heldTo.actor).toBe("human");
  });
});

describe("cannot be talked round", () => {
  const RM: Step = ["alice", { "stack/main.tf": WITHOUT_DB }];
  const local = (text: string): string => BASE["stack/main.tf"].replace('"postgres"', text);
  test.each<[what: string, steps: Step[], plan: string, expected: RegExp | string]>([
    ["the agent removes it", [["agent", { "stack/main.tf": WITHOUT_DB }]], DELETED, "agent, 0 left out"],
    [
      "a person lays the agent's lines out anew",
      [
        ["agent", { "stack/main.tf": BASE["stack/main.tf"].replace("local.engine", '"mysql"') }],
        ["alice", { "stack/main.tf": BASE["stack/main.tf"].replace("local.engine", '   "mysql"') }],
      ],
      REPLACED,
      "mixed, 0 left out",
    ],
    [
      "a person moves the agent's block to another file",
      [
        ["agent", { "stack/main.tf": BASE["stack/main.tf"].replace("local.engine", '"mysql"') }],
        ["alice", { "stack/main.tf": WITHOUT_DB, "stack/db.tf": DB.replace("local.engine", '"mysql"') }],
      ],
      REPLACED,
      "mixed, 0 left out",
    ],
    [
      "a local decides",
      [
        ["agent", { "stack/main.tf": local('"mysql"') }],
        ["alice", { "README.md": "x\n" }],
      ],
      REPLACED,
      "mixed, 0 left out",
    ],
    [
      "a local decides, and a person touches the block",
      [
        ["agent", { "stack/main.tf": local('"mysql"') }],
        ["alice", { "stack/main.tf": local('"mysql"').replace("engine = local", "name = 1\n  engine = local") }],
      ],
      REPLACED,
      "mixed, 0 left out",
    ],
    ["values for variables", [["agent", { "stack/x.auto.tfvars": "a = 1\n" }], RM], DELETED, "mixed, 0 left out"],
    ["the lock file", [["agent", { "stack/.terraform.lock.hcl": "" }], RM], DELETED, "mixed, 0 left out"],
    ["a script that may be what plans", [["agent", { Makefile: "plan:\n" }], RM], DELETED, "mixed, 0 left out"],
    [
      "a provider",
      [["agent", { "stack/p.tf": 'provider "aws" {\n  region = "x"\n}\n' }], RM],
      DELETED,
      "mixed, 0 left out",
    ],
    [
      "a moved block",
      [["agent", { "stack/p.tf": "moved {\n  from = a.b\n  to = a.c\n}\n" }], RM],
      DELETED,
      "mixed, 0 left out",
    ],
    [
      "an override file",
      [
        ["agent", { "stack/z_override.tf": DB.replace("local.engine", "1") }],
        ["alice", { "stack/main.tf": BASE["stack/main.tf"].replace("engine = local", "name = 1\n  engine = local") }],
      ],
      REPLACED,
      "mixed, 0 left out",
    ],
    [
      "a file that OpenTofu takes in place of another",
      [
        ["agent", { "stack/main.tofu": "# nothing\n" }],
        ["alice", { "stack/main.tf": BASE["stack/main.tf"].replace("engine = local", "name = 1\n  engine = local") }],
      ],
      REPLACED,
      "mixed, 0 left out",
    ],
    [
      "lines that a person copies from the agent's notes",
      [
        ["agent", { "NOTES.md": '```\n  engine = "mysql-8.0"\n```\n' }],
        ["alice", { "stack/main.tf": BASE["stack/main.tf"].replace("local.engine", '"mysql-8.0"') }],
      ],
      REPLACED,
      "mixed, 0 left out",
    ],
    [
      "lines that a person copies from another stack",
      [
        ["agent", { "dev/main.tf": `${BASE["dev/main.tf"]}${DB.replace("local.engine", '"mysql-8.0"')}` }],
        ["alice", { "stack/main.tf": BASE["stack/main.tf"].replace("local.engine", '"mysql-8.0"') }],
      ],
      REPLACED,
      "mixed, 0 left out",
    ],
    [
      "source that is broken on the way",
      [["agent", { "stack/main.tf": "resource {" }], RM],
      DELETED,
      "mixed, 0 left out",
    ],
    [
      "nothing that anybody edits explains it",
      [
        ["agent", { "README.md": "x\n" }],
        ["alice", { "stack/more.tf": `${BASE["stack/more.tf"]}\n` }],
      ],
      DELETED,
      /^mixed, 0 left out: -: no commit edits anything that explains what happens to aws_db_instance\.orders$/,
    ],
    [
      "it ends because somebody asked for it",
      [["agent", { "README.md": "x\n" }], RM],
      planOf([{ address: "aws_db_instance.orders", reason: null }]),
      /^mixed, 0 left out: -: .* ends for a reason that no line/,
    ],
  ])("%s", async (_, steps, plan, expected) => {
    const said = short(await judged(made(steps), plan));
    if (typeof expected === "string") expect(said).toBe(expected);
    else expect(said).toMatch(expected);
  });

  test("a module's variable, and its version", async () => {
    const plan = planOf([{ address: "module.net.aws_vpc.this", actions: ["delete", "create"] }]);
    const touch: Step = [
      "alice",
      { "modules/net/main.tf": BASE["modules/net/main.tf"].replace("var.cidr", "var.cidr\n  tags = {}") },
    ];
    const call = BASE["stack/more.tf"].replace('net"\n}', 'net"\n  cidr = local.other\n}');
    const byCall = await judged(made([["agent", { "stack/more.tf": call }], touch]), plan);
    expect(short(byCall)).toBe("mixed, 0 left out");
    const byVariable = made([
      ["agent", { "modules/net/main.tf": BASE["modules/net/main.tf"].replace("10.0", "10.1") }],
    ]);
    expect(short(await judged(byVariable, plan))).toBe("agent, 0 left out");
    const throughCall = { ...BASE, "stack/more.tf": call };
    const byLocal = made(
      [["agent", { "stack/main.tf": BASE["stack/main.tf"].replace("other  = 1", "other  = 2") }], touch],
      throughCall,
    );
    expect(short(await judged(byLocal, plan))).toBe("mixed, 0 left out");
  });

  test("a module that is fetched from this very repository", async () => {
    const call = (source: string) => `module "far" {\n  source = "${source}"\n}\n`;
    const steps: Step[] = [
      ["agent", { "far/inner/main.tf": "locals {\n  x = 1\n}\n" }],
      ["alice", { "stack/main.tf": WITHOUT_DB }],
    ];
    for (const [source, left] of [
      ["git::https://git.example/shop.git//far?ref=work", 0],
      ["git::https://git.example/shop.git", 0],
      ["git::https://git.example/shop.git//near?ref=work", 1],
      ["terraform-aws-modules/iam/aws//far", 1],
    ] as const) {
      const base = { ...BASE, "stack/far.tf": call(source) };
      const report = await judged(made(steps, base), DELETED);
      expect([source, report.authorship.lines?.leftOut.length]).toEqual([source, left]);
    }
  });

  test("a link in the place of a document", async () => {
    const repo = repository(BASE);
    symlinkSync("stack/main.tf", join(repo.folder, "NOTES.md"));
    committed(repo, {}, AGENT, CLAUDE, HOST);
    committed(repo, { "stack/main.tf": WITHOUT_DB }, "by hand", ALICE, ALICE);
    expect(short(await judged(repo, DELETED))).toBe("mixed, 0 left out");
  });

  test("what a provider is told", async () => {
    const base = { ...BASE, "stack/p.tf": 'provider "aws" {\n  region = local.other\n}\n' };
    const steps: Step[] = [
      ["agent", { "stack/main.tf": BASE["stack/main.tf"].replace("other  = 1", "other  = 2") }],
      ["alice", { "stack/main.tf": WITHOUT_DB.replace("other  = 1", "other  = 2") }],
    ];
    expect(short(await judged(made(steps, base), DELETED))).toBe("mixed, 0 left out");
  });

  test("a document that the source reads", async () => {
    const steps: Step[] = [
      ["agent", { "README.md": "y\n" }],
      ["alice", { "stack/main.tf": WITHOUT_DB }],
    ];
    for (const read of ['file("../README.md")', "file(local.name)", 'fileset(path.module, "*")']) {
      const base = { ...BASE, "stack/read.tf": `locals {\n  read = ${read}\n}\n` };
      expect([read, short(await judged(made(steps, base), DELETED))]).toEqual([read, "mixed, 0 left out"]);
    }
  });

  test("the same person with an agent's marks and without", async () => {
    const repo = repository(BASE);
    committed(repo, { "README.md": "x\n" }, AGENT, ALICE);
    committed(repo, { "stack/main.tf": WITHOUT_DB }, "by hand", ALICE);
    expect(short(await judged(repo, DELETED))).toMatch(
      /^mixed, 0 left out: .*committed both with an agent's marks and without/,
    );
  });

  test("marks that are on no commit", async () => {
    const steps: Step[] = [
      ["agent", { "README.md": "x\n" }],
      ["alice", { "stack/main.tf": WITHOUT_DB }],
    ];
    const inAgent = await judged(made(steps), DELETED, { env: { CLAUDECODE: "1" } });
    expect(short(inAgent)).toMatch(/^mixed, 0 left out: an agent shows elsewhere than on commits/);
    const repo = made(steps);
    repo.git("checkout", "--quiet", "-b", "codex/orders");
    expect(short(await judged(repo, DELETED))).toMatch(/^mixed, 0 left out: an agent shows elsewhere/);
  });

  test("what nobody committed", async () => {
    const repo = made([
      ["agent", { "README.md": "x\n" }],
      ["alice", { "stack/main.tf": WITHOUT_DB }],
    ]);
    writeFileSync(join(repo.folder, "stack/more.tf"), "");
    expect(short(await judged(repo, DELETED))).toMatch(/is not as HEAD has it$/);
  });

  test("one commit of both, as a squash leaves it", async () => {
    const repo = repository(BASE);
    committed(repo, { "README.md": "x\n", "stack/main.tf": WITHOUT_DB }, AGENT, ALICE);
    expect(short(await judged(repo, DELETED))).toBe("agent, 0 left out");
  });

  test("a merge that undoes what the base has got", async () => {
    const repo = made([["alice", { "stack/more.tf": `${BASE["stack/more.tf"]}# x\n` }]]);
    repo.git("checkout", "--quiet", "main");
    committed(repo, { "stack/new.tf": 'resource "aws_sns_topic" "new" {\n}\n' });
    repo.git("checkout", "--quiet", "work");
    repo.git("merge", "--quiet", "--no-commit", "-s", "ours", "main");
    repo.commit(AGENT, CLAUDE);
    const report = await judged(repo, planOf([{ address: "aws_sns_topic.new" }]));
    expect(short(report)).toMatch(/^mixed, 0 left out: .*no commit edits anything that explains/);
  });

  test("evidence of other commits than git's", async () => {
    const repo = made([
      ["agent", { "README.md": "x\n" }],
      ["alice", { "stack/main.tf": WITHOUT_DB }],
    ]);
    const commit = { sha: "a".repeat(40), author: { name: "Alice", email: "alice@company.example" }, message: "x" };
    writeFileSync(join(repo.folder, ".git/evidence.json"), JSON.stringify({ commits: [commit] }));
    const report = await judged(repo, DELETED, { argv: ["--evidence", join(repo.folder, ".git/evidence.json")] });
    expect(report.authorship.lines?.because).toBe(
      "the commits of the evidence are not those that git has since the base",
    );
  });

  test("what a policy says of any change", async () => {
    const queue = { "stack/main.tf": `${BASE["stack/main.tf"]}resource "aws_sqs_queue" "more" {\n}\n` };
    const gone = { "stack/main.tf": `${WITHOUT_DB}resource "aws_sqs_queue" "more" {\n}\n` };
    const plan = JSON.parse(DELETED);
    const created = { actions: ["create"], before: null, after: { name: "x" }, after_unknown: {} };
    plan.resource_changes.push({
      ...plan.resource_changes[0],
      address: "aws_sqs_queue.more",
      type: "aws_sqs_queue",
      name: "more",
      change: created,
      action_reason: undefined,
    });
    const leftOut = async (policy: string): Promise<number | undefined> => {
      const made_ = made(
        [
          ["agent", queue],
          ["alice", gone],
        ],
        { ...BASE, "firebreak.yaml": `${LINES}${policy}` },
      );
      return (await judged(made_, JSON.stringify(plan))).authorship.lines?.leftOut.length;
    };
    expect(await leftOut("")).toBe(1);
    for (const policy of [
      "custom: {none: {description: no queues are made here, match: {types: aws_sqs_queue}}}\n",
      "freezes: [{name: now, from: 2026-01-01T00:00:00Z, to: 2026-03-01T00:00:00Z, changes: all}]\n",
      "weights: {types: {aws_sqs_queue: {delete: 1, create: 50}}}\nlimits: {agent: {score: 10}}\n",
      "weights: {default: {delete: 1, replace: 1, modify: 1}}\n",
    ])
      expect([policy, await leftOut(policy)]).toEqual([policy, 0]);
  });

  test("a change that turns it on itself", async () => {
    const base = { ...BASE, "firebreak.yaml": "{}\n" };
    const steps: Step[] = [
      ["agent", { "README.md": "x\n" }],
      ["alice", { "stack/main.tf": WITHOUT_DB, "firebreak.yaml": LINES }],
    ];
    const report = await judged(made(steps, base), DELETED);
    expect([report.authorship.kind, report.authorship.lines]).toEqual(["mixed", undefined]);
  });
});
