/** What has changed outside of CloudFormation, as change sets say that compare with what is really there (`REVERT_DRIFT`). */

import { compareText } from "../../model/address.ts";
import type { BlindSpot } from "../../model/blind-spot.ts";
import type { Drift } from "../../model/plan.ts";
import { printable } from "../../model/printable.ts";
import { addressIn, type StackTree } from "./join.ts";
import { listed } from "./names.ts";
import type { Row } from "./row.ts";

export function driftOf(tree: StackTree): Drift {
  return {
    changed: addressesOf(tree, ({ driftStatus }) => driftStatus === "MODIFIED"),
    deleted: addressesOf(tree, ({ driftStatus }) => driftStatus === "DELETED"),
  };
}

/** What is undone, and what nobody compared. */
export function driftSpots(tree: StackTree): BlindSpot[] {
  const spots: BlindSpot[] = [];
  const undone = addressesOf(tree, ({ details }) => details.some(({ undoesDrift }) => undoesDrift));
  if (undone.length > 0 || tree.stacks.some(({ head }) => head.deploymentMode === "REVERT_DRIFT")) {
    const where = undone.length === 0 ? "" : ` on ${listed(undone)}`;
    spots.push({
      code: "reverts-drift",
      message: `This change set reverts drift: changes made by hand since the last deployment${where} are undone.`,
    });
  }
  const statuses = new Set<string>();
  const unchecked = addressesOf(tree, ({ driftStatus }) => {
    const isUnknown = driftStatus !== undefined && !COMPARED.has(driftStatus);
    if (isUnknown) statuses.add(printable(driftStatus));
    return isUnknown;
  });
  if (unchecked.length > 0) {
    spots.push({
      code: "drift-unknown",
      message: `Whether ${listed(unchecked)} ${unchecked.length === 1 ? "has" : "have"} been changed by hand is not known (${[...statuses].sort().join(", ")}).`,
    });
  }
  const ignoring = addressesOf(tree, ({ driftIgnored }) => driftIgnored.length > 0);
  if (ignoring.length > 0) {
    const reasons = tree.stacks.flatMap(({ rows }) => [...rows.values()].flatMap(({ driftIgnored }) => driftIgnored));
    const words = [...new Set(reasons.map(printable))].sort().join(", ");
    const what = reasons.length === 1 ? "1 attribute" : `${reasons.length} attributes`;
    spots.push({
      code: "drift-ignored",
      message: `CloudFormation does not compare ${what} of ${listed(ignoring)} with what is really there (${words}): changes made there by hand do not show.`,
    });
  }
  return spots;
}

const COMPARED: ReadonlySet<string> = new Set(["IN_SYNC", "MODIFIED", "DELETED"]);

function addressesOf({ stacks }: StackTree, holds: (row: Row) => boolean): string[] {
  return stacks
    .flatMap(({ path, rows }) => [...rows.values()].filter(holds).map(({ logicalId }) => addressIn(path, logicalId)))
    .sort(compareText);
}
