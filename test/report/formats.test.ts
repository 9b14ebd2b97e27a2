/** Six scenarios in every format, as files under goldens/formats/ (written anew with UPDATE_GOLDENS=1), and valid in each. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type FormatName, type RenderOptions, render } from "../../src/index.ts";
import { expectCodeQuality, expectJunit, expectSarif } from "../support/format-schemas.ts";
import { SCENARIOS } from "../support/scenarios.ts";

const OPTIONS: RenderOptions = { color: false, verbosity: "normal" };

const FILES: Readonly<Partial<Record<FormatName, string>>> = {
  markdown: "comment.md",
  sarif: "sarif.json",
  junit: "junit.xml",
  github: "github.txt",
  gitlab: "gitlab.json",
};
const FORMATS = Object.entries(FILES) as [FormatName, string][];

describe.each(Object.entries(SCENARIOS))("%s", (name, scenario) => {
  test.each(FORMATS)("%s", async (format, file) => {
    const text = await render(await scenario(), format, OPTIONS);
    const path = join(import.meta.dirname, "goldens/formats", name, file);
    if (process.env["UPDATE_GOLDENS"] === "1") {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    expect(text).toBe(readFileSync(path, "utf8"));
  });

  test("is what the programs that read it want", async () => {
    const report = await scenario();
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
