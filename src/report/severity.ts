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

function rank(change: ReportedChange): number {
  const counted = change.counted ? 8 : 0;
  const data = change.holdsData && change.fate !== "retained" && change.fate !== "snapshotted" ? 4 : 0;
  const identity = change.losses.length > 0 ? 2 : 0;
  return counted + data + identity + (change.certainty === "certain" ? 1 : 0);
}

/** An unknown number is above every known one. */
function dependents({ blastRadius }: ReportedChange): number {
  return blastRadius.upper ?? blastRadius.lower + 1e9;
}
