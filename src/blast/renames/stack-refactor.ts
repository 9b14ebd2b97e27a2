/** Resources of a stack that are removed and added again under another logical id: a stack refactor renames them in place. */

import { type ChangePlan, endingOf, type ResourceChange } from "../../model/plan.ts";
import type { Suggestion } from "../../model/suggestion.ts";
import { isObject } from "../../model/values.ts";
import { likenessOf } from "./likeness.ts";

/** Only what was described with its properties can be compared, and only unique pairs of one stack are renames. */
export function refactorSuggestion(plan: ChangePlan): Suggestion | undefined {
  const removed = plan.changes.filter(({ action }) => action.kind === "delete").filter(isDescribed("before"));
  const added = removed.length === 0 ? [] : plan.changes.filter(isCreate).filter(isDescribed("after"));
  // Each is compared with each: beyond this nobody would read the list either.
  if (removed.length * added.length > MOST_PAIRS) return undefined;
  const likeOf = (change: ResourceChange) => added.filter((other) => isAlike(change, other));
  const pairs = removed.flatMap((change) => {
    const [only, ...others] = likeOf(change);
    const alike = only === undefined ? [] : removed.filter((candidate) => isAlike(candidate, only));
    return only !== undefined && others.length === 0 && alike.length === 1 ? [{ from: change, to: only }] : [];
  });
  if (pairs.length === 0) return undefined;
  return {
    kind: "stack-refactor",
    blocks: pairs.map(({ from, to }) => ({ from: from.address, to: to.address })),
    instead: withRenames(plan, pairs),
  };
}

const MOST_PAIRS = 250_000;

interface Renamed {
  readonly from: ResourceChange;
  readonly to: ResourceChange;
}

function isCreate({ action }: ResourceChange): boolean {
  return action.kind === "create";
}

function isDescribed(side: "before" | "after"): (change: ResourceChange) => boolean {
  return (change) => {
    const properties = change.values()[side];
    // `tags` is not the resource's own, see `valuesOf` of CloudFormation.
    return isObject(properties) && Object.keys(properties).some((name) => name !== "tags");
  };
}

function isAlike(removed: ResourceChange, added: ResourceChange): boolean {
  if (removed.type !== added.type || stackOf(removed) !== stackOf(added) || endingOf(removed) !== "certain")
    return false;
  const { before } = removed.values();
  const { after, afterUnknown } = added.values();
  const there = likenessOf(
    { before, after: undefined, afterUnknown: undefined },
    { before: undefined, after, afterUnknown },
  );
  // Both ways: a property that is only on one side makes two different things of them.
  const back = likenessOf(
    { before: after, after: undefined, afterUnknown: undefined },
    { before: undefined, after: before, afterUnknown },
  );
  return there === "equal" && back === "equal";
}

/** The nested stack that a resource belongs to; `""` for the root. */
function stackOf({ address }: ResourceChange): string {
  return address.slice(0, Math.max(0, address.lastIndexOf("/")));
}

function withRenames(plan: ChangePlan, pairs: readonly Renamed[]): ChangePlan {
  const renamed = new Map(pairs.map(({ from, to }) => [to, from]));
  const gone = new Set(renamed.values());
  const changes = plan.changes
    .filter((change) => !gone.has(change))
    .map((change): ResourceChange => {
      const from = renamed.get(change);
      if (from === undefined) return change;
      return { ...from, address: change.address, previousAddress: from.address, action: { kind: "move" } };
    });
  return { ...plan, changes };
}
