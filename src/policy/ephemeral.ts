/** Environments that come and go, such as previews: their whole destruction passes, when it is sure to be theirs. */

import type { AssessedPlan } from "../model/blast.ts";
import type { RuleId } from "../model/finding.ts";
import type { Policy } from "../model/policy.ts";
import { environmentParts, environmentsMatching, type Whereabouts } from "./environment.ts";
import { hasTag } from "./tags.ts";

/**
 * Whether the plan goes to an ephemeral environment and nowhere else: what ends carried the environment's tags before the
 * change, where it is told by tags, and no other environment claims a part. A tag that the change itself puts on an object
 * must not free it.
 */
export function isEphemeral(
  assessed: AssessedPlan,
  environment: string | undefined,
  policy: Policy,
  where: Whereabouts,
): boolean {
  const own = environment !== undefined && Object.hasOwn(policy.environments, environment);
  const { ephemeral, match } = (own ? policy.environments[environment] : undefined) ?? {};
  if (ephemeral !== true) return false;
  const lasting = (name: string): boolean => policy.environments[name]?.ephemeral !== true;
  if (environmentsMatching(assessed.plan, policy, where).some(lasting)) return false;
  if (environmentParts(assessed, policy, where).some((part) => lasting(part.environment))) return false;
  const tags = Object.entries(match?.tags ?? {});
  const ending = assessed.changes.filter((change) => change.ending !== undefined);
  return ending.every(({ change }) => tags.every(([name, values]) => hasTag(change.values().before, name, values)));
}

/** Rules about destruction that is what an ephemeral environment is for. Limits do not hold there either. */
export const PASSES_IN_EPHEMERAL: ReadonlySet<RuleId> = new Set<RuleId>([
  "environment-recreated",
  "environment-removed",
  "imported-object-ends",
  "key-of-survivors-ends",
  "backup-ends-too",
  "zone-of-survivors-ends",
  "network-of-survivors-ends",
]);
