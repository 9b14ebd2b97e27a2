/** Loss that counts of ending objects do not show: facts in typed arguments, which rules speak of and `report/wording` words. */

import type { Certainty } from "./action.ts";
import type { Location } from "./source.ts";
import type { UpdateRuleId } from "./updates.ts";
import type { AttributePath } from "./values.ts";

/** What all hazards share: the object that it is about, and whether it is sure to happen. */
interface HazardBase {
  readonly address: string;
  readonly certainty: Certainty;
  /** The line that it is about, where that is another one than the block's. */
  readonly location?: Location;
}

export type Hazard = HazardBase & HazardArguments;

export type HazardArguments =
  | ProtectedObject
  | CreateFirst
  | Survivors
  | { readonly ruleId: "state-storage-ends" }
  | Weakened
  | LostGuard;

/** What the source had before the change and has no more, whatever the plan shows of it. */
export type LostGuard =
  | {
      readonly ruleId: "prevent-destroy-removed";
      readonly how: "removed" | "switched-off" | "not-constant" | "with-block";
    }
  | {
      readonly ruleId: "protection-argument-removed";
      readonly attribute: string;
      readonly how: "removed" | "switched-off";
    }
  /** Attributes that guard it and that are ignored from now on. */
  | { readonly ruleId: "changes-ignored"; readonly attributes: readonly string[] | "all" }
  | { readonly ruleId: "module-version-changed"; readonly what: "source" | "version" }
  | {
      readonly ruleId: "provider-version-changed";
      readonly what: "constraint" | "version" | "checksums" | "unpinned" | "lock-file";
    };

/** Rules about what only the source says. */
export const SOURCE_RULES = {
  "prevent-destroy-removed": "The source no longer says that an object must not be destroyed.",
  "protection-argument-removed": "The source no longer asks for protection that the plan does not show as lost.",
  "changes-ignored": "Changes of attributes that guard an object are ignored from now on.",
  "module-version-changed": "A module comes from elsewhere, or in another version: what it brings is in no diff.",
  "provider-version-changed": "A provider comes in another version, or what pins it is gone.",
} as const;

/** The plan as a whole is not what its environment says of itself. */
export type WorldArguments = WrongWorld | WrongState;

/** It was made in another world than the pinned one, or does not show in which. */
export interface WrongWorld {
  readonly ruleId: "wrong-world" | "unverified-world";
  readonly what: "account" | "region" | "workspace";
  /** What the config pins. */
  readonly expected: readonly string[];
  /** Where another one shows; the other one itself is a value of the plan, and is not told. */
  readonly seenAt?: string;
}

/** It creates everything, and the state knows nothing or next to nothing. */
export interface WrongState {
  readonly ruleId: "empty-state" | "lost-state";
  readonly created: number;
  readonly existing: number;
}

/** Its deletion will be refused, and by then objects that depend on it are gone. */
export interface ProtectedObject {
  readonly ruleId: "protected-object-ends";
  /** The attribute that protects it. */
  readonly attribute: string;
  readonly goneBefore: number;
}

/** It is to be created before the old one ends, and the two cannot exist together. */
export interface CreateFirst {
  readonly ruleId: "create-first-collides";
  /** The attribute that must differ and does not; absent when nothing can make it possible. */
  readonly attribute?: string;
}

/** Something that other objects cannot do without ends. */
export interface Survivors {
  readonly ruleId: "key-of-survivors-ends" | "zone-of-survivors-ends" | "network-of-survivors-ends" | "backup-ends-too";
  /** How many others it is about, and the first of them in address order. */
  readonly others: number;
  readonly example: string;
}

/** An object is worth less, or open to more, after the change. */
export interface Weakened {
  readonly ruleId: UpdateRuleId;
  /** Attributes that say so. Empty with `unseen`: the object itself is what is removed. */
  readonly paths: readonly AttributePath[];
  /** Attributes that may say so: their new value is not in the plan. */
  readonly unseen: readonly AttributePath[];
  /** In what way a policy comes to allow more; absent for other rules. */
  readonly causes?: readonly Widening[];
}

export type Widening =
  | "grants-all"
  | "on-everything"
  | "trusts-everybody"
  | "denial-removed"
  | "condition-removed"
  | "boundary-removed";
