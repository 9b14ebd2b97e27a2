/** What an object belongs to: whether that goes as well, so that nothing is left to be unprotected, or is only being made. */

import type { ChangePlan, ResourceChange } from "../../model/plan.ts";
import { ownValue } from "../../model/values.ts";

/** Attributes that name an object towards others. */
const NAMES = ["id", "arn", "name", "bucket", "self_link"];

/** Shorter names stand in other objects by chance. */
const SHORTEST = 3;

/** How deep in an object the name of another one may stand. */
const DEEPEST = 5;

export interface Belonging {
  /** It refers to another object that is deleted in this plan. */
  readonly goesWithOther: (change: ResourceChange) => boolean;
  /** It refers to another object that this plan creates, or to one that is not known yet. */
  readonly isOfNewObject: (change: ResourceChange) => boolean;
}

export function belongingIn(plan: ChangePlan): Belonging {
  const sets = new Map<Side, TypesByName>();
  const named = (side: Side): TypesByName => {
    const known = sets.get(side) ?? namesOf(plan, side);
    sets.set(side, known);
    return known;
  };
  // A setting often bears the name of what it belongs to: only an object of another type is that.
  const refers = (change: ResourceChange, side: Side): boolean =>
    textsIn(change.values()[side], 0).some((text) =>
      named(side)
        .get(text)
        ?.some((type) => type !== change.type),
    );
  return {
    goesWithOther: (change) => refers(change, "before"),
    isOfNewObject: (change) => refers(change, "after") || hasUnknownOwner(change),
  };
}

type Side = "before" | "after";
type TypesByName = ReadonlyMap<string, readonly string[]>;

/** Names of all objects that the plan deletes (`before`), or creates (`after`), with the types of those that bear them. */
function namesOf(plan: ChangePlan, side: Side): TypesByName {
  const types = new Map<string, string[]>();
  for (const change of plan.changes) {
    if (change.action.kind !== (side === "before" ? "delete" : "create")) continue;
    const values = change.values()[side];
    for (const name of new Set(NAMES.map((attribute) => ownValue(values, attribute)))) {
      if (typeof name === "string" && name.length >= SHORTEST)
        types.set(name, [...(types.get(name) ?? []), change.type]);
    }
  }
  return types;
}

/** No attribute that names an owner is known before apply: the owner is made by this plan. */
function hasUnknownOwner(change: ResourceChange): boolean {
  const { after } = change.values();
  return !OWNERS.some((name) => typeof ownValue(after, name) === "string");
}

/** Attributes of what acts upon the data of another object. */
const OWNERS = ["bucket", "bucket_name", "repository", "storage_account_id"];

function textsIn(value: unknown, depth: number): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || depth > DEEPEST) return [];
  return Object.values(value).flatMap((item) => textsIn(item, depth + 1));
}
