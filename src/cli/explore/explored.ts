/** A report as the explorer walks it: changes with what is shown and found of them, ready before the first key. */

import { compareText, parseAddress, splitAddress, withoutKeys } from "../../model/address.ts";
import type { AffectedObject } from "../../model/blast.ts";
import type { PlanReport, Report, ReportedChange, ReportedFinding } from "../../model/report.ts";
import { isEnding, losesData, worstFirst } from "../../report/severity.ts";
import { shown } from "./text.ts";

/** A line of the source that has to do with a change: where it is, and what stands there. Never a value. */
export interface SourceLine {
  readonly place: string;
  readonly what: string;
}

export interface Entry {
  /** Its place in `Explored.entries`. */
  readonly index: number;
  /** Its plan's place in the report. */
  readonly plan: number;
  readonly change: ReportedChange;
  /** The address, with the deposed key behind it, to be shown. */
  readonly name: string;
  /** The module instance it lies in; `""` for the root. */
  readonly module: string;
  /** The name within that module. */
  readonly shortName: string;
  readonly severity: Severity;
  /** What is looked through for what somebody types, in small letters. */
  readonly searched: string;
}

/** What ends with its data, with an identity, or so that it can be had again; in ordinary work; and what lives on. */
export type Severity = "data" | "identity" | "ends" | "routine" | "changes";

/** An ending object that another one depends on, and how. */
export interface Reached {
  readonly entry: number;
  readonly object: AffectedObject;
}

export interface Explored {
  readonly report: Report;
  /** The worst first, over all plans; then what lives on. */
  readonly entries: readonly Entry[];
  /** Places of the changes of an object. */
  readonly changesOf: (plan: number, address: string) => readonly number[];
  /** The ending objects that an object depends on, the nearest first. */
  readonly causesOf: (plan: number, address: string) => readonly Reached[];
  readonly findingsOf: (entry: Entry) => readonly ReportedFinding[];
  readonly sourceOf: (entry: Entry) => readonly SourceLine[];
}

export function explored(report: Report, sourceOf: Explored["sourceOf"] = () => []): Explored {
  const entries = entriesOf(report);
  const changes = groupedBy(entries, ({ plan, change }) => keyOf(plan, change.address));
  const findings = groupedBy(report.findings, ({ address = "" }) => address);
  const causes = causesIn(entries);
  return {
    report,
    entries,
    changesOf: (plan, address) => (changes.get(keyOf(plan, address)) ?? []).map(({ index }) => index),
    causesOf: (plan, address) => causes.get(keyOf(plan, address)) ?? [],
    findingsOf: ({ plan, change }) =>
      [...surrounding(change.address)]
        .flatMap((address) => findings.get(address) ?? [])
        .filter(({ input }) => input === undefined || input === report.plans[plan]?.input),
    sourceOf,
  };
}

function keyOf(plan: number, address: string): string {
  return `${plan} ${address}`;
}

function groupedBy<T>(all: readonly T[], keyOfOne: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOfOne(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

/** The address itself, its resource without keys, and every module around it: findings are about any of these. */
function surrounding(address: string): ReadonlySet<string> {
  const { module, resource, config } = parseAddress(address);
  const around = new Set([address, resource, config]);
  const steps = module === "" ? [] : splitAddress(module);
  for (let end = steps.length; end > 0; end -= 2) {
    const outer = steps.slice(0, end).join(".");
    around.add(outer).add(withoutKeys(outer));
  }
  return around;
}

/** What does not end, the most telling first. */
const LIVING = ["unknown", "update", "forget", "move", "import", "create"];

function entriesOf({ plans }: Report): Entry[] {
  const planOf = new Map<ReportedChange, number>();
  plans.forEach(({ changes }, place) => {
    for (const change of changes) planOf.set(change, place);
  });
  const all = plans.flatMap(({ changes }) => changes);
  const living = all
    .filter((change) => !isEnding(change))
    .sort(
      (left, right) =>
        LIVING.indexOf(left.action) - LIVING.indexOf(right.action) || compareText(left.address, right.address),
    );
  return [...worstFirst(all), ...living].map((change, index) => {
    const plan = planOf.get(change) ?? 0;
    return toEntry(change, plan, index, plans[plan]);
  });
}

function toEntry(
  change: ReportedChange,
  plan: number,
  index: number,
  { kind, input }: Partial<PlanReport> = {},
): Entry {
  // Resources of nested stacks are called `Parent/Child`.
  const slash = kind === "cloudformation-change-set" ? change.address.lastIndexOf("/") : -1;
  const module = slash < 0 ? parseAddress(change.address).module : change.address.slice(0, slash);
  const own = module === "" ? change.address : change.address.slice(module.length + 1);
  const deposed = change.deposed === undefined ? "" : ` (deposed ${change.deposed})`;
  const { location, losses, previousAddress, label, action, routine } = change;
  const words = [input, change.address, previousAddress, label, change.type, action, change.kind, location?.file];
  return {
    index,
    plan,
    change,
    name: shown(`${change.address}${deposed}`),
    module,
    shortName: shown(`${own}${deposed}`),
    severity: severityOf(change),
    searched: [...words, ...losses, ...(routine ? ["routine"] : [])].filter(Boolean).join("\n").toLowerCase(),
  };
}

function severityOf(change: ReportedChange): Severity {
  if (!isEnding(change)) return "changes";
  if (losesData(change)) return "data";
  if (change.routine && !change.counted) return "routine";
  return change.losses.some((loss) => loss !== "configuration" && loss !== "data") ? "identity" : "ends";
}

function causesIn(entries: readonly Entry[]): ReadonlyMap<string, readonly Reached[]> {
  const causes = new Map<string, Reached[]>();
  for (const { plan, index, change } of entries) {
    for (const object of change.blastRadius.affected) {
      const key = keyOf(plan, object.address);
      const known = causes.get(key);
      if (known === undefined) causes.set(key, [{ entry: index, object }]);
      else known.push({ entry: index, object });
    }
  }
  for (const found of causes.values()) {
    found.sort((left, right) => left.object.distance - right.object.distance || left.entry - right.entry);
  }
  return causes;
}
