/** The list on the left: changes that match what was typed, in groups, in an order. */

import { compareText } from "../../model/address.ts";
import { formatCount } from "../../report/wording/index.ts";
import type { Entry, Explored } from "./explored.ts";
import { shown } from "./text.ts";

export const GROUPINGS = ["module", "action", "loss", "plan", "none"] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const SORTS = ["worst", "dependents", "address"] as const;
export type Sort = (typeof SORTS)[number];

/** How the list is looked at. A new object for each new way, since rows are remembered by it. */
export interface ListView {
  readonly grouping: Grouping;
  readonly sort: Sort;
  /** What was typed; every word has to be found, and those that begin with `!` must not be. */
  readonly query: string;
  /** Keys of groups that are folded. */
  readonly folded: ReadonlySet<string>;
}

export type Row =
  /** The change as a whole. */
  | { readonly kind: "overview" }
  | {
      readonly kind: "group";
      readonly key: string;
      readonly title: string;
      readonly entries: readonly number[];
      readonly noSurvivors: boolean;
    }
  | { readonly kind: "entry"; readonly entry: number };

export interface Rows {
  readonly rows: readonly Row[];
  /** Changes that match, those in folded groups included. */
  readonly matching: number;
}

const known = new WeakMap<ListView, { readonly of: Explored; readonly rows: Rows }>();

/** Reckoned once for each way of looking; moving about costs nothing. */
export function rowsOf(all: Explored, view: ListView): Rows {
  const before = known.get(view);
  if (before?.of === all) return before.rows;
  const rows = reckon(all, view);
  known.set(view, { of: all, rows });
  return rows;
}

/** Groupings that tell anything apart here. */
export function usefulGroupings(all: Explored): readonly Grouping[] {
  const several = (grouping: Grouping): boolean => {
    const first = all.entries[0];
    return first !== undefined && all.entries.some((entry) => keyIn(entry, grouping) !== keyIn(first, grouping));
  };
  return GROUPINGS.filter((grouping) => grouping === "none" || several(grouping));
}

function reckon(all: Explored, { grouping, sort, query, folded }: ListView): Rows {
  const found = sorted(matching(all.entries, query), sort);
  const overview: Row[] = query.trim() === "" ? [{ kind: "overview" }] : [];
  if (grouping === "none") {
    const flat = found.map(({ index }): Row => ({ kind: "entry", entry: index }));
    return { rows: [...overview, ...flat], matching: found.length };
  }
  const groups = new Map<string, Entry[]>();
  for (const entry of found) {
    const key = keyIn(entry, grouping);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  const rows: Row[] = overview;
  for (const [key, entries] of groups) {
    const [first] = entries;
    if (first === undefined) continue;
    const title = titleOf(all, first, grouping);
    const noSurvivors = grouping === "module" && hasNoSurvivors(all, first);
    rows.push({ kind: "group", key, title, entries: entries.map(({ index }) => index), noSurvivors });
    if (!folded.has(key)) for (const { index } of entries) rows.push({ kind: "entry", entry: index });
  }
  return { rows, matching: found.length };
}

function matching(entries: readonly Entry[], query: string): readonly Entry[] {
  const words = query
    .toLowerCase()
    .split(" ")
    .filter((word) => word !== "" && word !== "!");
  if (words.length === 0) return entries;
  return entries.filter(({ searched }) =>
    words.every((word) => (word.startsWith("!") ? !searched.includes(word.slice(1)) : searched.includes(word))),
  );
}

function sorted(entries: readonly Entry[], sort: Sort): readonly Entry[] {
  // Entries come the worst first.
  if (sort === "worst") return entries;
  const dependents = ({ change: { blastRadius } }: Entry): number => blastRadius.upper ?? blastRadius.lower + 1e9;
  return [...entries].sort((left, right) =>
    sort === "address"
      ? compareText(left.change.address, right.change.address) || left.index - right.index
      : dependents(right) - dependents(left) || left.index - right.index,
  );
}

function keyIn({ plan, module, change, severity }: Entry, grouping: Grouping): string {
  switch (grouping) {
    case "module":
      return `${plan} ${module}`;
    case "action":
      return `${change.action} ${change.order ?? ""}`;
    case "loss":
      return severity;
    case "plan":
      return String(plan);
    case "none":
      return "";
  }
}

function titleOf({ report }: Explored, { plan, module, change, severity }: Entry, grouping: Grouping): string {
  const input = shown(report.plans[plan]?.input ?? "");
  switch (grouping) {
    case "module":
      return `${report.plans.length > 1 ? `${input}: ` : ""}${module === "" ? "root module" : shown(module)}`;
    case "action":
      return change.order === undefined ? change.action : `${change.action}, ${change.order.replaceAll("-", " ")}`;
    case "loss":
      return LOSS_TITLES[severity];
    default:
      return input;
  }
}

const LOSS_TITLES: Readonly<Record<Entry["severity"], string>> = {
  data: "data is lost",
  identity: "an endpoint, address or other identity is lost",
  ends: "ends, and can be had again",
  routine: "ends in ordinary work",
  changes: "lives on",
};

function hasNoSurvivors({ report }: Explored, { plan, module }: Entry): boolean {
  return (
    report.plans[plan]?.noSurvivors.some(({ scope, address }) => scope === "module" && address === module) === true
  );
}

/** `53`, `1,204 of 20,000`. */
export function countText({ entries }: Explored, { matching: found }: Rows): string {
  if (found === entries.length) return formatCount(found);
  return `${formatCount(found)} of ${formatCount(entries.length)}`;
}
