/**
 * The reader of source against HashiCorp's own parser (`@cdktf/hcl2json`, which wraps it): the same blocks with the same
 * arguments in every configuration at hand. It has no positions, so each block is read again at its own.
 */

import { parse } from "@cdktf/hcl2json";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Block, Body } from "../../src/ingest/hcl/body.ts";
import { HclError } from "../../src/ingest/hcl/error.ts";
import { parseFile } from "../../src/ingest/hcl/index.ts";
import { sayMissing } from "../support/corpus.ts";
import { type Files, fixtureSources, oracleSources } from "../support/source.ts";

const AWKWARD: Files = {
  "comments.tf": `# resource "a" "b" {
// }
/* resource "a" "b" {
   } */ locals { # behind
  a = 1 /* within */ + 2 // }
}`,
  "heredocs.tf": `locals {
  a = <<EOT
resource "a" "b" {
  \${join(",", [for x in local.list : "\${x}}"])} EOT
EOT
  b = <<-END
      }
    END
  c = [<<ONE
}
ONE
  , "}"]
  d = <<EOT

EOT
}
resource "a" "after" {}`,
  "templates.tf": `locals {
  a = "\${"}\${"{"}"}"
  b = "$\${not} %%{not} \\" \\\\"
  c = "%{if local.x}{%{else}}%{endif}"
  d = "\${{ a = { b = "}" } }.a.b}"
  e = "\${~ local.x ~}"
  f = ""
}`,
  "shapes.tf": `resource "a" "one-line" { b = 1 }
resource "a" "empty" {}
resource a bare {
  c { d = { "e" = [ 1,
  2 ] } }
}
a "b" "c" "d" {
}
é {
  ünder_score-d = 1e3
}`,
  "crlf.tf": 'resource "a" "b" {\r\n  c = <<EOT\r\n  }\r\nEOT\r\n}\r\nresource "a" "d" {}\r\n',
  "functions.tf": `locals {
  a = provider::aws::arn_parse("x").account
  b = cond ? [for k, v in m : v if v != "" && !(k == "a") || k >= 1] : {for k, v in m : k => v...}
  c = list.*.id[0]
  d = (
    -1 % 2 <= 3
  )
}`,
};

describe("blocks", () => {
  test.each(Object.entries(AWKWARD))("%s is read as HashiCorp's parser reads it", async (name, text) => {
    await compare(name, text);
  });

  test("those of the fixtures", async () => {
    const sources = fixtureSources();
    expect(Object.keys(sources).length).toBeGreaterThan(50);
    for (const [name, text] of Object.entries(sources)) await compare(name, text);
  });

  const oracle = oracleSources();
  if (oracle.size === 0) sayMissing("the recorded oracle");
  test.runIf(oracle.size > 0)("those of the recorded oracle", async () => {
    let blocks = 0;
    for (const [name, files] of oracle) {
      for (const [path, text] of Object.entries(files)) blocks += await compare(`${name}/${path}`, text);
    }
    console.log(`${blocks} blocks, each at its position`);
  });
});

/** Returns how many blocks there are, nested ones included. */
async function compare(name: string, text: string): Promise<number> {
  const body = parseFile(name, Buffer.from(text));
  expect(shapeOf(body), name).toEqual(shapeOfParsed(await parse(name, text)));
  return rereadAll(text, body);
}

/** `resource.a.b.lifecycle`, `resource.a.b.input`, ...: every argument and every block by its path, sorted. */
function shapeOf({ attributes, blocks }: Body, path = ""): string[] {
  const inner = blocks.flatMap(({ type, labels, body }) => {
    const own = `${path}/${[type, ...labels].join(".")}`;
    return [own, ...shapeOf(body, own)];
  });
  return [...[...attributes.keys()].map((name) => `${path}/${name}`), ...inner].sort();
}

