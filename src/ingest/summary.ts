/** Changes counted by what they do, in the words of every report. */

import type { ActionKind } from "../model/action.ts";
import type { ResourceChange, Summary } from "../model/plan.ts";

const SUMMARY_KEYS: { readonly [Kind in ActionKind]: keyof Summary } = {
  "no-op": "noop",
  read: "read",
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  forget: "forget",
  import: "import",
  move: "move",
  unknown: "unknown",
};

/** `plainNoOps`: objects that nothing happens to and that have no change. */
export function summarize(changes: readonly ResourceChange[], plainNoOps: number): Summary {
  const counts = {
    create: 0,
    update: 0,
    delete: 0,
    replace: 0,
    forget: 0,
    import: 0,
    move: 0,
    read: 0,
    noop: 0,
    unknown: 0,
  };
  for (const { action } of changes) counts[SUMMARY_KEYS[action.kind]]++;
  counts.noop += plainNoOps;
  return counts;
}
