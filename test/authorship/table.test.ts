/** The table of marks: nothing malformed gets into a build, nothing in it is slow, and everybody known is in it. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { corpusFolder, readJson, sayMissing } from "../support/corpus.ts";

interface Signal {
  readonly strength: string;
  readonly source: readonly string[];
  readonly [key: string]: unknown;
}
interface Agents {
  readonly sources: Readonly<Record<string, string>>;
  readonly agents: readonly { readonly id: string; readonly class: string; readonly signals: readonly Signal[] }[];
}

const root = join(import.meta.dirname, "../..");
const script = pathToFileURL(join(root, "scripts/agents.mjs")).href;
const { compileAgents } = (await import(script)) as { compileAgents: (agents: Agents) => object };
const table: Agents = parse(readFileSync(join(root, "rulesets/agents.yaml"), "utf8"));

const ONE: Signal = { branch: "^x/", strength: "strong", source: ["count"] };
const withSignal = (signal: object, kind = "agent"): Agents => ({
  sources: { count: "counted" },
  agents: [{ id: "x", class: kind, signals: [{ ...ONE, ...signal } as Signal] }],
});

describe("a mistake in the table stops the build", () => {
  test.each<[what: string, agents: Agents, message: RegExp]>([
    ["a malformed pattern", withSignal({ branch: "^(x/" }), /x: Invalid regular expression/],
    ["a malformed value", withSignal({ branch: undefined, variable: "X", value: "[" }), /Invalid regular expression/],
    ["no place", withSignal({ branch: undefined }), /exactly one place/],
    ["two places", withSignal({ label: "x" }), /exactly one place/],
    ["an unknown source", withSignal({ source: ["somewhere"] }), /unknown source somewhere/],
    ["a text that may stand anywhere", withSignal({ branch: undefined, text: "agent" }), /anchored to nothing/],
    ["a bot that proves an agent", withSignal({}, "bot"), /x is a bot/],
    [
      "an agent listed twice",
      { ...withSignal({}), agents: [...withSignal({}).agents, ...withSignal({}).agents] },
      /listed twice/,
    ],
  ])("%s", (_, agents, message) => {
    expect(() => compileAgents(agents)).toThrow(message);
    expect(() => compileAgents(withSignal({}))).not.toThrow();
  });
});

test("every pattern is quick on texts that are made to be slow", () => {
  const texts = ["a", " ", "-", "a ", "a:", "x@", "(", "| ", "/", "0-"].flatMap((part) => [
    part.repeat(20_000),
    `${part.repeat(20_000)}!`,
  ]);
  const patterns = table.agents.flatMap(({ signals }) =>
    signals.flatMap((signal) =>
      ["name", "address", "text", "branch", "userAgent", "value", "withValue"].map((key) => signal[key]),
    ),
  );
  for (const pattern of patterns) {
    if (typeof pattern !== "string") continue;
    const started = performance.now();
    for (const text of texts) new RegExp(pattern, "im").test(text);
    expect(performance.now() - started, pattern).toBeLessThan(1000);
  }
});

const corpus = corpusFolder("authorship");
const known = corpus === undefined ? undefined : join(dirname(dirname(corpus)), "data/agents.json");
const isHere = known !== undefined && existsSync(known);
if (!isHere) sayMissing("the collected data on agents");

test.skipIf(!isHere)("every agent and bot that was collected is in the table", () => {
  const ids = table.agents.map(({ id }) => id);
  expect(
    readJson<{ id: string }[]>(known ?? "")
      .map(({ id }) => id)
      .filter((id) => !ids.includes(id)),
  ).toEqual([]);
});
