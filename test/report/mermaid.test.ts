/** The picture as Mermaid: every line is one that we mean to write, whatever names a plan holds. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check, type Report } from "../../src/index.ts";
import { renderMermaid } from "../../src/report/mermaid/index.ts";
import { many, type SmallObject, smallPlan } from "../support/small-plan.ts";

const STORY = readFileSync(join(import.meta.dirname, "../../fixtures/story/plan.json"));

/** A report on plans by the names that they go by. */
function reportOn(plans: Readonly<Record<string, string | Buffer>>): Promise<Report> {
  const inputs = Object.entries(plans).map(([input, text]) => ({ input, bytes: Buffer.from(text) }));
  return check(inputs, { now: new Date("2026-01-31T12:00:00Z"), actor: "agent" });
}

async function drawn(objects: Readonly<Record<string, "replace" | "update" | SmallObject>>): Promise<string> {
  return renderMermaid(await reportOn({ "plan.json": smallPlan({ objects }) }), { verbosity: "verbose" });
}

/** Between the quotes of a label: plain signs, entity codes, and our own line breaks. */
const LABEL = String.raw`"(?:[A-Za-z0-9_ .,/()[\]+-]|#\d+;|<br>)*"`;
const NODE = String.raw`(?:\[${LABEL}\]|\(${LABEL}\)|\(\[${LABEL}\]\)|\[\(${LABEL}\)\]|\[\[${LABEL}\]\])`;

