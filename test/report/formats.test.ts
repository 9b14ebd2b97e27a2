/**
 * Six scenarios in every format, as files under goldens/formats/ (written anew with UPDATE_GOLDENS=1), and valid in each.
 * Of what nobody reads to its end there is the beginning, the end, and a digest of the whole.
 */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { FORMATS, type FormatName, type RenderOptions, render } from "../../src/index.ts";
import { expectCodeQuality, expectJunit, expectSarif } from "../support/format-schemas.ts";
import { partsOf } from "../support/page-tree.ts";
import { expectValidReport } from "../support/report-schema.ts";
import { SCENARIOS } from "../support/scenarios.ts";

const OPTIONS: RenderOptions = { color: false, verbosity: "normal" };

const FILES: Readonly<Record<FormatName, string>> = {
  pretty: "pretty.txt",
  json: "report.json",
  markdown: "comment.md",
  sarif: "sarif.json",
  junit: "junit.xml",
  github: "github.txt",
  gitlab: "gitlab.json",
  html: "page.html",
  mermaid: "radius.mmd",
  dot: "radius.dot",
};

describe.each(Object.entries(SCENARIOS))("%s", (name, scenario) => {
  test.each(FORMATS)("%s", async (format) => {
    const text = golden(await render(await scenario(), format, OPTIONS), format);
    const path = join(import.meta.dirname, "goldens/formats", name, FILES[format]);
    if (process.env["UPDATE_GOLDENS"] === "1") {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    expect(text).toBe(readFileSync(path, "utf8"));
  });

  test("is what the programs that read it want", async () => {
    const report = await scenario();
    expectValidReport(JSON.parse(await render(report, "json", OPTIONS)));
    const { runs } = expectSarif(await render(report, "sarif", OPTIONS));
    expect(runs[0].results).toHaveLength(report.findings.length);
    expect(runs[0].invocations[0].executionSuccessful).toBe(report.verdict !== "undecided");
    const issues = expectCodeQuality(await render(report, "gitlab", OPTIONS));
    expect(issues).toHaveLength(report.findings.length + report.errors.length);
    const tests = expectJunit(await render(report, "junit", OPTIONS));
    expect(tests.length).toBeGreaterThan(0);
    expect(new Set(tests.map((one) => one.name)).size).toBe(tests.length);
    const stopped = tests.some(({ outcome }) => outcome === "failure" || outcome === "error");
    expect(stopped).toBe(report.verdict !== "pass");
  });
});

/** So much is read, of the beginning and of the end of what is longer. */
const MOST_BYTES = 30_000;
const BEGINNING = 60;
const END = 20;

function golden(text: string, format: FormatName): string {
  const readable = format === "html" ? readablePage(text) : text;
  if (Buffer.byteLength(readable) <= MOST_BYTES) return readable;
  const lines = readable.split("\n");
  const digest = createHash("sha256").update(readable).digest("hex");
  const left = `[... ${lines.length - BEGINNING - END} of ${lines.length} lines are not kept; ${readable.length} signs, sha256 ${digest}]`;
  return [...lines.slice(0, BEGINNING), left, ...lines.slice(-END)].join("\n");
}

/** A line an element, without the script, the style and their hashes, and without the data, which is the report as JSON. */
function readablePage(html: string): string {
  const { script, style, data } = partsOf(html);
  return [script, style, data]
    .reduce((page, part) => page.replace(part, () => ""), html)
    .replace(/sha256-[\w+/=]{44}/g, "sha256-HASH")
    .replaceAll("><", ">\n<");
}
