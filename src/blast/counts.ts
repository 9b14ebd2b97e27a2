/** How many of some changes end, and how many of them lose data, for both bounds. */

import type { AssessedChange } from "../model/blast.ts";
import type { Range } from "../model/bounds.ts";

/**
 * For the upper bound a type that nobody knows may hold data, and a last copy is none that serves anybody until somebody
 * restores it. An object that stays where it is loses nothing.
 */
export function dataLossRange(changes: readonly AssessedChange[]): Range {
  const lost = changes.filter(({ counted, loss }) => counted && loss?.fate !== "retained");
  const sure = countRange(lost, ({ type, loss }) => type.holdsData && loss?.fate !== "snapshotted");
  return { lower: sure.lower, upper: countRange(lost, ({ type }) => type.mayHoldData).upper };
}

export function countRange(changes: readonly AssessedChange[], matches: (change: AssessedChange) => boolean): Range {
  const matching = changes.filter((change) => change.ending !== undefined && matches(change));
  return { lower: matching.filter(({ ending }) => ending === "certain").length, upper: matching.length };
}

/** `counted` is how many objects end in all: one that has no place in the graph may have any dependents. */
