/** Families, modules and stacks of which every object ends in one plan: the environment itself is what is deleted and recreated. */

import type { Certainty } from "../model/action.ts";
import { compareText, nestedStacksAround, parseAddress, splitAddress } from "../model/address.ts";
import type { AssessedChange, Group, NoSurvivors } from "../model/blast.ts";
import type { Catalogue, Loss } from "../model/catalogue.ts";
import type { ExistingObject } from "../model/dependencies.ts";
import type { ChangePlan } from "../model/plan.ts";
import { AddressRanges } from "./address-ranges.ts";
import { isRolled, memberGroups } from "./members.ts";

/** Smaller ones are switched off and rebuilt in daily work. */
const SMALLEST = { family: 3, module: 5, stack: 5 };
type Scope = keyof typeof SMALLEST;

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

/**
 * Groups without survivors, largest scope first: what lies within a listed module is not listed again.
 * Routine objects neither make a group larger nor survive for it; deposed ones are leftovers, not members.
 */
export function noSurvivors(
  { kind, dependencies, existingIsKnown }: ChangePlan,
  changes: readonly AssessedChange[],
  isRoutine: (type: string) => boolean,
  catalogue: Catalogue,
): NoSurvivors[] {
  const objects = dependencies.objects();
  const groups = [...groupsOf(objects, changes, isRoutine), ...memberGroups(objects, changes, catalogue)];
  const created = new Set(
    changes.filter(({ change }) => change.action.kind === "create").map(({ change }) => change.type),
  );
  const gone = groups.filter(
    (group) =>
      group.ending.length === group.existing &&
      group.ending.some(({ type }) => losesIdentity(type)) &&
      !(group.scope === "family" && isRenewed(group)),
  );
  const listed: NoSurvivors[] = [];
  for (const group of gone.sort(
    (left, right) =>
      Number(right.address === ROOT) - Number(left.address === ROOT) ||
      left.address.length - right.address.length ||
      compareText(left.address, right.address),
  )) {
    if (listed.some((known) => covers(known, group))) continue;
    listed.push(describe(group, created, existingIsKnown || endsItself(group, changes)));
  }
  if (kind === "terraform-plan") return listed;
  return listed.map((one) => (one.address === ROOT ? { ...one, scope: "stack", address: "the stack" } : one));
}

/** A nested stack that goes takes all with it, listed or not. */
function endsItself({ address }: Group, changes: readonly AssessedChange[]): boolean {
  const around = changes.filter(({ change }) => address === change.address || address.startsWith(`${change.address}/`));
  return around.some(({ change, ending }) => change.action.kind === "delete" && ending === "certain");
}

/** Certificates and target groups: the new ones stand before the old ones go, and nothing is lost that code cannot make again. */
function isRenewed(group: Group): boolean {
  const isMadeAgain = ({ type, loss }: AssessedChange): boolean =>
    !type.mayHoldData && (loss?.undo === "regenerable" || loss?.undo === "none");
  return isRolled(group) && group.ending.every(isMadeAgain);
}

/** What lies within a module that is listed, or is a family of members of which all are listed, says nothing new. */
function covers({ scope, address }: NoSurvivors, group: Group): boolean {
  if (scope === "stack") return group.address.startsWith(`${address}/`);
  return address === ROOT || (scope === "module" && group.address.startsWith(`${address}.`));
}

/** `isWhole`: nothing else can be in it than what the plan lists. */
function describe(
  { scope, address, existing, ending }: Group,
  created: ReadonlySet<string>,
  isWhole: boolean,
): NoSurvivors {
  const isSure = isWhole && ending.every((change) => change.ending === "certain");
  const certainty: Certainty = isSure ? "certain" : "conditional";
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
    for (const { scope, address } of groupAddresses(change.address)) {
      const group = groups.get(address) ?? { scope, address, existing: 0, ending: [] };
      group.ending.push(assessed);
      groups.set(address, group);
    }
  }
  // And only those in which enough ends: without them nobody has to look at every object.
  for (const [address, { scope, ending }] of groups)
    if (ending.length < smallest(scope as Scope, address)) groups.delete(address);
  if (groups.size > 0) countMembers(groups, objects, isRoutine);
  return [...groups.values()];
}

function smallest(scope: Scope, address: string): number {
  return address === ROOT ? SMALLEST_ROOT : SMALLEST[scope];
}

function countMembers(
  groups: ReadonlyMap<string, Group>,
  objects: readonly ExistingObject[],
  isRoutine: (type: string) => boolean,
): void {
  const ranges = new AddressRanges(
    objects,
    ({ managed, deposed, type }) => managed && deposed === undefined && !isRoutine(type),
  );
  for (const group of groups.values()) {
    group.existing = membersIn(ranges, group);
  }
}

function membersIn(ranges: AddressRanges, { scope, address }: Group): number {
  if (address === ROOT) return ranges.all;
  if (scope === "stack") return ranges.inStack(address);
  return scope === "module" ? ranges.inModule(address) : ranges.inFamily(address);
}

/** The root module has no address of its own. */
const ROOT = "the root module";

/** The family of an instance, and every module instance or nested stack around it, up to the root. */
function groupAddresses(of: string): { scope: Scope; address: string }[] {
  const groups: { scope: Scope; address: string }[] = [{ scope: "module", address: ROOT }];
  const stacks = nestedStacksAround(of);
  if (stacks.length > 0) return [...groups, ...stacks.map((address) => ({ scope: "stack" as const, address }))];
  const { module, resource, key } = parseAddress(of);
  if (key !== "") groups.push({ scope: "family", address: resource });
  const steps = module === "" ? [] : splitAddress(module);
  for (let end = 2; end <= steps.length; end += 2)
    groups.push({ scope: "module", address: steps.slice(0, end).join(".") });
  return groups;
}
