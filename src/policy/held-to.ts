/** Whose limits and rules an actor is held to. */

import type { ActorKind, Authorship } from "../model/authorship.ts";
import type { ActorLimits, Policy, RuleSetting } from "../model/policy.ts";

export interface HeldTo {
  /** The kind whose limits hold, after `actors` and attestation. */
  readonly actor: ActorKind;
  readonly bound: "lower" | "upper";
  /** Kinds to look a setting up under, the most special first. */
  readonly kinds: readonly ActorKind[];
}

export function heldTo(policy: Policy, { kind, grade }: Authorship): HeldTo {
  // A human whom nobody attests is somebody who says so: where that matters, an agent's limits hold.
  const own: ActorKind = policy.attestedHumans && kind === "human" && grade !== "attested" ? "agent" : kind;
  const kinds = chainFrom(own, policy.actors);
  const actor = kinds.at(-1) ?? own;
  // An actor whom no layer names a bound for is held to the harder one.
  return { actor, kinds, bound: limitsFor(policy.limits, kinds).bound ?? "upper" };
}

/** `actors` may lead on: a bot that is held to an unknown author's limits is held to an agent's where those are. */
function chainFrom(own: ActorKind, actors: Policy["actors"]): ActorKind[] {
  const kinds = [own];
  for (let next = actors[own]; next !== undefined && !kinds.includes(next); next = actors[next]) kinds.push(next);
  return kinds;
}

/** Limits of all kinds that apply, the most special on top. */
export function limitsFor(limits: Policy["limits"], kinds: readonly ActorKind[]): ActorLimits {
  return Object.assign({}, ...[...kinds].reverse().map((kind) => limits[kind] ?? {}));
}

/** The limits in an environment: its own on top of those that hold everywhere. */
export function limitsIn(policy: Policy, environment: string | undefined, kinds: readonly ActorKind[]): ActorLimits {
  const everywhere = limitsFor(policy.limits, kinds);
  const known = environment !== undefined && Object.hasOwn(policy.environments, environment);
  const own = known ? policy.environments[environment] : undefined;
  return own === undefined ? everywhere : { ...everywhere, ...limitsFor(own.limits, kinds) };
}

/** How a rule counts for the actor. A rule that no layer mentions is a warning: it never passes in silence. */
export function settingOf(policy: Policy, rule: string, kinds: readonly ActorKind[]): RuleSetting {
  const settings = policy.rules[rule] ?? {};
  const kind = kinds.find((candidate) => settings[candidate] !== undefined) ?? "*";
  return settings[kind] ?? { level: "warning" };
}
