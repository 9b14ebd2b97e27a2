/**
 * Guards that the source had before a change and has no more, and versions that it changes: what a plan says nothing of. The
 * door of this folder, loaded only where there is an earlier revision to compare with.
 */

import type { Catalogue } from "../../model/catalogue.ts";
import type { Hazard } from "../../model/hazard.ts";
import type { ChangePlan } from "../../model/plan.ts";
import { guardsLost } from "./guards.ts";
import { versionsChanged } from "./versions.ts";

/** `shown` is what the plan itself says: what it tells is not said twice. */
export function lostGuards(plan: ChangePlan, catalogue: Catalogue, shown: readonly Hazard[]): Hazard[] {
  const { source, sourceBefore = [] } = plan;
  if (source === undefined) return [];
  const [fork] = sourceBefore;
  const found = [
    // A branch that is behind lacks what the base has got since: its plan lacks that guard too.
    ...sourceBefore.flatMap((before) => guardsLost({ plan, before, source, catalogue, shown })),
    // Versions, only what the change itself does: branches are behind every day.
    ...(fork === undefined ? [] : versionsChanged(fork, source)),
  ];
  return unique(found);
}

function unique(hazards: readonly Hazard[]): Hazard[] {
  const byContent = new Map(hazards.map((hazard) => [JSON.stringify(hazard), hazard]));
  return [...byContent.values()];
}
