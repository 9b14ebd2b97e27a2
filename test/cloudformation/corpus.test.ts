/** Change sets that AWS answered: what is claimed, against what AWS then did. Prints the numbers. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check, type PlanReport, type Report } from "../../src/index.ts";
import { corpusFolder, readJson, sayMissing } from "../support/corpus.ts";
import { expectValidReport } from "../support/report-schema.ts";

interface Entry {
  readonly file: string;
  readonly observed?: Readonly<Record<string, Observed>>;
  readonly templates?: { readonly before?: string; readonly after?: string };
}

/** What stack events showed of a resource. */
interface Observed {
  readonly statuses: readonly string[];
  readonly replaced: boolean;
  readonly updated: boolean;
  /** Deletions at the end may be of the clean-up that followed. */
  readonly eventsIncludeLaterStackDeletion?: boolean;
}

const folder = corpusFolder("cloudformation");
if (folder === undefined) sayMissing("the corpus of recorded change sets");
const entries = folder === undefined ? [] : readJson<{ entries: Entry[] }>(folder, "MANIFEST.json").entries;
const NOW = new Date("2026-01-31T12:00:00Z");

const bytesOf = (file: string): Uint8Array => readFileSync(join(folder ?? "", file));

async function reportOn(...files: readonly string[]): Promise<Report> {
  const report = await check(
    files.map((file) => ({ input: file, bytes: bytesOf(file) })),
    { now: NOW },
  );
  expectValidReport(report);
  return report;
}

/** Addresses that end: surely, and perhaps. */
function endings({ changes }: PlanReport): { sure: string[]; all: string[] } {
  const all = changes.filter(({ certainty }) => certainty !== undefined);
  return {
    sure: all.filter(({ certainty }) => certainty === "certain").map(({ address }) => address),
    all: all.map(({ address }) => address),
  };
}

/**
 * Whether AWS ended the object. Where a later clean-up deleted everything, a deletion proves nothing by itself: a resource that
 * was only updated or left alone is deleted once, one that was replaced is marked as such.
 */
function truth({ replaced, statuses, eventsIncludeLaterStackDeletion }: Observed): boolean | undefined {
  if (replaced) return true;
  const deleted = statuses.includes("DELETE_COMPLETE");
  if (!deleted) return false;
  return eventsIncludeLaterStackDeletion ? undefined : true;
}

describe.runIf(folder !== undefined)("recorded change sets", () => {
  test("every one is judged, or undecided in one sentence", async () => {
    const tally = new Map<string, number>();
    for (const { file } of entries) {
      const report = await reportOn(file);
      expect(report.plans, file).toHaveLength(1);
      expect(report.plans[0]?.kind, file).toBe("cloudformation-change-set");
      for (const { message, hint } of report.errors) {
        expect(message, file).not.toContain("\n");
        expect(hint, file).toMatch(/aws cloudformation/);
      }
      tally.set(report.verdict, (tally.get(report.verdict) ?? 0) + 1);
    }
    console.log(
      `${entries.length} recorded change sets: ${[...tally].map(([name, count]) => `${count} ${name}`).join(", ")}`,
    );
    expect(entries.length).toBeGreaterThanOrEqual(62);
  });

  test("no object that AWS ended is missed, and none is claimed that lived on", async () => {
    const counts = { observed: 0, ended: 0, found: 0, missed: 0, proven: 0, wrong: 0, possible: 0, replacedWrongly: 0 };
    for (const { file, observed } of entries) {
      if (observed === undefined) continue;
      const [plan] = (await reportOn(file)).plans;
      if (plan === undefined) throw new Error(file);
      const { sure, all } = endings(plan);
      for (const [logicalId, seen] of Object.entries(observed)) {
        const ended = truth(seen);
        counts.observed++;
        if (ended === true) {
          counts.ended++;
          if (all.includes(logicalId)) counts.found++;
          else counts.missed++;
        }
        if (ended === false && sure.includes(logicalId)) counts.wrong++;
        // Whatever the clean-up did, a replacement would have left its mark.
        const replaces = plan.changes.some(({ address, action }) => address === logicalId && action === "replace");
        if (replaces && !seen.replaced) counts.replacedWrongly++;
      }
      counts.proven += sure.length;
      counts.possible += all.length - sure.length;
    }
    console.log(`against what AWS did: ${JSON.stringify(counts)}`);
    expect(counts).toMatchObject({ missed: 0, wrong: 0, replacedWrongly: 0, found: counts.ended });
    expect(counts.ended).toBeGreaterThanOrEqual(15);
  });

  test("what is removed and what is replaced is what AWS says, word by word", async () => {
    for (const { file } of entries) {
      const [plan] = (await reportOn(file)).plans;
      const text = readFileSync(join(folder ?? "", file), "utf8");
      const count = (pattern: RegExp): number => [...text.matchAll(pattern)].length;
      expect(plan?.summary.delete, file).toBe(count(/"action": "Remove"/gi));
      // "Replacement": "True" stands on additions too, and means nothing there.
      expect(plan?.summary.create, file).toBe(count(/"action": "Add"/gi));
    }
  });

  test("the two descriptions of one change set together name what either does", async () => {
    let pairs = 0;
    let added = 0;
    for (const { file } of entries) {
      const values = file.replace(/__cs2\.json$/, "__cs2-values.json");
      if (values === file || !entries.some((entry) => entry.file === values)) continue;
      const [[plain], [rich], both] = [
        (await reportOn(file)).plans,
        (await reportOn(values)).plans,
        await reportOn(file, values),
      ];
      expect(both.plans, file).toHaveLength(1);
      const [union] = both.plans;
      const addresses = (plan: PlanReport | undefined): string[] => plan?.changes.map(({ address }) => address) ?? [];
      expect(addresses(union), file).toEqual([...new Set([...addresses(plain), ...addresses(rich)])].sort());
      expect(union?.totals.ended, file).toEqual(plain?.totals.ended);
      added += addresses(union).length - addresses(rich).length;
      pairs++;
    }
    console.log(`${pairs} change sets described twice; the description with values leaves out ${added} resources`);
    expect(pairs).toBeGreaterThanOrEqual(20);
    expect(added).toBeGreaterThan(0);
  });

  test("a nested change set stands under its parent", async () => {
    const report = await reportOn("trek10-cfn-changeset-viewer/nested.json");
    expect(report.plans[0]?.totals.ended).toEqual({ lower: 0, upper: null });
  });

  test("AWS's warning that the description has holes is undecided", async () => {
    const { verdict, errors } = await reportOn(
      "localstack/change_set_exports_imports__cs_import_non_existent_export__describe_with_values.json",
    );
    expect(verdict).toBe("undecided");
    expect(errors[0]?.code).toBe("incomplete-change-set");
    const both = await reportOn(
      "localstack/change_set_exports_imports__cs_import_non_existent_export__describe_with_values.json",
      "localstack/change_set_exports_imports__cs_import_non_existent_export__describe.json",
    );
    expect(both.verdict).toBe("pass");
  });
});