/** All that a diagram may consist of. */
const LINES = [
  /^---$/,
  /^title: "[A-Z]+: [A-Za-z0-9, ]+"$/,
  /^config:$/,
  /^ {2}flowchart: \{[A-Za-z0-9:,{} ]+\}$/,
  /^flowchart LR$/,
  /^ {2}classDef [a-z]+ [a-z0-9#:, -]+$/,
  new RegExp(`^ *(?:n\\d+|legend)${NODE}:::[a-z]+$`),
  new RegExp(`^ *subgraph g\\d+\\[${LABEL}\\]$`),
  /^ +direction LR$/,
  /^ +end$/,
  /^ +class g\d+ (?:module|gone)$/,
  /^ {2}n\d+ (?:--[>o]|-\.-[>o]|-\. (?:value|erased) \.-[>o]) n\d+$/,
  /^ {2}linkStyle [\d,]+ (?:stroke-width:1px|stroke-dasharray:8 4)$/,
];

function expectValid(text: string): void {
  expect(text.endsWith("\n")).toBe(true);
  const lines = text.slice(0, -1).split("\n");
  expect(lines.filter((line) => !LINES.some((known) => known.test(line)))).toEqual([]);
  const count = (known: RegExp): number => lines.filter((line) => known.test(line)).length;
  expect(count(/^ *subgraph /)).toBe(count(/^ +end$/));
  // Mermaid's lexer reads this wherever it stands in a line; our own says so and nothing else.
  expect(lines.filter((line) => /direction\s/.test(line) && line.trim() !== "direction LR")).toEqual([]);
  const nodes = new Set(lines.flatMap((line) => /^ *(n\d+)[[(]/.exec(line)?.[1] ?? []));
  const ends = lines.flatMap((line) => /^ {2}(n\d+) .* (n\d+)$/.exec(line)?.slice(1) ?? []);
  expect(ends.filter((id) => !nodes.has(id))).toEqual([]);
  expect(text.length).toBeLessThanOrEqual(50_000);
  expect(ends.length / 2).toBeLessThanOrEqual(500);
}

/** What a reader sees of each node: lines of text, with what was spelled out turned back. */
function labelsIn(text: string): string[][] {
  return [...text.matchAll(/^ *n\d+[[(]+"(.*)"[\])]+:::/gm)].map(([, label = ""]) => label.split("<br>").map(shown));
}

function groupsIn(text: string): string[] {
  return [...text.matchAll(/^ *subgraph g\d+\["(.*)"\]$/gm)].map(([, label = ""]) => shown(label));
}

function shown(label: string): string {
  return label
    .replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/\\u\{([0-9a-f]+)\}/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));
}

describe("the story", () => {
  test("is a valid diagram, and small enough for a comment", async () => {
    const text = renderMermaid(await reportOn({ "plan.json": STORY }), { verbosity: "normal" });
    expectValid(text);
    expect(text.length).toBeLessThan(8000);
    expect(text).toContain('title: "FAIL: ');
    expect(text).toContain('[("aws_db_instance.orders<br>replaced, loses its data")]:::data');
    expect(text).toContain('(["aws_eks_addon.vpc_cni<br>untouched"]):::untouched');
    expect(text).toContain('("aws_lb.api<br>changes"):::changes');
    expect(text).toContain('subgraph g3["module.network#58; possibly all 14 objects end"]');
  });

  test("is a valid diagram with every object", async () => {
    const text = renderMermaid(await reportOn({ "plan.json": STORY }), { verbosity: "verbose" });
    expectValid(text);
    expect(labelsIn(text).map(([name]) => name)).toContain('aws_route53_record.service["www"]');
  });

  test("stands in a group beside others", async () => {
    const quiet = smallPlan({ objects: { "aws_vpc.a": "update" } });
    const report = await reportOn({ 'a"] b.json': quiet, "story/plan.json": STORY });
    const text = renderMermaid(report, { verbosity: "normal" });
    expectValid(text);
    expect(groupsIn(text)[0]).toBe('a"] b.json: nothing ends');
    expect(groupsIn(text)).toContain("module.eks");
  });
});

test("nothing ends: one node says so", async () => {
  const text = await drawn({ "aws_vpc.a": "update" });
  expectValid(text);
  expect(labelsIn(text)).toEqual([["nothing ends"]]);
});

describe("names", () => {
  const hostile = [
    ...['"]', '"];', '"]:::data', '"] --> n1', '"];click n0 "javascript:x()"', '\\"', "\\", "\\\\n", "a\\nb"],
    ...["end", "subgraph", "graph TD", "flowchart LR", "direction TB", "a direction  LR b", "direction\tTD", "default"],
    ...["%% comment", "%%{init: {}}%%", "---", "===", "-->|x|", "n0:::data", "n1@{ shape: circle }", "a@b", "~~~"],
    ...["a;b", "click", "click n0 call x()", "href", "style n0 fill:#f00;", "classDef ends fill:#0f0;", "style.x:#1;y"],
    ...["linkStyle 0 stroke:#f00", "class n0 data", "accTitle: x", "accDescr { x", "_self", "v", "o", "x"],
    ...[
      "<script>alert(1)</script>",
      "<img src=x onerror=alert(1)>",
      "<br>",
      "<!-- x -->",
      "</svg>",
      "&lt;b&gt;",
      "&#60;",
    ],
    ...["#quot;", "#35;", "#", "ﬂ°°60¶ß", "ﬂ°lt¶ß", "¶ß", "$$x^2$$", "$$$", "fa:fa-car", "fab:fa-github"],
    ...["`code`", "**bold**", "__init__", "_a_", "1. list", "- list", "# head", "> quote", "[x](javascript:y)", "```"],
    ...["a\nb", "a\r\nb", "\u0000nul", "\u001b[31mred", "\u202eevil\u202c", "zero\u200bwidth", "\u2028", "\ufeffbom"],
    ...[
      "\u00adsoft",
      "\u{e0041}tag",
      "no\u00a0break",
      "\ud800lone",
      "emoji 😀",
      "日本語",
      "é",
      "{{x}}",
      "((x))",
      "|a|",
    ],
    ...["__proto__", "constructor", "toString", "", " ", "'", "^", "]]"],
  ];

  test("are many", () => {
    expect(new Set(hostile).size).toBeGreaterThan(90);
  });

  test.each(hostile.map((name) => [JSON.stringify(name), name]))("%s is only a name", async (_, name) => {
    const key = JSON.stringify(name);
    const text = await drawn({
      [`aws_vpc.a[${key}]`]: "replace",
      [`module.m[${key}].aws_vpc.b`]: { fate: "replace", dependsOn: ["aws_vpc.a"] },
      [`aws_vpc.${name}`]: "replace",
    });
    expectValid(text);
    expect(labelsIn(text)).toContainEqual([`aws_vpc.a[${key}]`, "replaced"]);
    expect(labelsIn(text)).toHaveLength(3);
    expect(groupsIn(text)).toEqual([`module.m[${key}]`]);
  });

  test("stand in the diagram as plain signs alone", async () => {
    const text = await drawn(
      Object.fromEntries(hostile.map((name) => [`aws_vpc.a[${JSON.stringify(name)}]`, "replace"])),
    );
    expectValid(text);
    expect(text).not.toMatch(/[^\n -~]/);
    expect(labelsIn(text)).toHaveLength(new Set(hostile).size);
  });
});

describe("limits of Mermaid", () => {
  test("long names in many objects stay within the length of a diagram", async () => {
    const objects = Object.fromEntries(
      Object.entries(many(600, "aws_vpc", "replace")).map(
        ([name]) => [`${name}["${"😀".repeat(60)}"]`, "replace"] as const,
      ),
    );
    const text = await drawn(objects);
    expectValid(text);
    expect(text.length).toBeGreaterThan(20_000);
    const rest = Number(/\+ (\d+) more in the root module/.exec(text)?.[1]);
    expect(labelsIn(text)).toHaveLength(600 - rest + 1);
  });

  test("many edges stay within their number", async () => {
    const all = Array.from({ length: 30 }, (_, index) => `aws_vpc.n${index}`);
    const below = Array.from({ length: 30 }, (_, index) => [
      `aws_subnet.n${index}`,
      { fate: "update", dependsOn: all } as const,
    ]);
    const text = await drawn({ ...many(30, "aws_vpc", "replace"), ...Object.fromEntries(below) });
    expectValid(text);
    expect(text).toMatch(/\+ \d+ more in the root module/);
  });
});
