/** Which changes to speak of first: what cannot come back, then what most depends on. */

import { compareText } from "../model/address.ts";
import type { ReportedChange } from "../model/report.ts";

/** Whether the existing object ends, or may end. */
export function isEnding(change: ReportedChange): boolean {
  return change.certainty !== undefined;
}

/** Ending objects, the worst first; a stable order for equal ones. */
export function worstFirst(changes: readonly ReportedChange[]): ReportedChange[] {
  return changes
    .filter(isEnding)
    .sort(
      (left, right) =>
        rank(right) - rank(left) ||
        weightOf(right) - weightOf(left) ||
        dependents(right) - dependents(left) ||
        right.losses.length - left.losses.length ||
        compareText(left.address, right.address) ||
        compareText(left.deposed ?? "", right.deposed ?? ""),
    );
}

/** Ending objects, those first that most depends on. */
export function byDependents(changes: readonly ReportedChange[]): ReportedChange[] {
  return worstFirst(changes).sort(
    (left, right) => Number(right.counted) - Number(left.counted) || dependents(right) - dependents(left),
  );
}

/** It counts, holds data, and no copy of that stays behind. */
export function losesData({
  holdsData,
  counted,
  fate,
}: Pick<ReportedChange, "holdsData" | "counted" | "fate">): boolean {
  return holdsData && counted && fate !== "retained" && fate !== "snapshotted";
}

function rank(change: ReportedChange): number {
  const counted = change.counted ? 8 : 0;
  const data = losesData(change) ? 4 : 0;
  const identity = change.losses.length > 0 ? 2 : 0;
  return counted + data + identity + (change.certainty === "certain" ? 1 : 0);
}

/**
 * Of things that hold data, those first that people cannot do without and that cannot be had again: rows before messages,
 * messages before what only speeds things up.
 */
function weightOf({ holdsData, kind = "", undo }: ReportedChange): number {
  if (!holdsData) return 0;
  return 2 * (WEIGHTS.get(kind) ?? 4) + (undo === "irreversible" || undo === "unknown" ? 1 : 0);
}

const KINDS_BY_WEIGHT: readonly (readonly string[])[] = [
  ["cache", "logs", "metrics"],
  ["queue", "stream", "registry", "ml", "app"],
  ["search", "cluster", "compute", "secret", "catalog"],
  [],
  ["block-store", "backup", "account", "identity"],
  ["key", "file-store"],
  ["database", "object-store", "warehouse"],
];
const WEIGHTS: ReadonlyMap<string, number> = new Map(
  KINDS_BY_WEIGHT.flatMap((kinds, weight) => kinds.map((kind): [string, number] => [kind, weight + 1])),
);

/** An unknown number is above every known one. */
function dependents({ blastRadius }: ReportedChange): number {
  return blastRadius.upper ?? blastRadius.lower + 1e9;
}
