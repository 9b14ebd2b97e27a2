/** The picture as DOT: every statement is one that we mean to write, and Graphviz, where it is installed, draws what the plan says. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check, type Report } from "../../src/index.ts";
import { renderDot } from "../../src/report/dot.ts";
import { sayMissing } from "../support/corpus.ts";
import { type SmallObject, smallPlan } from "../support/small-plan.ts";

const STORY = readFileSync(join(import.meta.dirname, "../../fixtures/story/plan.json"));
const graphviz = spawnSync("dot", ["-V"]).status === 0;
if (!graphviz) sayMissing("dot, of the package graphviz,");

function reportOn(plans: Readonly<Record<string, string | Buffer>>): Promise<Report> {
  const inputs = Object.entries(plans).map(([input, text]) => ({ input, bytes: Buffer.from(text) }));
  return check(inputs, { now: new Date("2026-01-31T12:00:00Z"), actor: "agent" });
}

async function drawn(objects: Readonly<Record<string, "replace" | "update" | SmallObject>>): Promise<string> {
  return renderDot(await reportOn({ "plan.json": smallPlan({ objects }) }), { verbosity: "verbose" });
}

/** A quoted string that nothing in it ends, and a list of attributes. */
const TEXT = String.raw`"(?:[^"\\\n]|\\.)*"`;
const LIST = String.raw`\[[a-z]+=${TEXT}(?:, [a-z]+=${TEXT})*\]`;
const LINES = [
  /^digraph firebreak \{$/,
  new RegExp(`^ *(?:graph|node|edge|legend|n\\d+) ${LIST};$`),
  new RegExp(`^ {2}n\\d+ -> n\\d+ ${LIST};$`),
  /^ *subgraph cluster_g\d+ \{$/,
  /^ *\}$/,
];

function expectValid(text: string): void {
  expect(text.endsWith("}\n")).toBe(true);
  const lines = text.slice(0, -1).split("\n");
  expect(lines.filter((line) => !LINES.some((known) => known.test(line)))).toEqual([]);
  expect(lines.filter((line) => line.endsWith("{")).length).toBe(lines.filter((line) => line.endsWith("}")).length);
  const nodes = new Set(lines.flatMap((line) => /^ *(n\d+) \[/.exec(line)?.[1] ?? []));
  const ends = lines.flatMap((line) => /^ {2}(n\d+) -> (n\d+) /.exec(line)?.slice(1) ?? []);
  expect(ends.filter((id) => !nodes.has(id))).toEqual([]);
}

/** What Graphviz draws: lines of text by node, of the groups, and the elements of the drawing. */
function svgOf(text: string): { nodes: string[][]; groups: string[]; elements: string[] } {
  const { stdout, status } = spawnSync("dot", ["-Tsvg"], { input: text, encoding: "utf8", maxBuffer: 1e8 });
  expect(status).toBe(0);
  const drawings = (kind: "node" | "cluster", title: RegExp): string[][] =>
    [...stdout.matchAll(new RegExp(`class="${kind}">\\s*<title>([^<]*)</title>([\\s\\S]*?)</g>`, "g"))]
      .filter(([, name = ""]) => title.test(name))
      .map(([, , inner = ""]) =>
        [...inner.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, line = ""]) => shown(line)),
      );
  return {
    nodes: drawings("node", /^n\d+$/),
    groups: drawings("cluster", /^cluster_g\d+$/).flat(),
    elements: [...new Set([...stdout.matchAll(/<([a-z]+)/g)].map(([, name = ""]) => name))].sort(),
  };
}

/** Text of an SVG as it is read, with what was spelled out turned back. */
function shown(line: string): string {
  const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', amp: "&" };
  return line
    .replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) => named[name] ?? String.fromCodePoint(Number(code)))
    .replaceAll("\u00a0", " ")
    .replace(/\\u\{([0-9a-f]+)\}/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));
}

describe("the story", () => {
  test.each(["normal", "verbose"] as const)("is a valid graph (%s)", async (verbosity) => {
    const text = renderDot(await reportOn({ "plan.json": STORY }), { verbosity });
    expectValid(text);
    expect(text).toContain('label="aws_db_instance.orders\\nreplaced, loses its data", shape="cylinder"');
    expect(text).toContain('label="module.network: possibly all 14 objects end"');
  });

  test.runIf(graphviz)("is drawn", async () => {
    const { nodes, groups } = svgOf(renderDot(await reportOn({ "plan.json": STORY }), { verbosity: "verbose" }));
    expect(nodes).toHaveLength(51);
    expect(nodes).toContainEqual(['aws_route53_record.service["www"]', "replaced"]);
    expect(groups.toSorted()).toEqual([
      "module.app",
      "module.db",
      "module.eks",
      "module.network: possibly all 14 objects end",
    ]);
  });

  test("stands in a group beside others", async () => {
    const quiet = smallPlan({ objects: { "aws_vpc.a": "update" } });
    const text = renderDot(await reportOn({ 'a"];b.json': quiet, "story/plan.json": STORY }), { verbosity: "normal" });
    expectValid(text);
    expect(text).toContain('label="a\\"];b.json: nothing ends"');
  });
});

