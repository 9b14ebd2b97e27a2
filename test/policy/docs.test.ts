/** The pages on the config: generated from the schema, complete, and true. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import schema from "../../schema/config.schema.json" with { type: "json" };
import { configPages } from "../../scripts/config-docs.mjs";
import { ACTOR_KINDS } from "../../src/model/authorship.ts";
import { RULES } from "../../src/model/finding.ts";
import { parseConfig } from "../../src/policy/config/parse.ts";
import { heldTo, limitsFor } from "../../src/policy/held-to.ts";
import { loadPolicy } from "../../src/policy/index.ts";

const FOLDER = join(import.meta.dirname, "../../docs/config");
const SECTIONS = Object.entries(schema.properties).filter(([name]) => name !== "$schema");
const RULESETS = ["recommended", "strict", "observe"];

test("the pages are what the schema says; npm run docs writes them", () => {
  const written = Object.fromEntries(
    readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), "utf8")]),
  );
  expect(written).toEqual(configPages());
});

describe("every section", () => {
  test.each(SECTIONS.map(([name, section]) => ({ name, section })))(
    "$name has a page, words and examples that hold",
    async ({ name, section }) => {
      expect(configPages()[`${name}.md`]).toContain(`# ${name}\n`);
      const { examples = [] } = section as { readonly examples?: readonly unknown[] };
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples)
        expect((await parseConfig(stringify({ [name]: example }), "example.yaml")).config).toEqual({ [name]: example });
    },
  );

  test("has no key without a word on it", () => {
    expect(keysWithoutWords(schema as Node, schema as Node, [])).toEqual([]);
  });
});

test("every rule may be set, and every one that may be set is one", () => {
  expect(Object.keys(schema.properties.rules.properties).sort()).toEqual(Object.keys(RULES).sort());
});

test("the table of limits is what the policy says", async () => {
  const page = readFileSync(join(FOLDER, "limits.md"), "utf8");
  for (const [place, ruleset] of RULESETS.entries()) {
    const policy = await loadPolicy({
      rulesets: [ruleset],
      readFile: () => Promise.reject(new Error("no file is named")),
    });
    for (const kind of ACTOR_KINDS) {
      const { kinds } = heldTo(policy, { kind, grade: "attested", confidence: 1, signals: [], operators: [] });
      const limits = limitsFor(policy.limits, kinds);
      for (const name of ["dataLoss", "ended", "affected", "share", "score", "signatures", "bound"] as const) {
        const row = page.split("\n").find((line) => line.startsWith(`| ${kind} | \`${name}\` |`));
        const value = limits[name];
        const shown = name === "share" && typeof value === "number" ? `${value * 100}%` : String(value ?? "no limit");
        expect([kind, name, row?.split(" | ")[2 + place]?.replace(/ \|$/, "")]).toEqual([kind, name, shown]);
      }
    }
  }
});

interface Node {
  readonly $ref?: string;
  readonly $comment?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly definitions?: Readonly<Record<string, Node>>;
}

/** Keys that the schema names itself; those that a user names are described with what holds them. */
function keysWithoutWords(root: Node, node: Node, path: readonly string[]): string[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([key, next]) => {
    const target =
      next.$ref === undefined ? next : { ...root.definitions?.[next.$ref.slice("#/definitions/".length)], ...next };
    const isWorded = [target.description, target.$comment, target.enum].some((words) => words !== undefined);
    // Rules and authors are named by the section.
    const isListed = next.$ref === "#/definitions/rule" || next.$ref === "#/definitions/actorLimits";
    return [
      ...(isWorded || isListed ? [] : [[...path, key].join(".")]),
      ...keysWithoutWords(root, next, [...path, key]),
    ];
  });
  const { additionalProperties, items } = node;
  const inner = [additionalProperties, items].filter((one) => typeof one === "object");
  return [...own, ...inner.flatMap((one) => keysWithoutWords(root, one, [...path, "*"]))];
}
