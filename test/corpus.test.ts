/** Plans of public repositories: every one is judged, or refused in one sentence. Prints whether a team could live with it. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check, FirebreakError, type Report, type Verdict } from "../src/index.ts";
import { corpusFolder, readJson, sayMissing } from "./support/corpus.ts";

interface ManifestEntry {
  readonly file: string;
  /** Actions of `resource_changes` as they stand in the file, e.g. `"delete+create": 2`. */
  readonly counts: Readonly<Record<string, number>>;
  /** `ok`, or why the collector's own reader could not count. */
  readonly parse: string;
}

const folder = corpusFolder("terraform");
if (folder === undefined) sayMissing("the corpus of public plans");

const ACTORS = ["agent", "unknown", "human"] as const;
const NOW = new Date("2026-01-31T12:00:00Z");

describe.runIf(folder !== undefined)("public plans", () => {
  const root = folder ?? "";
  const files = folder === undefined ? [] : readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
  const plans = files.filter((file) => /\.json$/.test(file) && file !== "MANIFEST.json");
  const read = (file: string) => ({ input: file, bytes: readFileSync(join(root, file)) });

  test("each is judged, or refused in one sentence that says what to do", async () => {
    expect(plans.length).toBeGreaterThan(300);
    const tally = new Map(ACTORS.map((actor) => [actor, new Map<Verdict | "ends", number>()]));
    for (const file of plans) {
      for (const actor of ACTORS) {
        const report = await judged(() => check([read(file)], { actor, now: NOW }), file);
        const counts = tally.get(actor);
        const ends = report?.plans.some(({ totals }) => totals.ended.upper !== 0) ?? false;
        if (!report || !counts || !ends) continue;
        counts.set("ends", (counts.get("ends") ?? 0) + 1);
        counts.set(report.verdict, (counts.get(report.verdict) ?? 0) + 1);
      }
    }
    console.log(tableOf(tally));
  });

  test("counts are those of the list of changes", async () => {
    const { files: entries } = readJson<{ files: readonly ManifestEntry[] }>(root, "MANIFEST.json");
    let compared = 0;
    for (const { file, counts, parse } of entries) {
      if (parse !== "ok") continue;
      const report = await check([read(file)], { now: NOW }).catch(() => undefined);
      const [plan] = report?.plans ?? [];
      if (!plan || report?.plans.length !== 1) continue;
      const of = (name: string): number => counts[name] ?? 0;
      // A pure import or move is a no-op in the file.
      const { noop, import: imported, move, ...rest } = plan.summary;
      expect({ ...rest, noop: noop + imported + move }, file).toEqual({
        create: of("create"),
        update: of("update"),
        delete: of("delete"),
        replace: of("replace_delete_first") + of("replace_create_first"),
        forget: of("forget"),
        read: of("read"),
        noop: of("no-op"),
        unknown: Object.keys(counts)
          .filter((name) => name.startsWith("other:"))
          .reduce((sum, name) => sum + of(name), 0),
      });
      compared++;
    }
    expect(compared).toBeGreaterThan(300);
  });
});

async function judged(run: () => Promise<Report>, file: string): Promise<Report | undefined> {
  try {
    const report = await run();
    if (report.verdict === "undecided") expect(report.errors.length, file).toBeGreaterThan(0);
    return report;
  } catch (error) {
    expect(error, file).toBeInstanceOf(FirebreakError);
    expect((error as FirebreakError).message, file).not.toContain("\n");
    expect((error as FirebreakError).hint, file).toBeTruthy();
    return undefined;
  }
}

function tableOf(tally: ReadonlyMap<string, ReadonlyMap<string, number>>): string {
  const columns = ["ends", "pass", "review", "fail", "undecided"];
  const rows = [...tally].map(([actor, counts]) => [
    actor,
    ...columns.map((column) => String(counts.get(column) ?? 0)),
  ]);
  const lines = [["plans that end something", ...columns], ...rows];
  return lines
    .map(([name = "", ...cells]) => name.padEnd(26) + cells.map((cell) => cell.padStart(11)).join(""))
    .join("\n");
}
