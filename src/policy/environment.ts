/** Which environment of the config a plan goes to. */

import type { AssessedPlan, ModuleLoss } from "../model/blast.ts";
import type { ChangePlan, ResourceChange } from "../model/plan.ts";
import type { Environment, EnvironmentMatch, Policy } from "../model/policy.ts";
import { matchesPath, matchesText } from "./patterns.ts";

/** What the caller knows about where plans go. */
export interface Whereabouts {
  readonly environment?: string | undefined;
  readonly workspace?: string | undefined;
}

/**
 * The environment's name: what the caller says, else the first of the config that matches. With tags one object of the
 * change is enough, since one object of production is production.
 */
export function environmentOf(plan: ChangePlan, policy: Policy, where: Whereabouts): string | undefined {
  if (where.environment !== undefined) return where.environment;
  const whole = ([, { match }]: [string, Environment]): boolean =>
    match !== undefined && match.module === undefined && matches(plan, match, where);
  return Object.entries(policy.environments).find(whole)?.[0];
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

function matches(plan: ChangePlan, { path, workspace, tags }: EnvironmentMatch, where: Whereabouts): boolean {
  if (path !== undefined && !matchesPath(path, plan.input)) return false;
  if (workspace !== undefined && !(where.workspace !== undefined && matchesText(workspace, where.workspace)))
    return false;
  return tags === undefined || plan.changes.some((change) => carriesTags(change, tags));
}

/** Attributes in which providers keep tags. */
const TAG_ATTRIBUTES = ["tags_all", "tags", "labels", "effective_labels", "terraform_labels"];

function carriesTags(change: ResourceChange, tags: Readonly<Record<string, readonly string[]>>): boolean {
  if (change.mayMention && !Object.keys(tags).every(change.mayMention)) return false;
  const { before, after } = change.values();
  return Object.entries(tags).every(([name, values]) =>
    [before, after].some((object) =>
      TAG_ATTRIBUTES.some((attribute) => {
        const value = property(property(object, attribute), name);
        return typeof value === "string" && values.includes(value);
      }),
    ),
  );
}

function property(object: unknown, name: string): unknown {
  const isMap = typeof object === "object" && object !== null;
  return isMap && Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}
