/** What becomes of an object that leaves its stack, by the arithmetic of deletion policies. */

import type { Fate } from "../../model/action.ts";
import { isObject } from "../../model/values.ts";
import type { Context } from "./context.ts";
import type { Row } from "./row.ts";

/** Policies of a resource as its template has them; resolved where they can be. */
export interface Policies {
  readonly deletion: unknown;
  readonly updateReplace: unknown;
  /** The properties beside them: some defaults depend on these. */
  readonly properties: unknown;
}

/**
 * CloudFormation's own answer where it gives one; recordings from before 2023 have none. Then the policies: DeletionPolicy
 * holds for removals alone and UpdateReplacePolicy for replacements alone. `templates`: policies that templates say, all of
 * which may be the one in force.
 */
export function fateOf(row: Row, ends: "removal" | "replacement", templates: readonly Policies[] = []): Fate {
  const said = row.policyAction === undefined ? undefined : ACTIONS.get(row.policyAction);
  const fate = row.policyAction === undefined ? fateByPolicy(row, ends, templates) : (said ?? "unknown");
  return fate === "snapshotted" && !SNAPSHOT_TYPES.has(row.type) ? "destroyed" : fate;
}

const ACTIONS: ReadonlyMap<string, Fate> = new Map([
  ["Delete", "destroyed"],
  ["Retain", "retained"],
  ["Snapshot", "snapshotted"],
  ["ReplaceAndDelete", "destroyed"],
  ["ReplaceAndRetain", "retained"],
  ["ReplaceAndSnapshot", "snapshotted"],
]);

/** Types of which CloudFormation can take a snapshot; on others it deletes instead. Source: cfn-lint's rule E3601 ff., user guide. */
const SNAPSHOT_TYPES: ReadonlySet<string> = new Set([
  "AWS::DocDB::DBCluster",
  "AWS::EC2::Volume",
  "AWS::ElastiCache::CacheCluster",
  "AWS::ElastiCache::ReplicationGroup",
  "AWS::Neptune::DBCluster",
  "AWS::RDS::DBCluster",
  "AWS::RDS::DBInstance",
  "AWS::Redshift::Cluster",
]);

/** From the least to the most that is left. */
const BY_LEFT: readonly Fate[] = ["destroyed", "unknown", "snapshotted", "retained"];

/** The least that any of the known policies leaves. */
function fateByPolicy(row: Row, ends: "removal" | "replacement", templates: readonly Policies[]): Fate {
  const contexts = [row.before(), row.after()].filter((context) => Object.keys(context).length > 0);
  // A removed resource has no context after; the policy in force is the deployed one.
  const known = contexts.length > 0 ? contexts.map(policiesIn) : templates;
  const fates = (known.length > 0 ? known : [policiesIn({})]).map((policies) => {
    const policy = ends === "removal" ? policies.deletion : policies.updateReplace;
    return policy === undefined ? fateByDefault(row.type, ends, policies.properties) : fateFor(policy);
  });
  return BY_LEFT.find((fate) => fates.includes(fate)) ?? "destroyed";
}

export function policiesIn(context: Context): Policies {
  return {
    deletion: context["DeletionPolicy"],
    updateReplace: context["UpdateReplacePolicy"],
    properties: context["Properties"],
  };
}

/** A policy that is still a function (`Fn::If`, `Ref`) may come to anything. */
function fateFor(policy: unknown): Fate {
  switch (policy) {
    case "Delete":
      return "destroyed";
    case "Snapshot":
      return "snapshotted";
    case "Retain":
    // Only the creation that fails is different, and what exists has been created.
    case "RetainExceptOnCreate":
      return "retained";
    default:
      return "unknown";
  }
}

/**
 * Delete, but a snapshot of database clusters, and of instances outside of a cluster. Replacements have no such exception.
 * Whether an instance is in a cluster must be known: without its properties it counts as one that is.
 */
export function fateByDefault(type: string, ends: "removal" | "replacement", properties: unknown): Fate {
  if (ends === "replacement") return "destroyed";
  if (type === "AWS::RDS::DBCluster") return "snapshotted";
  const standsAlone = isObject(properties) && properties["DBClusterIdentifier"] === undefined;
  return type === "AWS::RDS::DBInstance" && standsAlone ? "snapshotted" : "destroyed";
}
