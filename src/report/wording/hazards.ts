/** What hazards say: one plain sentence of what is lost, and one of what to do. */

import type { HazardArguments } from "../../model/hazard.ts";
import { counted } from "./numbers.ts";
import { isLostGuard, lostGuardMessage, lostGuardRemedy } from "./source.ts";
import { updateMessage, updateRemedy } from "./updates.ts";

type About = HazardArguments & { readonly address: string };

export function hazardMessage(hazard: About): string {
  const { address } = hazard;
  switch (hazard.ruleId) {
    case "protected-object-ends": {
      const gone =
        hazard.goneBefore === 0
          ? ""
          : `; ${counted(hazard.goneBefore, "object")} that depend on it will be gone by then`;
      return `${address} is protected by ${hazard.attribute}, so the apply stops there half-way${gone}`;
    }
    case "create-first-collides": {
      const why = hazard.attribute === undefined ? "" : ` while ${hazard.attribute} stays as it is`;
      return `${address} is to be created before the old one ends, and the two cannot exist together${why}`;
    }
    case "key-of-survivors-ends":
      return `${address} ends, and ${others(hazard, "object", "holds data", "hold data")} that it encrypts`;
    case "backup-ends-too":
      return `${address} ends together with ${others(hazard, "copy", "of it", "of it", "copies")}`;
    case "state-storage-ends":
      return `${address} seems to hold Terraform's own state: without it nothing that was made can be changed or removed by plan`;
    case "zone-of-survivors-ends":
      return `${address} ends, and ${others(hazard, "record", "lives on without its zone", "live on without their zone")}`;
    case "network-of-survivors-ends":
      return `${address} ends under ${others(hazard, "object", "that runs in it", "that run in it")}`;
    default:
      return isLostGuard(hazard) ? lostGuardMessage(hazard) : updateMessage(hazard);
  }
}

/** What would help, in one sentence. */
export function hazardRemedy(hazard: About): string {
  switch (hazard.ruleId) {
    case "protected-object-ends":
      return `Keep it, or take the protection (${hazard.attribute}) off in a change of its own first.`;
    case "create-first-collides":
      return hazard.attribute === undefined
        ? "Take create_before_destroy away, and plan for the gap."
        : "Give the new object another name, or let the provider make one up (name_prefix).";
    case "key-of-survivors-ends":
      return "Encrypt that data anew with another key first; keep the old one until nothing needs it.";
    case "backup-ends-too":
      return "Keep the copy until the change has proved good, or take one elsewhere first.";
    case "state-storage-ends":
      return "Move the state first: terraform init -migrate-state.";
    case "zone-of-survivors-ends":
      return "Move the records first, and change the delegation.";
    case "network-of-survivors-ends":
      return "Move what runs in it first.";
    default:
      return isLostGuard(hazard) ? lostGuardRemedy(hazard) : updateRemedy(hazard);
  }
}

/** `3 objects that ... (first: a.b)`. */
function others(
  { others: count, example }: { readonly others: number; readonly example: string },
  one: string,
  clause: string,
  clauses: string,
  many?: string,
): string {
  return `${counted(count, one, many)} ${count === 1 ? clause : clauses} (${count === 1 ? "" : "first: "}${example})`;
}
