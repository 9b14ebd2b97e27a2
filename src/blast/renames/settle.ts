/** Which of the pairs would really be left alone: what is only known after apply must come from objects that are. */

import { type ChangePlan, endingOf, type ResourceChange } from "../../model/plan.ts";
import { isObject } from "../../model/values.ts";
import { type UnknownInput, unknownArguments, unknownInputs } from "../unknown-inputs.ts";
import { staysAsKnown } from "./likeness.ts";
import type { Pair } from "./match.ts";

export interface Settled {
  readonly pairs: ReadonlySet<Pair>;
  /** Updates and replacements for which nothing but unknown values is planned, and these come from the pairs. */
  readonly freed: ReadonlySet<ResourceChange>;
}

/** The largest set in which nothing waits for a change outside of it. */
export function settle(plan: ChangePlan, pairs: readonly Pair[]): Settled {
  const partners = new Map<ResourceChange, Pair>(pairs.map((pair) => [pair.created, pair]));
  const open = plan.changes.filter(isOnlyUnknown);
  const inputs = unknownInputs(plan, [...partners.keys(), ...open]);
  const left = new Set<ResourceChange>([...partners.keys(), ...open]);
  const owners = ownersOf(plan, pairs);
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const change of left) {
      const own = inputs.get(change);
      const existing = partners.get(change)?.deleted ?? change;
      if (own === undefined || !isSettled(change, existing, own, left, owners)) left.delete(change);
    }
  }
  return {
    pairs: new Set(pairs.filter(({ created }) => left.has(created))),
    freed: new Set(open.filter((change) => left.has(change))),
  };
}

/** Nothing is planned for it that is known. */
function isOnlyUnknown(change: ResourceChange): boolean {
  const { action, deposed, previousAddress, importing } = change;
  const waits = action.kind === "update" || (action.kind === "replace" && endingOf(change) === "conditional");
  if (!waits || deposed !== undefined || previousAddress !== undefined || importing !== undefined) return false;
  return staysAsKnown(change.values());
}

/** Identifier of an ending object to what stands in for it: the created object of its pair, or nothing. */
type Owners = ReadonlyMap<string, { readonly ending: ResourceChange; readonly heir: ResourceChange }>;

function ownersOf({ changes }: ChangePlan, pairs: readonly Pair[]): Owners {
  const heirs = new Map(pairs.map(({ deleted, created }) => [deleted, created]));
  const owners = new Map<string, { ending: ResourceChange; heir: ResourceChange }>();
  for (const ending of changes.filter((change) => endingOf(change) !== undefined)) {
    const heir = heirs.get(ending) ?? ending;
    for (const text of ending.identifiers()) owners.set(text, { ending, heir });
  }
  return owners;
}

function isSettled(
  change: ResourceChange,
  existing: ResourceChange,
  inputs: readonly UnknownInput[],
  left: ReadonlySet<ResourceChange>,
  owners: Owners,
): boolean {
  const { before } = existing.values();
  const { afterUnknown } = change.values();
  return unknownArguments(change).every((argument) => {
    const value = isObject(before) ? before[argument] : undefined;
    const mask = isObject(afterUnknown) ? afterUnknown[argument] : undefined;
    const referred = [...textsUnder(value, mask)].flatMap((text) => owners.get(text) ?? []);
    const heirs = referred.filter(({ ending }) => ending !== existing).map(({ heir }) => heir);
    if (!heirs.every((heir) => left.has(heir))) return false;
    const input = inputs.find((one) => one.argument === argument);
    if (input === undefined) return true;
    const sources = input.sources.map((source) => source.change);
    if (!sources.every((source) => left.has(source))) return false;
    // Where nobody can follow it, the identifier that stands there now has to tell.
    if (input.unclear) return heirs.length > 0;
    return sources.length === 0 || heirs.every((heir) => sources.includes(heir));
  });
}

/** Texts where the mask says that the new value is not known. */
function* textsUnder(value: unknown, mask: unknown): Generator<string> {
  if (typeof value === "string" && mask === true) yield value;
  if (typeof value !== "object" || value === null) return;
  const masks = typeof mask === "object" && mask !== null ? (mask as Record<string, unknown>) : {};
  for (const [key, part] of Object.entries(value)) yield* textsUnder(part, mask === true || masks[key]);
}
