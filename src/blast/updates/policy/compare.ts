/** Two versions of an access policy: what the new one lets in that the old one did not, and what it no longer allows. */

import type { Widening } from "../../../model/hazard.ts";
import { restricts } from "./conditions.ts";
import { overlaps, takesIn } from "./patterns.ts";
import { type Statement, statementsOf } from "./statements.ts";
import { isAdministrative, isConfined, isOnAll, isOnEverything, isSweeping, rulesAll } from "./sweeping.ts";

export interface PolicyChange {
  /** Why it lets more be done than before; empty when it does not. */
  readonly widened: readonly Widening[];
  /** Everybody is let in without a condition that keeps strangers out. */
  readonly everybody: boolean;
  /** What a statement allowed nobody allows any more. */
  readonly narrowed: boolean;
}

/** `undefined` where either is no policy. An absent policy has no statements. */
export function comparePolicies(before: unknown, after: unknown): PolicyChange | undefined {
  const [old, now] = [statementsOf(before), statementsOf(after)];
  if (old === undefined || now === undefined) return undefined;
  const kept = new Set(old.map(({ content }) => content));
  const stays = new Set(now.map(({ content }) => content));
  const added = now.filter(({ content }) => !kept.has(content));
  const gone = old.filter(({ content }) => !stays.has(content));
  const allowed = old.filter(({ allows }) => allows);
  const granted = added.filter(({ allows }) => allows);
  // A new policy that rules one service is ordinary work; one that rules everything, or who may do what, is not.
  const isTooMuch = before === undefined ? isAdministrative : isSweeping;
  const widened = {
    "grants-all": granted.some(
      (one) => (isTooMuch(one) || rulesAll(one)) && !allowed.some((known) => isAsSweeping(known, one)),
    ),
    "on-everything": granted.some(
      (one) => reachesFurther(one, gone) && !allowed.some((known) => isAsSweeping(known, one)),
    ),
    "condition-removed": granted.some((one) => losesCondition(gone, one)),
    "denial-removed": gone.some((one) => !one.allows && !now.some((other) => deniesAsMuch(other, one))),
  } satisfies Partial<Record<Widening, boolean>>;
  return {
    widened: WIDENINGS.filter((cause) => widened[cause]),
    everybody: granted.some(
      (statement) => letsEverybodyIn(statement) && !allowed.some((one) => letsInBy(one, statement)),
    ),
    narrowed: gone.some(
      (statement) => statement.allows && !now.some((one) => one.allows && allowsSomeOf(one, statement)),
    ),
  };
}

const WIDENINGS = ["grants-all", "on-everything", "condition-removed", "denial-removed"] as const;

/** What was allowed on some resources is now allowed on all. */
function reachesFurther(statement: Statement, gone: readonly Statement[]): boolean {
  if (!isOnEverything(statement)) return false;
  return gone.some(
    (old) =>
      old.allows && old.principals.list.length === 0 && !isOnAll(old) && overlaps(old.actions, statement.actions),
  );
}

function isAsSweeping(known: Statement, statement: Statement): boolean {
  return (
    !isConfined(known) &&
    takesIn(known.principals, statement.principals) &&
    takesIn(known.actions, statement.actions) &&
    takesIn(known.resources, statement.resources)
  );
}

function letsEverybodyIn({ principals, conditions }: Statement): boolean {
  return (principals.inverted || principals.list.includes("*")) && !conditions.some(restricts);
}

/** It let everybody in before, to the same things: what is added is no new door. */
function letsInBy(known: Statement, statement: Statement): boolean {
  return (
    letsEverybodyIn(known) && takesIn(known.actions, statement.actions) && takesIn(known.resources, statement.resources)
  );
}

/** The same permission stood under a condition that kept strangers out, and now stands without it. */
function losesCondition(gone: readonly Statement[], statement: Statement): boolean {
  const isSuccessor = (old: Statement): boolean =>
    (old.sid !== undefined && old.sid === statement.sid) ||
    (overlaps(old.actions, statement.actions) &&
      overlaps(old.resources, statement.resources) &&
      overlaps(old.principals, statement.principals));
  return gone
    .filter((old) => old.allows && isSuccessor(old))
    .some((old) =>
      old.conditions
        .filter(restricts)
        .some(({ key }) => !statement.conditions.some((one) => one.key === key && restricts(one))),
    );
}

/** A condition with other values (a list of exceptions that grows) is another matter than one that was not there. */
function deniesAsMuch(statement: Statement, denial: Statement): boolean {
  const keys = new Set(denial.conditions.map(({ operator, key }) => `${operator} ${key}`));
  return (
    !statement.allows &&
    takesIn(statement.actions, denial.actions) &&
    takesIn(statement.resources, denial.resources) &&
    takesIn(statement.principals, denial.principals) &&
    statement.conditions.every(({ operator, key }) => keys.has(`${operator} ${key}`))
  );
}

/** Some of what the old statement allowed is still allowed: it was edited, not removed. */
function allowsSomeOf(statement: Statement, old: Statement): boolean {
  const sameSid = statement.sid !== undefined && statement.sid === old.sid;
  return (
    sameSid ||
    (overlaps(statement.actions, old.actions) &&
      overlaps(statement.resources, old.resources) &&
      overlaps(statement.principals, old.principals))
  );
}
