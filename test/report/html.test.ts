/** The page as a file: what it says without a script, that it loads nothing, and that its data is the report. */

import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type RenderOptions, type Report, render } from "../../src/index.ts";
import { barOf } from "../../src/report/html/bar.ts";
import { attributeOf, elementsIn, partsOf, skeletonOf, textOf } from "../support/page-tree.ts";
import { SCENARIOS } from "../support/scenarios.ts";
import { firebreak, fixture } from "../support/world.ts";

const OPTIONS: RenderOptions = { color: false, verbosity: "normal" };
const pageOf = (report: Report): Promise<string> => render(report, "html", OPTIONS);

describe.each(Object.entries(SCENARIOS))("%s", (_, scenario) => {
  test("the page's data is the report, and nothing else", async () => {
    const report = await scenario();
    const { data } = partsOf(await pageOf(report));
    expect(JSON.parse(data)).toEqual(report);
    expect(data).not.toMatch(/[<\u2028\u2029]/);
  });

  test("its policy allows its own script and style, and nothing else", async () => {
    const html = await pageOf(await scenario());
    const { script, style } = partsOf(html);
    const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const meta = elementsIn(html).find((element) => attributeOf(element, "http-equiv") === "Content-Security-Policy");
    const policy = meta === undefined ? "" : (attributeOf(meta, "content") ?? "");
    const directives = new Map(policy.split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1)]));
    expect(directives.get("default-src")).toEqual(["'none'"]);
    expect(directives.get("script-src")).toEqual([hash(script)]);
    expect(directives.get("style-src")).toEqual([hash(style)]);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  test("nothing in it leads out of it, and no attribute is a script or a style", async () => {
    const elements = elementsIn(await pageOf(await scenario()));
    const attributes = elements.flatMap(({ attrs }) => attrs);
    expect(attributes.filter(({ name }) => /^(on.*|style|src|srcdoc|action|ping)$/.test(name))).toEqual([]);
    const links = attributes.filter(({ name }) => name === "href").map(({ value }) => value);
    expect(links.filter((link) => !link.startsWith("#") && link !== "data:,")).toEqual([]);
    const ids = attributes.filter(({ name }) => name === "id").map(({ value }) => value);
    expect(new Set(ids).size).toBe(ids.length);
    expect(links.filter((link) => link.startsWith("#")).map((link) => link.slice(1))).toEqual(
      expect.not.arrayContaining([expect.not.stringMatching(new RegExp(`^(${ids.join("|")})$`))]),
    );
  });

  test("has one heading of the first level, and sections that are named", async () => {
    const elements = elementsIn(await pageOf(await scenario()));
    expect(elements.filter(({ tagName }) => tagName === "h1")).toHaveLength(1);
    for (const section of elements.filter(({ tagName }) => tagName === "section")) {
      const title = elements.find((element) => attributeOf(element, "id") === attributeOf(section, "aria-labelledby"));
      expect(title === undefined ? "" : textOf(title)).not.toBe("");
    }
  });
});

test("the same report is the same bytes", async () => {
  const report = await SCENARIOS["findings"]?.();
  if (report === undefined) throw new Error("there is no such scenario");
  expect(await pageOf(report)).toBe(await pageOf(report));
  expect(skeletonOf(await pageOf(report))).toContain("<main");
});

test("check, graph and report write the same page of the same plan", async () => {
  const plan = fixture("story/plan.json");
  const said = await firebreak([
    "check",
    plan,
    "--actor",
    "agent",
    "--format",
    "html=page.html",
    "--format",
    "json=r.json",
  ]);
  expect([said.code, said.stdout.slice(0, 4)]).toEqual([1, "FAIL"]);
  const [page = "", json = ""] = ["page.html", "r.json"].map((name) => said.files.get(name));
  expect(JSON.parse(partsOf(page).data)).toEqual(JSON.parse(json));
  const again = await firebreak(["report", "--from", "-", "--format", "html"], { stdin: json });
  expect([again.code, again.stdout]).toEqual([1, page]);
  const graph = await firebreak(["graph", plan, "--format", "html=graph.html"]);
  expect([graph.code, graph.stdout]).toEqual([0, ""]);
  expect(graph.files.get("graph.html")).toContain('id="radius-view"');
});

describe("a bar", () => {
  test("that keeps the limit ends before it", () => {
    expect(barOf({ limit: 25, actual: { lower: 5, upper: 10 } })).toEqual({
      certain: 17.86,
      possible: 35.71,
      limit: 89.29,
      open: false,
    });
  });

  test("over a limit of nothing begins at it", () => {
    expect(barOf({ limit: 0, actual: { lower: 6, upper: 6 } })).toMatchObject({ certain: 89.29, limit: 0 });
  });

  test("whose end nobody knows reaches over the edge, and past the limit", () => {
    const bar = barOf({ limit: 25, actual: { lower: 0, upper: null } });
    expect(bar).toEqual({ certain: 0, possible: 100, limit: 62.5, open: true });
  });

  test("of nothing, where nothing is allowed, is empty", () => {
    expect(barOf({ limit: 0, actual: { lower: 0, upper: 0 } })).toEqual({
      certain: 0,
      possible: 0,
      limit: 0,
      open: false,
    });
  });
});
