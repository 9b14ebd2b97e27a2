/** What policy has to say about a change: facts only, in typed arguments. `report/wording.ts` turns them into sentences. */

import type { NoSurvivors } from "./blast.ts";
import type { Bound, Range } from "./bounds.ts";
import { type HazardArguments, SOURCE_RULES, type WorldArguments } from "./hazard.ts";
import type { Disarming } from "./plan.ts";
import type { LimitName, Waiver } from "./policy.ts";
import type { Refusal } from "./refusal.ts";
import type { Location } from "./source.ts";
import type { Suggestion } from "./suggestion.ts";
import { UPDATE_RULES } from "./updates.ts";

export type Level = "error" | "warning" | "note";

/** What all findings share. */
interface FindingBase {
  readonly level: Level;
  /** Signatures that lift it; absent when none do or none are needed. */
  readonly signatures?: number;
  /** People who have signed for it; absent when nobody has. */
  readonly signed?: number;
  /** One of the signatures is asked for because nobody is named for whom the agent worked: that person could be a signer. */
  readonly oneMore?: true;
  /** The plan it is about; absent when it is about all plans of the run together. */
  readonly input?: string;
  readonly environment?: string;
  readonly address?: string;
  /** The line that it is about, where that is another one than the block's. */
  readonly location?: Location;
  /** Somebody answers for it: it is listed, and stops nothing. */
  readonly waiver?: Waiver;
}

export type Finding = FindingBase &
  (
    | { readonly ruleId: LimitRuleId; readonly limitName: LimitName; readonly limit: number; readonly actual: Bound }
    | {
        readonly ruleId: "environment-recreated" | "environment-removed";
        readonly scope: NoSurvivors["scope"];
        readonly objects: number;
        readonly address: string;
      }
    | { readonly ruleId: "incomplete-plan"; readonly reasons: readonly string[] }
    | { readonly ruleId: "imported-object-ends" | "object-forgotten"; readonly address: string }
    | { readonly ruleId: "provider-action"; readonly address: string; readonly trigger?: string }
    | { readonly ruleId: "failing-check"; readonly address: string }
    | { readonly ruleId: "avoidable-destruction"; readonly suggestion: Suggestion; readonly address: string }
    | { readonly ruleId: "more-than-reviewed"; readonly because: ReviewGap; readonly address?: string }
    | (HazardArguments & { readonly address: string })
    | WorldArguments
    | (Refusal & { readonly ruleId: "refused-change" })
    | { readonly ruleId: "protection-removed"; readonly address: string; readonly disarms: readonly Disarming[] }
    | ProtectedByPolicy
    | CustomFinding
    | RegoFinding
    | ChangeFreeze
    | { readonly ruleId: "ephemeral-environment"; readonly ended: Range }
    | { readonly ruleId: "policy-changed" | "policy-added"; readonly paths: readonly string[]; readonly ref: string }
    | { readonly ruleId: "expired-waiver"; readonly void: Waiver }
    | { readonly ruleId: "overlong-waiver"; readonly void: Waiver; readonly mostDays: number }
  );

/** How a plan goes beyond the report that was reviewed: no such plan is in it, an object is not, or it is another object now. */
export type ReviewGap = "plan-not-listed" | "object-not-listed" | "other-objects";

/** An object that the policy protects ends. */
export interface ProtectedByPolicy {
  readonly ruleId: "protected-by-policy";
  readonly address: string;
  readonly by: "address" | "type" | "tag";
  /** The policy's pattern, or the tag's name. */
  readonly pattern: string;
}

/** A rule of the config: about one change, or about too many of them. */
export type CustomFinding = {
  readonly ruleId: `custom/${string}`;
  /** The rule's own words: those of the config, never of the plan. */
  readonly description: string;
  readonly remedy?: string;
} & (
  | {
      readonly address: string;
      /** Its expression asks for what the plan does not have or does not show. */
      readonly notEvaluated?: true;
    }
  | { readonly limit: number; readonly actual: number }
);

/** What a policy in Rego says. */
export interface RegoFinding {
  readonly ruleId: `rego/${string}`;
  /** The policy's own words, without values of the plan. */
  readonly message: string;
  readonly address?: string;
}

/** The plan is judged at a time that the policy keeps free of it. */
export interface ChangeFreeze {
  readonly ruleId: "change-freeze";
  readonly name: string;
  readonly changes: "ends" | "all";
  /** RFC 3339; absent for what comes back every week. */
  readonly until?: string;
}

export type LimitRuleId = "limit-data-loss" | "limit-ended" | "limit-affected" | "limit-share" | "limit-score";

/** Rules whose level a config may set, with what each one says. Limits are set under `limits`. */
export const RULES = {
  "environment-recreated": "Every object of a family or module is deleted and created again.",
  "environment-removed": "Every object of a family or module is deleted.",
  "incomplete-plan": "The plan does not list all that it will take to reach the configuration.",
  "imported-object-ends": "An object that is only now being imported is replaced or deleted.",
  "provider-action": "The plan runs a provider action; what it does is not in the plan.",
  "failing-check": "A check, precondition or postcondition of the configuration fails.",
  "wrong-world": "The plan was made in another account, region or workspace than the environment is pinned to.",
  "unverified-world": "The environment is pinned, and the plan does not show where it was made.",
  "empty-state": "The plan creates everything, and its state knows next to nothing.",
  "lost-state": "The plan creates everything, although the environment is said to exist.",
  "protected-object-ends": "An object ends that is still protected: the apply stops there, half-way.",
  "create-first-collides": "A replacement is to be created first, and the two objects cannot exist together.",
  "key-of-survivors-ends": "A key ends that data of surviving objects is encrypted with.",
  "backup-ends-too": "The backup or replica of an object that ends goes with it.",
  "state-storage-ends": "What seems to hold Terraform's own state ends.",
  "zone-of-survivors-ends": "A DNS zone ends, and records in it live on.",
  "avoidable-destruction": "Objects end that a moved block, or for_each in place of count, would keep.",
  "network-of-survivors-ends": "A network ends, and what runs in it lives on.",
  "refused-change":
    "CloudFormation will refuse a part: the stack policy, termination protection, or a stack that imports it.",
  "protection-removed":
    "The change switches off what would keep an object from being deleted, or its data from being lost.",
  ...UPDATE_RULES,
  "object-forgotten": "An object leaves the state and lives on, where no later plan shows what becomes of it.",
  ...SOURCE_RULES,
  "protected-by-policy": "An object ends that the policy protects.",
  "change-freeze": "It is judged at a time at which nothing is to end.",
  "ephemeral-environment": "Objects of an environment end that comes and goes.",
  "policy-changed": "The change edits the policy, the gate or who owns them; it is judged by what the base says.",
  "policy-added": "The base has no policy, and the change brings one.",
  "expired-waiver": "A waiver's time is over, and it no longer counts.",
  "overlong-waiver": "A waiver reaches further ahead than the policy allows, and does not count.",
} as const;
export type RuleId = keyof typeof RULES;