test("nothing ends: one node says so", async () => {
  const text = await drawn({ "aws_vpc.a": "update" });
  expectValid(text);
  expect(text.match(/^ *n\d+ .*$/gm)).toEqual([expect.stringContaining('label="nothing ends"')]);
});

describe("edges", () => {
  test("look as sure as they are", async () => {
    const report = await reportOn({
      "plan.json": smallPlan({
        objects: { "aws_vpc.a": "replace", "aws_subnet.b": { fate: "update", dependsOn: ["aws_vpc.a"] } },
      }),
    });
    const as = (edge: string, certain: boolean): string => {
      const text = JSON.stringify(report).replace(
        '"edge":"state","certain":true',
        `"edge":"${edge}","certain":${certain}`,
      );
      return /^ {2}n0 -> n1 (.*);$/m.exec(renderDot(JSON.parse(text), { verbosity: "normal" }))?.[1] ?? "";
    };
    expect(as("exact", true)).toBe('[arrowhead="normal", penwidth="1.5"]');
    expect(as("config", true)).toBe('[arrowhead="normal", penwidth="0.7"]');
    expect(as("state", true)).toBe('[arrowhead="normal", style="dashed"]');
    expect(as("value", false)).toBe('[arrowhead="empty", style="dotted", penwidth="1.5", label="value"]');
    expect(as("erased", true)).toBe('[arrowhead="normal", style="dotted", penwidth="1.5", label="erased"]');
  });
});

describe("names", () => {
  const hostile = [
    ...[
      '"',
      '"]',
      '"];',
      '"]; n1 -> n2',
      '\\"',
      "\\",
      "\\\\",
      "a\\",
      '\\\\"',
      "\\N",
      "\\G",
      "\\l",
      "\\n",
      "a\nb",
      "\r\n",
    ],
    ...["node", "graph", "edge", "subgraph x {", "strict", "}", "{", "{a|b}", "|", "<", ">", "<b>x</b>", "<<b>x</b>>"],
    ...[
      "&lt;",
      "&amp;",
      "&#60;",
      "&nbsp;",
      "&",
      "<script>alert(1)</script>",
      "]]>",
      "<!-- x -->",
      "--",
      "->",
      ";",
      ",",
    ],
    ...[
      "// x",
      "/* x */",
      "# x",
      "=",
      "a=b",
      "URL=x",
      "%",
      "$",
      "`",
      "'",
      "~",
      "^",
      "end",
      "click",
      "%% x",
      "+",
      '" + "',
    ],
    ...["\u202eevil\u202c", "zero\u200bwidth", "\u2028", "\ufeffbom", "\u0000nul", "\u001b[31m", "\u00adsoft", "\t"],
    ...[
      "\u{e0041}tag",
      "no\u00a0break",
      "\ud800lone",
      "emoji 😀",
      "日本語",
      "é",
      "__proto__",
      "constructor",
      "",
      "(",
      ")",
    ],
  ];
  const named = (name: string): Record<string, SmallObject> => ({
    [`aws_vpc.a[${JSON.stringify(name)}]`]: { fate: "replace" },
    [`module.m[${JSON.stringify(name)}].aws_vpc.b`]: { fate: "replace", dependsOn: ["aws_vpc.a"] },
    [`aws_vpc.${name}`]: { fate: "replace" },
  });

  test("are many", () => {
    expect(new Set(hostile).size).toBeGreaterThan(70);
  });

  test.each(hostile.map((name) => [JSON.stringify(name), name]))("%s is only a name", async (_, name) => {
    expectValid(await drawn(named(name)));
  });

  test.runIf(graphviz)("are drawn as they are", async () => {
    const objects = Object.fromEntries(
      hostile.map((name) => [`aws_vpc.a[${JSON.stringify(name)}]`, "replace" as const]),
    );
    const modules = hostile.map((name) => [`module.m[${JSON.stringify(name)}].aws_vpc.b`, "replace" as const] as const);
    const { nodes, groups, elements } = svgOf(await drawn({ ...objects, ...Object.fromEntries(modules) }));
    const expected = Object.keys(objects).toSorted();
    expect(
      nodes
        .map(([name = ""]) => name)
        .filter((name) => name !== "aws_vpc.b")
        .toSorted(),
    ).toEqual(expected);
    expect(groups.toSorted()).toEqual(modules.map(([address]) => address.slice(0, -".aws_vpc.b".length)).toSorted());
    const harmless = ["a", "g", "path", "polygon", "polyline", "svg", "text", "title"];
    expect(elements.filter((name) => !harmless.includes(name))).toEqual([]);
  });
});
