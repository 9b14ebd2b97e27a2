/** Where an end comes from: the block that was removed, the commit that did it, and the line that can still be shown. */

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report, ReportedChange } from "../../src/index.ts";
import { committed, type Repository, repository } from "../support/repository.ts";
import { smallPlan } from "../support/small-plan.ts";
import { firebreak, reportOf } from "../support/world.ts";

const AGENT = "x\n\nCo-authored-by: Claude <noreply@anthropic.com>";
const block = (type: string, name: string, ...lines: readonly string[]): string =>
  `resource "${type}" "${name}" {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
const [VPC, DB, QUEUE] = [
  block("aws_vpc", "main", "a = 1"),
  block("aws_db_instance", "orders", "b = local.size"),
  block("aws_sqs_queue", "jobs"),
];
const DELETED = smallPlan({ objects: { "aws_db_instance.orders": "delete" } });

async function changeIn({ folder }: Repository, plan = DELETED): Promise<ReportedChange> {
  const report = await reportOf(["--base", "main", "--source", "stack", "-"], { cwd: folder, stdin: plan });
  const [change] = report.plans[0]?.changes ?? [];
  return change as ReportedChange;
}

const at = ({ location }: ReportedChange): string => (location ? `${location.file}:${location.line}` : "nowhere");

describe("a removed block", () => {
  test.each<[what: string, base: Record<string, string>, head: Record<string, string | undefined>, place: string]>([
    [
      "is shown at what stands there now",
      { "stack/main.tf": VPC + DB + QUEUE },
      { "stack/main.tf": VPC + QUEUE },
      "stack/main.tf:4",
    ],
    ["else at what stood before it", { "stack/main.tf": VPC + DB }, { "stack/main.tf": VPC }, "stack/main.tf:1"],
    [
      "else at the first line of its file",
      { "stack/main.tf": DB },
      { "stack/main.tf": 'output "x" {\n}\n' },
      "stack/main.tf:1",
    ],
    [
      "and nowhere when its file is gone too",
      { "stack/main.tf": VPC, "stack/db.tf": DB },
      { "stack/db.tf": undefined },
      "nowhere",
    ],
  ])("%s", async (_, base, head, place) => {
    const made = repository(base);
    committed(made, { "other.tf": "" });
    const sha = committed(made, head, AGENT);
    committed(made, { "stack/later.tf": "" });
    const change = await changeIn(made);
    expect(at(change)).toBe(place);
    const file = Object.keys(base).find((name) => base[name]?.includes("orders"));
    expect(change.writtenBy?.[0]).toMatchObject({
      commit: sha,
      did: "removed",
      file,
      by: "agent",
      agent: "claude-code",
    });
  });

  test("of a module whose file is gone is shown at the call", async () => {
    const made = repository({
      "stack/main.tf": `\nmodule "db" {\n  source = "./db"\n}\n`,
      "stack/db/a.tf": DB,
      "stack/db/b.tf": "",
    });
    committed(made, { "stack/db/a.tf": undefined }, AGENT);
    const change = await changeIn(made, smallPlan({ objects: { "module.db.aws_db_instance.orders": "delete" } }));
    expect([at(change), change.writtenBy?.[0]?.file]).toEqual(["stack/main.tf:2", "stack/db/a.tf"]);
  });

  test("is told in every format that points at lines", async () => {
    const made = repository({
      "stack/main.tf": VPC + block("aws_db_instance", "orders", "lifecycle { prevent_destroy = true }") + QUEUE,
    });
    const sha = committed(made, { "stack/main.tf": VPC + QUEUE }, AGENT).slice(0, 7);
    const shown = async (format: string): Promise<string> =>
      (
        await firebreak(["check", "--base", "main", "--source", "stack", "-f", format, "-"], {
          cwd: made.folder,
          stdin: DELETED,
        })
      ).stdout;
    const words = `Block removed from stack/main.tf:4 by ${sha}, claude-code; what this points at is what stands there now.`;
    expect(await shown("github")).toMatch(new RegExp(`file=stack/main.tf,line=4,title=.*${words}`));
    const sarif = JSON.parse(await shown("sarif"));
    const result = sarif.runs[0].results.find((one: { ruleId: string }) => one.ruleId === "prevent-destroy-removed");
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "stack/main.tf" },
      region: { startLine: 4 },
    });
    expect(result.message.text).toContain(words);
    expect(await shown("gitlab")).toContain(words);
    expect((await shown("pretty")).replace(/\s+/g, " ")).toContain(
      `· block removed from stack/main.tf:4 by ${sha}, claude-code`,
    );
  });
});

test("what is replaced points at the newest edit of its block, else of what that refers to", async () => {
  const made = repository({ "stack/main.tf": DB, "stack/locals.tf": "locals {\n  other = 1\n  size  = 1\n}\n" });
  const replaced = smallPlan({ objects: { "aws_db_instance.orders": "replace" } });
  const first = committed(made, { "stack/locals.tf": "locals {\n  other = 1\n  size  = 2\n}\n" }, AGENT);
  expect((await changeIn(made, replaced)).writtenBy?.[0]).toEqual({
    commit: first,
    did: "changed",
    block: "local.size",
    file: "stack/locals.tf",
    line: 3,
    by: "agent",
    agent: "claude-code",
  });
  const second = committed(made, { "stack/main.tf": DB.replace("b =", "c = 1\n  b =") });
  // Who only tidied up last does not hide the agent behind it.
  expect((await changeIn(made, replaced)).writtenBy).toMatchObject([
    { commit: second, block: "aws_db_instance.orders", by: "unmarked" },
    { commit: first, block: "local.size", by: "agent" },
  ]);
  const argv = ["check", "--base", "main", "--source", "stack", "-"];
  const { stdout } = await firebreak(argv, { cwd: made.folder, stdin: replaced });
  expect(stdout.replace(/\s+/g, " ")).toContain(
    `· block changed by ${second.slice(0, 7)}; local.size (stack/locals.tf:3) changed by ${first.slice(0, 7)}, claude-code`,
  );
});

test("firebreak author tells which blocks are removed, by whom", async () => {
  const made = repository({ "stack/main.tf": VPC + DB + QUEUE });
  const sha = committed(made, { "stack/main.tf": VPC + QUEUE }, AGENT);
  committed(made, { "stack/main.tf": VPC });
  // Back again, in another file.
  committed(made, { "stack/queue.tf": QUEUE });
  const { stdout } = await firebreak(["author", "--base", "main"], { cwd: made.folder });
  expect(stdout).toContain(
    `Blocks that it removes\n  · aws_db_instance.orders  from stack/main.tf:4 by ${sha.slice(0, 7)}, claude-code\n`,
  );
  expect(stdout).not.toContain("jobs");
  const json = JSON.parse((await firebreak(["author", "--base", "main", "-f", "json"], { cwd: made.folder })).stdout);
  expect(json.removedBlocks).toEqual([
    expect.objectContaining({ commit: sha, block: "aws_db_instance.orders", line: 4 }),
  ]);
});

test("a hostile repository starts nothing, and hides nothing", async () => {
  const made = repository({
    "stack/main.tf": VPC + DB,
    ".gitattributes": "*.tf diff=evil filter=evil text eol=crlf\n",
  });
  const sprung = join(made.folder, "sprung");
  writeFileSync(join(made.folder, "trap.sh"), `#!/bin/sh\ntouch '${sprung}'\necho trapped\n`, { mode: 0o755 });
  const sha = committed(
    made,
    { "stack/main.tf": VPC, "--output=x\n.tf": "", ':(exclude)"stack\u001b[31m.tf': "" },
    AGENT,
  );
  const trap = join(made.folder, "trap.sh");
  for (const key of [
    "core.fsmonitor",
    "core.pager",
    "diff.external",
    "diff.evil.textconv",
    "diff.evil.command",
    "filter.evil.smudge",
    "filter.evil.clean",
  ])
    made.git("config", key, trap);
  for (const [key, value] of [
    ["diff.relative", "true"],
    ["diff.renames", "copies"],
    ["diff.ignoreSubmodules", "all"],
    ["diff.noprefix", "true"],
    ["diff.orderFile", trap],
    ["log.showRoot", "false"],
    ["core.quotePath", "false"],
    ["core.abbrev", "4"],
  ] as const)
    made.git("config", key, value);
  // A replacement in which nothing was removed.
  const blank = made.git("commit-tree", "main^{tree}", "-p", "main", "-m", "nothing");
  made.git("update-ref", `refs/replace/${sha}`, blank);
  expect((await changeIn(made)).writtenBy?.[0]).toMatchObject({
    commit: sha,
    did: "removed",
    file: "stack/main.tf",
    line: 4,
  });
  expect(existsSync(sprung)).toBe(false);
});

test("a change of more commits than are told apart is judged as a whole", async () => {
  const made = repository({ "stack/main.tf": VPC + DB, "firebreak.yaml": "authorship: {judge: lines}\n" });
  committed(made, { "stack/main.tf": VPC }, AGENT);
  const head = made.git("rev-parse", "HEAD");
  const script = Array.from(
    { length: 500 },
    (_, place) =>
      `commit refs/heads/work\ncommitter A <a@b.example> ${1_700_000_000 + place} +0000\ndata 1\nx\n${place === 0 ? `from ${head}\n` : ""}`,
  );
  writeFileSync(join(made.folder, ".git/script"), script.join("\n"));
  made.git("-c", "core.hooksPath=/dev/null", "-c", "alias.feed=!git fast-import --quiet < .git/script", "feed");
  const report: Report = await reportOf(["--base", "main", "--source", "stack", "-"], {
    cwd: made.folder,
    stdin: DELETED,
  });
  expect(report.authorship).toMatchObject({
    kind: "mixed",
    lines: { leftOut: [], because: "there are more than 500 commits" },
  });
  // Where it stood is known all the same.
  expect(report.plans[0]?.changes[0]?.location).toEqual({ file: "stack/main.tf", line: 1 });
});
