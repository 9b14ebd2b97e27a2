/** What CloudFormation will refuse to do: the stack policy denies it, or other stacks import what would end. */

import { compareText } from "../../model/address.ts";
import { endingOf, type ResourceChange } from "../../model/plan.ts";
import type { Refusal } from "../../model/refusal.ts";
import { ownValue } from "../../model/values.ts";
import type { StackFacts } from "./answers.ts";
import type { TreeTemplates } from "./tree-templates.ts";

/** `stackName`: of the stack that is to be deleted, when that is what was asked for. */
export function refusalsOf(
  changes: readonly ResourceChange[],
  { placed, exported, dropsExport }: TreeTemplates,
  deletedStack: string | undefined,
): Refusal[] {
  const ending = new Map(changes.flatMap((change) => (endingOf(change) ? [[change.address, change] as const] : [])));
  const own = new Set(placed.map(({ name }) => name));
  const inUse = placed.flatMap((stack) =>
    [...(stack.facts?.importers ?? [])].flatMap(([name, importers]): Refusal[] => {
      const stacks = importers.filter((importer) => !own.has(importer)).sort(compareText);
      const sources = exported(name);
      const ended = sources.find((one) => ending.has(one));
      const goes = ended !== undefined || deletedStack !== undefined || dropsExport(stack, name);
      const address = ended ?? sources[0] ?? stack.name ?? "";
      return stacks.length === 0 || !goes ? [] : [{ by: "import", address, export: name, stacks }];
    }),
  );
  // A stack policy holds for updates of its stack, and not for its deletion.
  const denied = deletedStack === undefined ? placed.flatMap((stack) => deniedIn(stack, ending)) : [];
  const isProtected = deletedStack !== undefined && placed[0]?.facts?.terminationProtection === true;
  return [
    ...(isProtected ? [{ by: "termination-protection", address: deletedStack } as const] : []),
    ...denied,
    ...inUse,
  ];
}

function deniedIn(
  { stack, facts, path }: TreeTemplates["placed"][number],
  ending: ReadonlyMap<string, ResourceChange>,
): Refusal[] {
  const policy = facts?.policy;
  if (policy === undefined || stack === undefined) return [];
  return [...stack.rows.keys()].flatMap((logicalId): Refusal[] => {
    const address = path === "" ? logicalId : `${path}/${logicalId}`;
    const change = ending.get(address);
    if (change === undefined) return [];
    const action = change.action.kind === "replace" ? "Update:Replace" : "Update:Delete";
    return allows(policy, action, logicalId, change.type) ? [] : [{ by: "stack-policy", address, action }];
  });
}

/** A policy denies what it does not allow, and a Deny outweighs every Allow. Source: user guide, "Prevent updates to stack resources". */
function allows(policy: NonNullable<StackFacts["policy"]>, action: string, logicalId: string, type: string): boolean {
  const effects = policy
    .filter((statement) => appliesTo(statement, action, logicalId, type))
    .map((statement) => statement["Effect"]);
  return effects.includes("Allow") && !effects.includes("Deny");
}

function appliesTo(
  statement: Readonly<Record<string, unknown>>,
  action: string,
  logicalId: string,
  type: string,
): boolean {
  const resource = `LogicalResourceId/${logicalId}`;
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const acts = NotAction === undefined ? anyMatches(Action, action) : !anyMatches(NotAction, action);
  const meets = NotResource === undefined ? anyMatches(Resource, resource) : !anyMatches(NotResource, resource);
  return acts && meets && (Condition === undefined || conditionHolds(Condition, type));
}

/** The only key that CloudFormation knows is the type of the resource. */
function conditionHolds(condition: unknown, type: string): boolean {
  const equal = ownValue(ownValue(condition, "StringEquals"), "ResourceType");
  const like = ownValue(ownValue(condition, "StringLike"), "ResourceType");
  return [equal ?? [], like ?? []].flat().some((pattern) => matches(pattern, type));
}

function anyMatches(patterns: unknown, text: string): boolean {
  return [patterns ?? []].flat().some((pattern) => matches(pattern, text));
}

/** `*` stands for any text, `?` for any one sign; actions are not told apart by case. */
function matches(pattern: unknown, text: string): boolean {
  if (typeof pattern !== "string") return false;
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "i").test(text);
}
