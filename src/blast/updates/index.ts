/** What changes leave weaker than it was: the objects live on, or come back, with less protection, or open to more. */

import type { Catalogue } from "../../model/catalogue.ts";
import type { Hazard, Weakened, Widening } from "../../model/hazard.ts";
import type { ChangePlan, ChangeValues, ResourceChange } from "../../model/plan.ts";
import type { UpdateEntry, Watch } from "../../model/updates.ts";
import { watched } from "./attributes.ts";
import { type Belonging, belongingIn } from "./belonging.ts";
import { openedBy } from "./openings.ts";
import { comparePolicies } from "./policy/compare.ts";
import { protectionLost } from "./protection.ts";
import { shrinkingBlocks } from "./shrinking.ts";
import { type Sign, signOf, weakenedBy } from "./signs.ts";
import { differing, firstStep, isUnseen, slotsAt } from "./values.ts";

/**
 * One hazard for each object and rule. Attribute values are read of objects that change, and of those that are created or
 * deleted while the lexicon says something of their type.
 */
export function updateHazards(plan: ChangePlan, catalogue: Catalogue): Hazard[] {
  const belonging = belongingIn(plan);
  return plan.changes.flatMap((change) =>
    weakenedBy(signsOf(change, catalogue, belonging)).map((weakened) => ({
      ...weakened,
      address: change.address,
      certainty: isSure(change, weakened) ? "certain" : "conditional",
    })),
  );
}

/** What the plan puts off may come otherwise; so may what it does not show. */
function isSure({ deferred }: ResourceChange, { paths, unseen }: Weakened): boolean {
  return deferred === undefined && (paths.length > 0 || unseen.length === 0);
}

function signsOf(change: ResourceChange, catalogue: Catalogue, belonging: Belonging): Sign[] {
  if (change.deposed !== undefined) return [];
  switch (change.action.kind) {
    case "update":
    case "replace":
      return signsOfChange(change, catalogue);
    case "create":
      return signsOfCreation(change, catalogue.updates(change.type), belonging);
    case "delete":
      return signsOfDeletion(change, catalogue.updates(change.type), belonging);
    default:
      return [];
  }
}

function signsOfChange(change: ResourceChange, catalogue: Catalogue): Sign[] {
  const values = change.values();
  const names = differing(values);
  if (names?.size === 0) return [];
  const mayTell: MayTell = (path) => names === undefined || names.has(firstStep(path));
  const guards = catalogue.details(change.type)?.guards?.filter(({ attribute }) => mayTell(attribute)) ?? [];
  const entries = catalogue.updates(change.type).filter((entry) => isTelling(entry, names));
  const found = [
    ...protectionLost(guards, values),
    ...entries.flatMap((entry) => signsOfEntry(entry, values, mayTell)),
  ];
  // A change set says by itself what it disarms (`protection-removed`).
  const isTold = (change.disarms ?? []).length > 0;
  const signs = isTold ? found.filter(({ rule }) => rule !== "protection-disabled") : found;
  if (change.action.kind === "replace") return signs.filter((sign) => !sign.unseen || forces(change, sign));
  const told = new Set(signs.map(({ path }) => path[0]));
  return [...signs, ...shrinkingBlocks(values).filter(({ path }) => !told.has(path[0]))];
}

/** Everything that the provider fills in is unknown of a new object; what forces its replacement is known to change. */
function forces({ replacePaths }: ResourceChange, { path }: Sign): boolean {
  return replacePaths.some(([first]) => first === path[0]);
}

/** Whether anything may have become of what lies at a path. */
type MayTell = (path: string) => boolean;

/** Whether an entry speaks of any of these attributes: of most changes none does, and then there is nothing to go through. */
function isTelling(entry: UpdateEntry, names: ReadonlySet<string> | undefined): boolean {
  if (names === undefined) return true;
  const told = FIRST_STEPS.get(entry) ?? firstSteps(entry);
  FIRST_STEPS.set(entry, told);
  if (told.has("")) return true;
  for (const name of names) if (told.has(name)) return true;
  return false;
}

/** Worked out once for each entry of the lexicon, which never changes. */
const FIRST_STEPS = new WeakMap<UpdateEntry, ReadonlySet<string>>();

/** Attributes that an entry speaks of; `""` where it is the object as a whole. */
function firstSteps({ watch, openings }: UpdateEntry): ReadonlySet<string> {
  return new Set([...watch.map(({ at }) => firstStep(at)), ...openings.map(({ rules = "" }) => firstStep(rules))]);
}

function signsOfEntry({ watch, openings }: UpdateEntry, values: ChangeValues, mayTell: MayTell): Sign[] {
  const told = watch.filter(({ at }) => mayTell(at)).flatMap((one) => signsOfWatch(one, values));
  if (openings.length === 0) return told;
  // Without a path to its rules the object is one itself.
  const opening = openings.filter(({ rules }) => rules === undefined || mayTell(rules));
  return [...told, ...opening.flatMap((one) => openedBy(one, values))];
}

function signsOfWatch(watch: Watch, values: ChangeValues): Sign[] {
  if (watch.when === "policy") return signsOfPolicy(watch, values);
  return watched(watch, values).map(({ path, outcome }) =>
    signOf(watch.rule, path, outcome === "unseen", wideningOf(watch)),
  );
}

/** What single attributes say of permissions: who has them, which, and what bounds them. */
function wideningOf({ at, when }: Watch): Widening {
  if (when === "cleared") return "boundary-removed";
  return /^members?$|^subject\//.test(at) ? "trusts-everybody" : "grants-all";
}

function signsOfPolicy({ at, everyone, rule }: Watch, values: ChangeValues): Sign[] {
  return slotsAt(values, at).flatMap(({ path, before, after }) => {
    if (isUnseen(after)) return before === undefined ? [] : [signOf("access-unknown", path, true)];
    if (isUnseen(before)) return [];
    const change = comparePolicies(before, after);
    if (change === undefined) return [];
    return [
      ...change.widened.map((cause) => signOf(rule, path, false, cause)),
      ...(change.everybody ? [signOf(everyone ?? rule, path, false, "trusts-everybody")] : []),
      ...(change.narrowed ? [signOf("policy-narrowed", path, false)] : []),
    ];
  });
}

/** What is new has lost nothing; it can only open doors, or act upon something that was there before. */
function signsOfCreation(change: ResourceChange, entries: readonly UpdateEntry[], belonging: Belonging): Sign[] {
  const telling = entries.map(({ watch, openings }) => ({ watch: watch.filter(({ created }) => created), openings }));
  if (telling.every(({ watch, openings }) => watch.length === 0 && openings.length === 0)) return [];
  const signs = telling.flatMap((entry) => signsOfEntry(entry, { ...change.values(), before: undefined }, () => true));
  const known = signs.filter(({ unseen }) => !unseen);
  return known.filter(({ rule }) => rule !== "expiration-added" || !belonging.isOfNewObject(change));
}

function signsOfDeletion(change: ResourceChange, entries: readonly UpdateEntry[], belonging: Belonging): Sign[] {
  const rule = entries.find(({ ends }) => ends !== undefined)?.ends;
  if (rule === undefined || belonging.goesWithOther(change)) return [];
  return [{ rule, path: [], unseen: false }];
}
