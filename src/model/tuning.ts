/** Past plans under a policy: what was stopped and why, and what limits would have let pass. */

import type { ActorKind } from "./authorship.ts";
import type { Bound } from "./bounds.ts";
import type { LimitName } from "./policy.ts";

export interface TunedPlan {
  readonly input: string;
  readonly verdict: "pass" | "review" | "fail";
  /** Of the config; absent where none matches. */
  readonly environment?: string;
  /** What limits look at, by the bound that the actor is held to. `null`: cannot be known, and is above every limit. */
  readonly actual: Readonly<Record<LimitName, Bound>>;
  /** Limits in force there; those that are off are absent. */
  readonly limits: Readonly<Partial<Record<LimitName, number>>>;
  /** Limits that it is above of. */
  readonly over: readonly LimitName[];
  /** Rules that stop it whatever the limits are. */
  readonly rules: readonly string[];
}

export interface Tuning {
  /** How many of the plans should pass, 0 to 1. */
  readonly wanted: number;
  readonly heldTo: { readonly actor: ActorKind; readonly bound: "lower" | "upper" };
  /** Those that were stopped first, the worst of them first. */
  readonly plans: readonly TunedPlan[];
  /** One for each environment of the config, and one for plans of none. */
  readonly groups: readonly TunedGroup[];
  readonly undecided: readonly { readonly input: string; readonly message: string }[];
  /** Files that are no plans, or one that was there already. */
  readonly skipped: number;
}

export interface TunedGroup {
  readonly environment?: string;
  readonly plans: number;
  readonly limits: readonly TunedLimit[];
  /** What all limits together would have to be; absent where rules alone stop too many. */
  readonly together?: {
    readonly limits: Readonly<Partial<Record<LimitName, number>>>;
    readonly passing: number;
  };
  /** Rules that stop plans whatever the limits are, with how many; the most frequent first. */
  readonly rules: readonly { readonly rule: string; readonly plans: number }[];
  /** How many these stop together. */
  readonly stoppedByRules: number;
}

export interface TunedLimit {
  readonly name: LimitName;
  readonly now: number;
  /** Plans above it. */
  readonly over: number;
  /** The smallest limit that, by itself, lets as many pass as are wanted; `null` where none does. */
  readonly needed: number | null;
  /** Limits with how many plans are within: the smallest first. */
  readonly steps: readonly { readonly limit: number; readonly within: number }[];
}
