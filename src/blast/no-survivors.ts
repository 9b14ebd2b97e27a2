/** Families and modules of which every object ends in one plan: the environment itself is what is deleted and recreated. */

import type { Certainty } from "../model/action.ts";
import { type AddressParts, compareText, parseAddress, splitAddress } from "../model/address.ts";
import type { AssessedChange, NoSurvivors } from "../model/blast.ts";
import type { Loss } from "../model/catalogue.ts";
import type { ExistingObject } from "../model/plan.ts";

/** Smaller ones are switched off and rebuilt in daily work. */
const SMALLEST: Readonly<Record<NoSurvivors["scope"], number>> = { family: 3, module: 5 };
/** A whole plan is an environment from the size on at which its share counts too. */
const SMALLEST_ROOT = 20;

/** Losing one of these means that somebody outside of the plan notices. */
const IDENTITY: ReadonlySet<Loss> = new Set<Loss>([
  "data",
  "endpoint",
  "address",
  "ip",
  "arn",
  "keys",
  "credentials",
  "records",
]);

interface Group {
  readonly scope: NoSurvivors["scope"];
  readonly address: string;
  existing: number;
  readonly ending: AssessedChange[];
}

/**
 * Groups without survivors, largest scope first: what lies within a listed module is not listed again.
 * Routine objects neither make a group larger nor survive for it; deposed ones are leftovers, not members.
 */
export function noSurvivors(
  objects: readonly ExistingObject[],
  changes: readonly AssessedChange[],
  isRoutine: (type: string) => boolean,
): NoSurvivors[] {
  const groups = groupsOf(objects, changes, isRoutine);
  const created = new Set(
    changes.filter(({ change }) => change.action.kind === "create").map(({ change }) => change.type),
  );
  const gone = groups.filter(
    ({ existing, ending }) => ending.length === existing && ending.some(({ type }) => losesIdentity(type)),
  );
  const listed: NoSurvivors[] = [];
  for (const group of gone.sort(
    (left, right) =>
      Number(right.address === ROOT) - Number(left.address === ROOT) ||
      left.address.length - right.address.length ||
      compareText(left.address, right.address),
  )) {
    if (listed.some(({ address }) => address === ROOT || group.address.startsWith(`${address}.`))) continue;
    listed.push(describe(group, created));
  }
  return listed;
}

function describe({ scope, address, existing, ending }: Group, created: ReadonlySet<string>): NoSurvivors {
  const certainty: Certainty = ending.every((change) => change.ending === "certain") ? "certain" : "conditional";
  return { scope, address, objects: existing, recreated: isRecreated(ending, created), certainty };
}

/** Replaced in place, or something of it that is missed when it goes is created again, under whatever address. */
function isRecreated(ending: readonly AssessedChange[], created: ReadonlySet<string>): boolean {
  return ending.some(
    ({ change, type }) => change.action.kind === "replace" || (losesIdentity(type) && created.has(change.type)),
  );
}

function losesIdentity({ losses }: AssessedChange["type"]): boolean {
  return losses.some((loss) => IDENTITY.has(loss));
}

function groupsOf(
  objects: readonly ExistingObject[],
  changes: readonly AssessedChange[],
  isRoutine: (type: string) => boolean,
): Group[] {
  const groups = new Map<string, Group>();
  // Only groups in which something ends can have ended.
  for (const assessed of changes) {
    const { change, ending, type } = assessed;
    if (ending === undefined || type.routine || change.deposed !== undefined) continue;
    for (const { scope, address } of groupAddresses(parseAddress(change.address))) {
      const group = groups.get(address) ?? { scope, address, existing: 0, ending: [] };
      group.ending.push(assessed);
      groups.set(address, group);
    }
  }
  // And only those in which enough ends: without them nobody has to look at every object.
  for (const [address, { scope, ending }] of groups)
    if (ending.length < smallest(scope, address)) groups.delete(address);
  if (groups.size > 0) countMembers(groups, objects, isRoutine);
  return [...groups.values()];
}

function smallest(scope: NoSurvivors["scope"], address: string): number {
  return address === ROOT ? SMALLEST_ROOT : SMALLEST[scope];
}

/** Members of a group stand together in address order, so their ends are found and what lies between is taken from sums. */
function countMembers(
  groups: ReadonlyMap<string, Group>,
  objects: readonly ExistingObject[],
  isRoutine: (type: string) => boolean,
): void {
  const before = new Uint32Array(objects.length + 1);
  objects.forEach(({ managed, deposed, type }, place) => {
    const counts = managed && deposed === undefined && !isRoutine(type);
    before[place + 1] = (before[place] as number) + Number(counts);
  });
  for (const group of groups.values()) {
    const [start, end] = group.address === ROOT ? [0, objects.length] : rangeOf(group, objects);
    group.existing = (before[end] as number) - (before[start] as number);
  }
}

/** Members of a module begin with its address and a dot, those of a family with its address and a bracket. */
function rangeOf({ scope, address }: Group, objects: readonly ExistingObject[]): readonly [start: number, end: number] {
  const sign = scope === "module" ? "." : "[";
  const next = String.fromCharCode(sign.charCodeAt(0) + 1);
  return [firstFrom(objects, address + sign), firstFrom(objects, address + next)];
}

/** How many objects have an address before this text. */
function firstFrom(objects: readonly ExistingObject[], text: string): number {
  let [low, high] = [0, objects.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareText(objects[middle]?.address ?? "", text) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The root module has no address of its own. */
const ROOT = "the root module";

/** The family of an instance, and every module instance around it, up to the root. */
function groupAddresses({ module, resource, key }: AddressParts): { scope: NoSurvivors["scope"]; address: string }[] {
  const groups: { scope: NoSurvivors["scope"]; address: string }[] = [];
  groups.push({ scope: "module", address: ROOT });
  if (key !== "") groups.push({ scope: "family", address: resource });
  const steps = module === "" ? [] : splitAddress(module);
  for (let end = 2; end <= steps.length; end += 2)
    groups.push({ scope: "module", address: steps.slice(0, end).join(".") });
  return groups;
}
