/** Statements that grant everything, or the whole of a service. */

import { confines } from "./conditions.ts";
import { matches } from "./patterns.ts";
import type { Statement } from "./statements.ts";

/**
 * Everything, or a whole service, on every resource. In a policy of a resource (it has principals) `*` is only that one, so
 * there only trust counts.
 */
export function isSweeping(statement: Statement): boolean {
  const { actions } = statement;
  return isOnEverything(statement) && (actions.inverted || actions.list.some((action) => WHOLE_SERVICE.test(action)));
}

/** Of no service in particular, or who may do what. */
export function isAdministrative(statement: Statement): boolean {
  const { actions } = statement;
  return isOnEverything(statement) && (actions.inverted || actions.list.some((action) => ANY_SERVICE.test(action)));
}

const WHOLE_SERVICE = /^([^:]*[*?].*|[^:]+:[*?]+)$/;
const ANY_SERVICE = /^([^:]*[*?].*|iam:[*?]+)$/;

/** A role over all of a project, to whomever: the roles are what such a policy grants. */
export function rulesAll({ actions, principals }: Statement): boolean {
  return principals.list.length > 0 && actions.list.some((role) => OWNERS.has(role));
}

const OWNERS: ReadonlySet<string> = new Set([
  "roles/owner",
  "roles/editor",
  "roles/resourcemanager.organizationAdmin",
  "roles/resourcemanager.projectIamAdmin",
  "roles/iam.securityAdmin",
]);

/** On every resource, for whoever has the policy, under no condition that only some requests fulfil. */
export function isOnEverything(statement: Statement): boolean {
  return statement.principals.list.length === 0 && !isConfined(statement) && isOnAll(statement);
}

export function isConfined({ conditions }: Statement): boolean {
  return conditions.some(confines);
}

export function isOnAll({ resources }: Statement): boolean {
  return (
    resources.inverted || resources.list.some((pattern) => ALL_OF_A_SERVICE.test(pattern) || matches(pattern, ANY))
  );
}

/** Of no service that there is: what takes it in takes in everything. */
const ANY = "arn:aws:zz:zz-zz-1:000000000000:zz/zz";
/** `arn:aws:s3:::*`, in whatever region and account. */
const ALL_OF_A_SERVICE = /^arn:[^:]*:[^:]*:\*?:\*?:\*+$/;
