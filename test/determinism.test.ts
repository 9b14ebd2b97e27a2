/** Same input, same bytes; and the order in which a plan happens to list things changes nothing but its digest. */

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check, render } from "../src/index.ts";
import type { Json } from "./support/plan.ts";
import { firebreak, fixture } from "./support/world.ts";

const CASES = [
  "story",
  "terraform/many-instances",
  "terraform/no-survivors-module",
  "terraform/dependents-for-each-shrinks",
  "terraform/deposed-and-replace",
  "terraform/dependents-moved",
  "terraform/checks-failing",
];
const planFile = (name: string): string => fixture(name, "plan.json");

/** The report in every format, without the digest of the bytes. */
async function rendered(plan: Json): Promise<string> {
  const bytes = Buffer.from(JSON.stringify(plan));
  const now = new Date("2026-01-31T12:00:00Z");
  const report = await check([{ input: "plan.json", bytes }], { now, actor: "agent", environment: "production" });
  const pretty = await render(report, "pretty", { color: false, verbosity: "verbose", width: 100 });
  const json = await render(report, "json", { color: false, verbosity: "normal" });
  return pretty + json.replace(/"digest": "sha256:[0-9a-f]{64}"/, "");
}

/** Lists of which the order means nothing, by the key that they stand under. */
const UNORDERED = new Set(["resource_changes", "resource_drift", "resources", "child_modules", "depends_on", "checks"]);

/** Objects of which the order of keys means nothing, by the key that they stand under. */
const MAPS = new Set(["module_calls", "outputs", "expressions", "variables", "provider_config"]);

/** The same plan written in another order, wherever order means nothing. */
function reordered(value: unknown, shuffle: <Item>(items: readonly Item[]) => Item[], key = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => reordered(item, shuffle));
    return UNORDERED.has(key) ? shuffle(items) : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, reordered(inner, shuffle, name)] as const);
  return Object.fromEntries(MAPS.has(key) ? shuffle(entries) : entries);
}

/** Fisher and Yates, with numbers that fast-check hands out. */
function shuffler(seed: number): <Item>(items: readonly Item[]) => Item[] {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return (items) => {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = next(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other] as never, shuffled[last] as never];
    }
    return shuffled;
  };
}

describe("two runs", () => {
  test.each(["pretty", "json"])("write the same %s", async (format) => {
    const argv = ["check", ...CASES.map(planFile), "--format", format, "--verbose", "--now", "2026-01-31T12:00:00Z"];
    const [first, second] = [await firebreak(argv), await firebreak(argv)];
    expect(first.stdout.length).toBeGreaterThan(10_000);
    expect(second).toEqual(first);
  });

  test("that read a plan from a file and from standard input differ in its name alone", async () => {
    const argv = ["--format", "json", "--now", "2026-01-31T12:00:00Z"];
    const [file, stdin] = [
      await firebreak(["check", planFile("story"), ...argv]),
      await firebreak(["check", "-", ...argv], { stdin: readFileSync(planFile("story")) }),
    ];
    const anonymous = (text: string) => {
      const { findings, plans, ...rest } = JSON.parse(text.replaceAll(JSON.stringify(planFile("story")), '"-"'));
      return { ...rest, plans, findings: findings.map((finding: Json) => ({ ...finding, fingerprint: "" })) };
    };
    expect(anonymous(file.stdout)).toEqual(anonymous(stdin.stdout));
  });
});

describe("order", () => {
  test.each(CASES)("in %s decides nothing", async (name) => {
    const plan: Json = JSON.parse(readFileSync(planFile(name), "utf8"));
    const expected = await rendered(plan);
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const other = reordered(plan, shuffler(seed)) as Json;
        expect(await rendered(other)).toBe(expected);
      }),
      { seed: 20260131, numRuns: 12 },
    );
  });

  test("is really changed by the shuffles, and content is not", () => {
    const plan: Json = JSON.parse(readFileSync(planFile("story"), "utf8"));
    const other = reordered(plan, shuffler(1)) as Json;
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(plan));
    const sorted = (value: unknown) => [...JSON.stringify(value)].sort().join("");
    expect(sorted(other)).toBe(sorted(plan));
  });

  test("of top-level sections decides nothing", async () => {
    const plan: Json = JSON.parse(readFileSync(planFile("story"), "utf8"));
    const backwards = Object.fromEntries(Object.entries(plan).reverse());
    expect(await rendered(backwards)).toBe(await rendered(plan));
  });
});
