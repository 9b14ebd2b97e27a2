/** Protection that a change set takes away from a resource: what refused to let it end does so no longer. */

import type { Disarming } from "../../model/plan.ts";
import { isObject } from "../../model/values.ts";
import type { Context } from "./context.ts";
import { fateByDefault, type Policies, policiesIn } from "./fate.ts";
import { pairs } from "./head.ts";
import type { Row } from "./row.ts";

/** Load balancers keep the flag in a list of attributes. */
const IN_LIST = "LoadBalancerAttributes";
const LIST_FLAG = "deletion_protection.enabled";

/** Read from the contexts, so only of change sets that were described with property values. */
export function disarmedBy(row: Row): Disarming[] {
  if (row.action !== "Modify" || !GUARD_WORDS.some(row.mayHave)) return [];
  const [before, after] = [row.before(), row.after()];
  if (Object.keys(before).length === 0 || Object.keys(after).length === 0) return [];
  return [...weakenedPolicies(row.type, before, after), ...droppedFlags(before, after)];
}

/** What is in the text of every context with a guard: contexts are long, and most have none. */
const GUARD_WORDS = ["DeletionPolicy", "UpdateReplacePolicy", "rotect", "ApiTermination"];

/** From what keeps most to what keeps nothing. */
const STRENGTH: ReadonlyMap<string, number> = new Map([
  ["Retain", 2],
  ["RetainExceptOnCreate", 2],
  ["Snapshot", 1],
  ["Delete", 0],
]);

function weakenedPolicies(type: string, before: Context, after: Context): Disarming[] {
  const [old, now] = [policiesIn(before), policiesIn(after)];
  const deletion = ({ deletion: given, properties }: Policies): string =>
    wordOf(given, fateByDefault(type, "removal", properties) === "snapshotted" ? "Snapshot" : "Delete");
  return [
    ...weakened("DeletionPolicy", deletion(old), deletion(now)),
    ...weakened("UpdateReplacePolicy", wordOf(old.updateReplace, "Delete"), wordOf(now.updateReplace, "Delete")),
  ];
}

/** A policy that is not known protects from nothing. */
function weakened(guard: string, old: string, now: string): Disarming[] {
  return (STRENGTH.get(now) ?? 0) < (STRENGTH.get(old) ?? 0) ? [{ guard, policy: { before: old, after: now } }] : [];
}

function wordOf(policy: unknown, otherwise: string): string {
  if (policy === undefined || policy === null) return otherwise;
  return typeof policy === "string" && STRENGTH.has(policy) ? policy : "unknown";
}

/** Properties with which services refuse to delete, and what they say then. After the guards of the catalogue. */
const PROTECTING: ReadonlyMap<string, ReadonlySet<unknown>> = new Map([
  [
    "DeletionProtection",
    new Set<unknown>([true, "true", "ACTIVE", "ENABLED", "prevent-all-deletion", "prevent-force-deletion"]),
  ],
  ["DeletionProtectionEnabled", new Set<unknown>([true, "true"])],
  ["DeleteProtection", new Set<unknown>([true, "true"])],
  ["DisableApiTermination", new Set<unknown>([true, "true"])],
  ["EnableTerminationProtection", new Set<unknown>([true, "true"])],
  ["TerminationProtection", new Set<unknown>([true, "true"])],
]);

function droppedFlags(before: Context, after: Context): Disarming[] {
  const [old, now] = [flagsIn(before), flagsIn(after)];
  return [...old].filter((guard) => !now.has(guard)).map((guard) => ({ guard }));
}

/** Names of the flags that protect. */
function flagsIn({ Properties }: Context): ReadonlySet<string> {
  if (!isObject(Properties)) return new Set();
  const flags = [...PROTECTING].flatMap(([guard, words]) => (words.has(Properties[guard]) ? [guard] : []));
  const listed = pairs(Properties[IN_LIST], "Key", "Value").some(
    ([key, value]) => key === LIST_FLAG && value === "true",
  );
  return new Set(listed ? [...flags, LIST_FLAG] : flags);
}