/** The JSON has blocks as lists below an object for each label, and an argument as any other value. */
function shapeOfParsed(parsed: Readonly<Record<string, unknown>>, path = ""): string[] {
  const found: string[] = [];
  for (const [type, value] of Object.entries(parsed)) {
    const blocks = blocksIn(value, type);
    if (blocks === undefined) found.push(`${path}/${type}`);
    for (const [name, body] of blocks ?? []) {
      found.push(`${path}/${name}`, ...shapeOfParsed(body as Readonly<Record<string, unknown>>, `${path}/${name}`));
    }
  }
  return found.sort();
}

/** What is written as a block and what as an argument of the same shape, hcl2json does not say; names of test files tell. */
const BLOCKS =
  /^(resource|data|module|output|variable|locals|terraform|backend|lifecycle|provisioner|precondition|postcondition|moved|removed|import|check|assert|provider|connection|dynamic|content|a|c|é|required_providers)$/;

function blocksIn(value: unknown, name: string): (readonly [name: string, body: object])[] | undefined {
  if (!BLOCKS.test(name.split(".")[0] ?? "")) return undefined;
  if (Array.isArray(value)) return value.every(isObject) ? value.map((body) => [name, body] as const) : undefined;
  if (!isObject(value)) return undefined;
  const labelled = Object.entries(value).map(([label, inner]) => blocksIn(inner, `${name}.${label}`));
  return labelled.includes(undefined) ? undefined : labelled.flatMap((blocks) => blocks ?? []);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** At the line of every block its header begins, and from there on the block comes out again. */
function rereadAll(text: string, { blocks }: Body): number {
  const lines = text.split("\n");
  let count = 0;
  for (const block of blocks) {
    const rest = lines.slice(block.line - 1).join("\n");
    const starts = [...rest.matchAll(new RegExp(`(?<![\\w-])${block.type}(?![\\w-])`, "g"))].map(({ index }) => index);
    const onFirstLine = starts.filter((start) => !rest.slice(0, start).includes("\n"));
    expect(onFirstLine.some((start) => beginsWith(rest.slice(start), block))).toBe(true);
    count += 1 + rereadAll(text, block.body);
  }
  return count;
}

function beginsWith(text: string, { type, labels, body }: Block): boolean {
  const header = new RegExp(`^${type}\\s*${labels.map((label) => `"?${label}"?\\s*`).join("")}\\{`);
  if (!header.test(text)) return false;
  // Where the block closes is not known, so every closing brace is tried.
  for (const { index } of text.matchAll(/\}/g)) {
    const again = attempt(text.slice(0, index + 1));
    if (again) return JSON.stringify(shapeOf(again.body)) === JSON.stringify(shapeOf(body));
  }
  return false;
}

function attempt(text: string): Block | undefined {
  try {
    const { blocks } = parseFile("again.tf", Buffer.from(text));
    return blocks.length === 1 ? blocks[0] : undefined;
  } catch (error) {
    if (error instanceof HclError) return undefined;
    throw error;
  }
}

describe("whatever the bytes are", () => {
  const texts = [...Object.values(AWKWARD), ...Object.values(fixtureSources())];
  /** Pieces that turn one construct into another. */
  const PIECES = [
    '"',
    "${",
    "%{",
    "}",
    "{",
    "<<EOT\n",
    "EOT\n",
    "/*",
    "*/",
    "[",
    "]",
    "(",
    ")",
    "\\",
    "\n",
    "=",
    "~",
    "\u0000",
    "é",
    "\ud800",
  ];

  test("they are read, or refused at a line of the file", () => {
    const mutation = fc.record({
      text: fc.constantFrom(...texts),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      removed: fc.nat({ max: 40 }),
      put: fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }),
      json: fc.boolean(),
    });
    fc.assert(
      fc.property(mutation, ({ text, at, removed, put, json }) => {
        const start = Math.floor(at * text.length);
        const mutated = text.slice(0, start) + put.join("") + text.slice(start + removed);
        try {
          parseFile(json ? "x.tf.json" : "x.tf", Buffer.from(mutated));
        } catch (error) {
          expect(error).toBeInstanceOf(HclError);
          expect((error as HclError).line).toBeLessThanOrEqual(mutated.split("\n").length);
          expect((error as HclError).line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2_000, seed: 14 },
    );
  });
});
