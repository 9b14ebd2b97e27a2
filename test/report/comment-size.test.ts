/** A comment stays within what its host takes, whole, and says how much it leaves out. */

import { expect, test } from "vitest";
import { type RenderOptions, type Report, render } from "../../src/index.ts";
import { reportOn, SCENARIOS, STORY } from "../support/scenarios.ts";
import { many, smallPlan } from "../support/small-plan.ts";

const HOSTS = { github: 65_536, gitlab: 1_000_000, bitbucket: 32_768, azure: 150_000 } as const;
const HOST_LIST = Object.entries(HOSTS) as [keyof typeof HOSTS, number][];

function comment(report: Report, more: Partial<RenderOptions>): Promise<string> {
  return render(report, "markdown", { color: false, verbosity: "normal", ...more });
}

/** Nothing is left open, and nothing is cut. */
function expectWhole(text: string): void {
  expect((text.match(/^ *```/gm) ?? []).length % 2).toBe(0);
  expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  for (const line of text.split("\n")) {
    if (line.startsWith("|")) expect(line).toMatch(/\|$/);
    expect((line.match(/`/g) ?? []).length % 2, line).toBe(line.trim().startsWith("```") ? 1 : 0);
  }
}

test.each(HOST_LIST)("3,000 changes on %s", async (host, most) => {
  for (const verbosity of ["quiet", "normal", "verbose"] as const) {
    const text = await comment(await (SCENARIOS["huge"] ?? (() => Promise.reject()))(), { host, verbosity });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
    expectWhole(text);
    if (verbosity === "quiet") continue;
    const items = text.slice(text.indexOf("Everything that ends")).split("What else happens")[0] ?? "";
    const shown = items.match(/^- `/gm)?.length ?? 0;
    const hidden = Number(/^- … (\d+) more$/m.exec(items)?.[1] ?? 0);
    expect(shown + hidden).toBe(2940);
    expect(/^- `[^`]*/m.exec(items)?.[0]).toContain("aws_db_instance");
  }
});

test.each(HOST_LIST)("long names of many bytes on %s", async (host, most) => {
  const objects = Object.fromEntries(
    Array.from({ length: 400 }, (_, index) => [`aws_s3_bucket.b["${"語".repeat(300)}${index}"]`, "delete" as const]),
  );
  const text = await comment(await reportOn({ "plan.json": smallPlan({ objects }) }, { actor: "agent" }), { host });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
  expectWhole(text);
});

test.each(HOST_LIST)("600 plans on %s", async (host, most) => {
  const plan = smallPlan({ objects: many(3, "aws_s3_bucket", "delete") });
  const plans = Object.fromEntries(
    Array.from({ length: 600 }, (_, index) => [`stacks/number-${index}/plan.json`, plan]),
  );
  const text = await comment(await reportOn(plans, { actor: "agent" }), { host });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
  expectWhole(text);
  const rows = text.match(/^\| `stacks/gm)?.length ?? 0;
  const hidden = Number(/^\| … (\d+) more plans/m.exec(text)?.[1] ?? 0);
  expect(rows + hidden).toBe(600);
});

test("HTML and pictures only where the host shows them", async () => {
  const report = await reportOn({ "plan.json": STORY }, { actor: "agent" });
  const bitbucket = await comment(report, { host: "bitbucket" });
  expect(bitbucket).not.toMatch(/<[a-z/]|mermaid/);
  expect(bitbucket.length).toBeLessThan(8_000);
  expect(await comment(report, { host: "azure" })).not.toContain("mermaid");
  expect(await comment(report, { host: "gitlab" })).toContain("```mermaid");
});

test("the worst comes first, and the first lines stay short", async () => {
  const text = await comment(await reportOn({ "plan.json": STORY }, { actor: "agent" }), {});
  const [title = "", sentence = ""] = text.split("\n");
  expect(title.length).toBeLessThan(120);
  expect(sentence.length).toBeLessThan(250);
  const places = ["What would be lost", "```mermaid", "What would help", "Everything that ends", "not be seen"];
  const found = places.map((place) => text.indexOf(place));
  expect(found).toEqual([...found].sort((left, right) => left - right));
  expect(found[0]).toBeGreaterThan(0);
});

test("a pass in which nothing ends is two lines", async () => {
  const text = await comment(await (SCENARIOS["clean"] ?? (() => Promise.reject()))(), {});
  expect(text.trimEnd().split("\n")).toHaveLength(2);
});

test("links lead to pages only", async () => {
  const report = await reportOn({ "plan.json": STORY }, { actor: "agent" });
  const linked = async (reportUrl: string): Promise<string | undefined> =>
    /\[full report\]\(([^)]*)\)/.exec(await comment(report, { reportUrl }))?.[1];
  expect(await linked("https://ci.example/runs/1")).toBe("https://ci.example/runs/1");
  expect(await linked("javascript:alert(1)")).toBeUndefined();
  expect(await linked("no address")).toBeUndefined();
  expect(await linked("https://ci.example/a(b)")).toBe("https://ci.example/a%28b%29");
});
