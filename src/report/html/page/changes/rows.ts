/** Rows of the table of changes: which are wanted, and in which order. */

import { compareText } from "../../../../model/address.ts";
import type { PlanReport, Report, ReportedChange } from "../../../../model/report.ts";
import { isEnding, losesData, worstFirst } from "../../../severity.ts";
import { actionText } from "../../../wording/actions.ts";

export interface Row {
  readonly plan: PlanReport;
  readonly change: ReportedChange;
  /** 0 is the worst of all. */
  readonly rank: number;
  /** What searching looks at, in small letters. */
  readonly text: string;
}

export type Column = "rank" | "address" | "happens" | "dependents" | "plan";

export const FILTERS = {
  all: "all",
  ends: "what ends",
  data: "what loses data",
  lives: "what lives on",
} as const;
export type Filter = keyof typeof FILTERS;

export interface Wanted {
  readonly search: string;
  readonly filter: Filter;
  readonly column: Column;
  readonly descending: boolean;
}

/** All changes, the worst first, then those in which nothing ends. */
export function rowsOf({ plans }: Report): Row[] {
  const planOf = new Map(plans.flatMap((plan) => plan.changes.map((change) => [change, plan] as const)));
  const changes = [...planOf.keys()];
  const ordered = [...worstFirst(changes), ...changes.filter((change) => !isEnding(change))];
  return ordered.flatMap((change, rank) => {
    const plan = planOf.get(change);
    return plan === undefined ? [] : [{ plan, change, rank, text: searchedText(change, plan) }];
  });
}

function searchedText(change: ReportedChange, plan: PlanReport): string {
  const { address, deposed = "", label = "", kind = "", previousAddress = "", location } = change;
  const words = [address, deposed, label, kind, previousAddress, actionText(change), plan.input, location?.file ?? ""];
  return words.join("\n").toLowerCase();
}

/** Every word of the search has to be found somewhere in the row. */
export function chosen(rows: readonly Row[], { search, filter, column, descending }: Wanted): Row[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter(({ change, text }) => isOf(filter, change) && words.every((word) => text.includes(word)));
  const sorted = found.sort((left, right) => compare(column, left, right) || left.rank - right.rank);
  return descending ? sorted.reverse() : sorted;
}

function isOf(filter: Filter, change: ReportedChange): boolean {
  switch (filter) {
    case "all":
      return true;
    case "ends":
      return isEnding(change);
    case "data":
      return isEnding(change) && losesData(change);
    case "lives":
      return !isEnding(change);
  }
}

function compare(column: Column, left: Row, right: Row): number {
  switch (column) {
    case "rank":
      return left.rank - right.rank;
    case "address":
      return compareText(left.change.address, right.change.address);
    case "happens":
      return compareText(actionText(left.change), actionText(right.change));
    case "dependents":
      return dependents(left.change) - dependents(right.change);
    case "plan":
      return compareText(left.plan.input, right.plan.input);
  }
}

/** An unknown number is above every known one. */
function dependents({ blastRadius: { lower, upper } }: ReportedChange): number {
  return upper ?? lower + 1e9;
}
