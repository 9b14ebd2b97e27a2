/** What ending one object comes to: what becomes of the old object, whether it can be undone, and who has to wait for it. */

import type { Fate } from "../model/action.ts";
import type { BlastRadius, Downtime, GuardState, JudgedType, LossAssessment } from "../model/blast.ts";
import type { TypeDetails } from "../model/catalogue.ts";
import { endingOf, type ResourceChange } from "../model/plan.ts";
import type { Lifecycle } from "../model/source.ts";
import { isObject } from "../model/values.ts";
import { guardStates, isSet } from "./guards.ts";

/** `undefined` for an object that lives on. */
export function lossOf(
  change: ResourceChange,
  type: JudgedType,
  details: TypeDetails | undefined,
  radius: BlastRadius,
  lifecycle: Lifecycle | undefined,
): LossAssessment | undefined {
  if (endingOf(change) === undefined) return undefined;
  const before = change.values().before;
  const known = guardStates(details?.guards ?? [], before);
  const guards = lifecycle && type.holdsData ? [...known, preventDestroy(lifecycle)] : known;
  const refusedBy = refusing(known, before);
  const fate = fateOf(change, guards, refusedBy);
  const keepsBackup = refusedBy === undefined && isOn(guards, "keeps-backup");
  return {
    kind: details?.kind,
    fate,
    undo: keepsBackup && details?.undo === "irreversible" ? "backup" : (details?.undo ?? "unknown"),
    guards,
    ...(refusedBy !== undefined && { refusedBy }),
    downtime: downtimeOf(change, type, fate, radius),
  };
}

/** Terraform plans no end of an object that has it: where it is on and the object ends, the source is not what was planned. */
function preventDestroy({ preventDestroy: setting }: Lifecycle): GuardState {
  const guard = { attribute: "lifecycle.prevent_destroy", protectsWhen: true, effect: "blocks-delete" } as const;
  return { guard, state: setting === "unknown" ? "unknown" : setting ? "on" : "off" };
}

/** What the plan itself says of the old object comes first; then what the provider does with it under these attributes. */
function fateOf({ action }: ResourceChange, guards: readonly GuardState[], refusedBy: string | undefined): Fate {
  const planned = action.kind === "delete" || action.kind === "replace" ? action.fate : "unknown";
  if (planned !== "destroyed") return planned;
  if (isOn(guards, "keeps-object")) return "retained";
  const takesSnapshot = guards.some(({ guard, state }) => state === "on" && FINAL_SNAPSHOT.test(guard.attribute));
  return takesSnapshot && refusedBy === undefined ? "snapshotted" : "destroyed";
}

/** Arguments by which a provider takes a last copy; others that keep backups keep those that there are, if there are any. */
const FINAL_SNAPSHOT = /^((skip_)?final_(snapshot|backup)|create_snapshot_before_destroy|FinalSnapshot)/;

function isOn(guards: readonly GuardState[], effect: GuardState["guard"]["effect"]): boolean {
  return guards.some(({ guard, state }) => guard.effect === effect && state === "on");
}

/** The attribute for which the service or the provider refuses the deletion, whatever the object holds. */
function refusing(guards: readonly GuardState[], before: unknown): string | undefined {
  // `force_destroy = false` and the like refuse only what is not empty, which a plan does not show.
  const blocking = guards.find(
    ({ guard, state }) => guard.effect === "blocks-delete" && state === "on" && !guard.absentProtects,
  );
  if (blocking) return blocking.guard.attribute;
  // The AWS provider refuses to delete a database that wants a final snapshot and has no name for it.
  const wantsSnapshot = guards.some(({ guard, state }) => guard.attribute === "skip_final_snapshot" && state === "on");
  const nameless = isObject(before) && SNAPSHOT_NAME in before && !isSet(before[SNAPSHOT_NAME]);
  return wantsSnapshot && nameless ? SNAPSHOT_NAME : undefined;
}

const SNAPSHOT_NAME = "final_snapshot_identifier";

/** Classes and no minutes: how long it takes is nowhere in a plan. */
function downtimeOf({ action, deposed }: ResourceChange, type: JudgedType, fate: Fate, radius: BlastRadius): Downtime {
  // Nobody has used a deposed object since there is a newer one.
  if (fate === "retained" || type.routine || deposed !== undefined) return "none";
  if (action.kind === "replace" && action.order !== "delete-before-create")
    return type.holdsData ? "until-restored" : "none";
  if (type.holdsData) return "until-restored";
  const reached = type.losses.some(isReached);
  if (action.kind === "replace") return radius.upper === 0 && !reached ? "none" : "brief";
  // What depended on a deleted object does so no more, or there would be no plan; who else uses it is not in a plan.
  return reached ? "until-restored" : "none";
}

/** Things that somebody outside of the plan may be using at this moment. */
function isReached(loss: JudgedType["losses"][number]): boolean {
  return REACHED.has(loss);
}

const REACHED: ReadonlySet<string> = new Set([
  "endpoint",
  "address",
  "ip",
  "records",
  "capacity",
  "access",
  "credentials",
]);
