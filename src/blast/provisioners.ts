/** Provisioners that run on destroy: no plan has an entry for them, but the source says where they are. */

import type { BlindSpot } from "../model/blind-spot.ts";
import { type ChangePlan, endingOf } from "../model/plan.ts";
import { sourceResource } from "../model/source.ts";

/** What cannot be seen of them; nothing when the source was read in full and has none on what ends. */
export function destroyProvisioners(plan: ChangePlan): BlindSpot[] {
  const { source } = plan;
  const runs = new Set<string>();
  for (const change of plan.changes) {
    if (endingOf(change) === undefined || change.deposed !== undefined) continue;
    const provisioners = source && sourceResource(source, change.address)?.provisioners;
    const destroying = provisioners?.find(({ when }) => when === "destroy");
    if (destroying) runs.add(`${change.address} (${destroying.location.file}:${destroying.location.line})`);
  }
  if (runs.size > 0) {
    return [spot(`A provisioner runs when these are destroyed, and what it does no plan shows: ${listed([...runs])}.`)];
  }
  const isWhole = source !== undefined && !plan.blindSpots.some(({ code }) => code === "source-incomplete");
  return isWhole ? [] : [spot("Provisioners that run on destroy have no entry in a plan.")];
}

const MOST_LISTED = 5;

function listed(names: readonly string[]): string {
  const rest = names.length - MOST_LISTED;
  return rest <= 0 ? names.join(", ") : `${names.slice(0, MOST_LISTED).join(", ")} and ${rest} more`;
}

function spot(message: string): BlindSpot {
  return { code: "destroy-provisioners", message };
}
