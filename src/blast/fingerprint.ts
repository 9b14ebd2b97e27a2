/** A name for a destruction: the same for the same objects that end in the same way, and for nothing else. */

import { createHash } from "node:crypto";
import type { AssessedChange } from "../model/blast.ts";
import type { EndingObject } from "../model/sign-off.ts";

/** The objects that end, or may end, in address order. */
export function endsOf(changes: readonly AssessedChange[]): EndingObject[] {
  return changes
    .filter(({ ending }) => ending !== undefined)
    .map(({ change: { address, deposed, action, identity }, loss }) => ({
      address,
      ...(deposed !== undefined && { deposed }),
      action: action.kind,
      ...(action.kind === "replace" && { order: action.order }),
      ...(identity !== undefined && { identity }),
      fate: loss?.fate ?? "unknown",
    }));
}

/**
 * SHA-256 over the ending objects in address order: address, deposed key, action, order, and the hash of the physical
 * object's identity. Updates and creations leave it as it is, so a sign-off outlives an unrelated change.
 */
export function fingerprintOf(ends: readonly EndingObject[]): string {
  const entries = ends.map(({ address, deposed, action, order, identity }) => [
    address,
    deposed ?? null,
    action,
    order ?? null,
    identity ?? null,
  ]);
  return createHash("sha256").update(JSON.stringify(entries)).digest("hex");
}
