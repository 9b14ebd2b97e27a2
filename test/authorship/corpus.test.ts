/** The labelled corpus: what no detector may get wrong, and the table of what this one answers. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Authorship } from "../../src/index.ts";
import { corpusFolder, sayMissing } from "../support/corpus.ts";
import { firebreak, folderWith } from "../support/world.ts";
import { type CorpusRecord, evidenceOf } from "./corpus-record.ts";

const folder = corpusFolder("authorship");
if (folder === undefined) sayMissing("the corpus of labelled commits and pull requests");

interface Row {
  readonly record: CorpusRecord;
  readonly answer: Authorship;
}

async function judgedRecords(path: string): Promise<Row[]> {
  const records = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line): CorpusRecord => JSON.parse(line));
  const files = Object.fromEntries(records.map((record) => [`${record.id}.json`, JSON.stringify(evidenceOf(record))]));
  const place = folderWith(files);
  const rows: Row[] = [];
  for (const record of records) {
    const { code, stdout, stderr } = await firebreak([
      "author",
      "--evidence",
      join(place, `${record.id}.json`),
      "-f",
      "json",
    ]);
    if (code !== 0) throw new Error(`${record.id}: ${stderr}`);
    rows.push({ record, answer: JSON.parse(stdout) });
  }
  return rows;
}

const isAgent = ({ kind }: Authorship): boolean => kind === "agent" || kind === "mixed";
const asExpected = ({ record, answer }: Row): boolean =>
  record.expect.split("-or-").includes(answer.kind === "unknown" ? "none" : answer.kind);

function table(rows: readonly Row[]): string {
  const counts = new Map<string, number>();
  for (const { record, answer } of rows) {
    const row = `${record.kind.padEnd(9)} ${record.label.padEnd(5)} expect ${record.expect.padEnd(15)} -> ${answer.kind}`;
    counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  return [...counts]
    .sort()
    .map(([row, count]) => `${String(count).padStart(4)}  ${row}`)
    .join("\n");
}

const names = (rows: readonly Row[]): string[] =>
  rows.map(
    ({ record, answer }) => `${record.id} ${record.label}, expect ${record.expect}: ${answer.kind} (${record.note})`,
  );

describe.skipIf(folder === undefined)("the labelled corpus", () => {
  test("no agent is taken for a human, no human for an agent, and nearly every agent that left a mark is found", async () => {
    const rows = await judgedRecords(join(folder ?? "", "dev.jsonl"));
    const findable = rows.filter(({ record }) =>
      record.expect.split("-or-").every((word) => word === "agent" || word === "mixed"),
    );
    const missed = findable.filter(({ answer }) => !isAgent(answer));
    const right = rows.filter(asExpected);
    const agentNamed = findable.filter(({ record, answer }) => record.agent_id === (answer.agent ?? null));
    console.info(
      `${table(rows)}\n${right.length} of ${rows.length} as expected; ${findable.length - missed.length} of ${findable.length} agents found, ${agentNamed.length} of them by name\nnot as expected:\n${names(rows.filter((row) => !asExpected(row))).join("\n")}`,
    );
    expect(names(rows.filter(({ record, answer }) => record.label !== "human" && answer.kind === "human"))).toEqual([]);
    expect(
      names(
        rows.filter(({ record, answer }) => record.label === "human" && (isAgent(answer) || answer.kind === "bot")),
      ),
    ).toEqual([]);
    expect(missed.length / findable.length, names(missed).join("\n")).toBeLessThanOrEqual(0.02);
  });
});
