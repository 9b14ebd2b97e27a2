/** Which environment of the config a plan goes to. */

import type { AssessedPlan, ModuleLoss } from "../model/blast.ts";
import type { ChangePlan, ResourceChange } from "../model/plan.ts";
import type { Environment, EnvironmentMatch, Policy } from "../model/policy.ts";
import type { PolicyRevision } from "../model/policy-base.ts";
import { matchesFolder, matchesPath, matchesText } from "./patterns.ts";
import { hasTag, type Tags } from "./tags.ts";

/** What the caller knows about where plans go. */
export interface Whereabouts {
  readonly environment?: string | undefined;
  readonly workspace?: string | undefined;
  /** The folder that an input lies in, from the root of its repository. Default: as the input is named. */
  readonly folderOf?: ((input: string) => string) | undefined;
}

/** What a verdict depends on beside plans, author and policy. */
export interface Circumstances extends Whereabouts {
  /** The time to judge at, RFC 3339. */
  readonly asOf: string;
  /** Where the policy was read from, and what the change does to it; absent when it was not read from a base. */
  readonly revision?: PolicyRevision | undefined;
}

/**
 * The environment's name: what the caller says, else the first of the config that matches. With tags one object of the
 * change is enough, since one object of production is production.
 */
export function environmentOf(plan: ChangePlan, policy: Policy, where: Whereabouts): string | undefined {
  return where.environment ?? environmentsMatching(plan, policy, where)[0];
}

/** Every environment of the config that the plan as a whole matches, in the config's order. */
export function environmentsMatching(plan: ChangePlan, policy: Policy, where: Whereabouts): string[] {
  const whole = ([, { match }]: [string, Environment]): boolean =>
    match !== undefined && match.module === undefined && matches(plan, match, where);
  return Object.entries(policy.environments)
    .filter(whole)
    .map(([name]) => name);
}

/**
 * Further environments that the plan matches, where the first one was told by tags: one object with a tag is enough for that, and
 * the change itself may bring it. A folder, a workspace, a stack and an account are not the change's to choose.
 */
export function otherEnvironments(plan: ChangePlan, policy: Policy, where: Whereabouts): string[] {
  if (where.environment !== undefined) return [];
  const [first, ...others] = environmentsMatching(plan, policy, where);
  return first !== undefined && policy.environments[first]?.match?.tags !== undefined ? others : [];
}

/** Environments that are a part of a plan: those of the config that name modules, with the outermost ones that match. */
export function environmentParts(
  { plan, modules }: AssessedPlan,
  policy: Policy,
  where: Whereabouts,
): { readonly environment: string; readonly modules: readonly ModuleLoss[] }[] {
  return Object.entries(policy.environments).flatMap(([environment, { match }]) => {
    if (match?.module === undefined || !matches(plan, match, where)) return [];
    const pattern = match.module;
    const matching = modules.filter(({ address }) => matchesText(pattern, address));
    const outermost = matching.filter(
      ({ address }) => !matching.some((other) => address.startsWith(`${other.address}.`)),
    );
    return outermost.length === 0 ? [] : [{ environment, modules: outermost }];
  });
}

function matches(plan: ChangePlan, match: EnvironmentMatch, where: Whereabouts): boolean {
  const { path, folder, stack, workspace, tags, accounts } = match;
  if (path !== undefined && !matchesPath(path, plan.input)) return false;
  if (folder !== undefined && !matchesFolder(folder, folderOf(plan.input, where))) return false;
  if (stack !== undefined && !(plan.stack !== undefined && matchesText(stack, plan.stack))) return false;
  if (workspace !== undefined && !(where.workspace !== undefined && matchesText(workspace, where.workspace)))
    return false;
  if (accounts !== undefined && !showsOnly(plan, accounts)) return false;
  return tags === undefined || plan.changes.some((change) => carriesTags(change, tags));
}

function folderOf(input: string, where: Whereabouts): string {
  return where.folderOf?.(input) ?? input.replace(/[^/\\]*$/, "");
}

function carriesTags(change: ResourceChange, tags: Tags): boolean {
  if (change.mayMention && !Object.keys(tags).every(change.mayMention)) return false;
  const { before, after } = change.values();
  return Object.entries(tags).every(([name, values]) => [before, after].some((object) => hasTag(object, name, values)));
}

/** All that the plan shows are among these, and it shows one. */
function showsOnly(plan: ChangePlan, accounts: readonly string[]): boolean {
  const seen = plan.world().filter(({ what }) => what === "account");
  return seen.length > 0 && seen.every(({ value }) => accounts.includes(value));
}
