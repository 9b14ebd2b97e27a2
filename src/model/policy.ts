/** Policy as it is in force: layers merged, every value with the layer that it came from. */

import type { ActorKind } from "./authorship.ts";
import type { Loss } from "./catalogue.ts";
import type { CustomRule } from "./custom-rule.ts";
import type { RegoPolicy } from "./rego.ts";
import type { SignOffPolicy } from "./sign-off.ts";

export const LIMIT_NAMES = ["dataLoss", "ended", "affected", "share", "score"] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** What one kind of actor may do. A limit that is absent, or `off`, does not limit. */
export interface ActorLimits {
  /** Objects that hold data and end. */
  readonly dataLoss?: number | "off" | undefined;
  /** Objects that end. */
  readonly ended?: number | "off" | undefined;
  /** Objects that depend on ending ones. */
  readonly affected?: number | "off" | undefined;
  /** Ended over existing objects, 0 to 1; holds from 20 existing objects on. */
  readonly share?: number | "off" | undefined;
  /** Weighted sum, see `Weights`. */
  readonly score?: number | "off" | undefined;
  /** How many signatures lift an exceeded limit; `none`: nothing lifts it. */
  readonly signatures?: number | "none" | undefined;
  /** Which bound the limits are compared with. */
  readonly bound?: "lower" | "upper" | undefined;
}

export type RuleLevel = "error" | "warning" | "note" | "off";

/** How a rule's finding counts for one kind of actor. An `error` fails, or waits for so many signatures. */
export interface RuleSetting {
  readonly level: RuleLevel;
  readonly signatures?: number | undefined;
}

/** Weight of one change to an object, by its action. What ends is never free; what is created or updated is, unless it is given. */
export interface Weight {
  readonly delete: number;
  readonly replace: number;
  readonly create: number;
  readonly modify: number;
}

export interface Weights {
  /** For every type without a weight of its own, and what a type's own leaves out. */
  readonly default: Weight;
  /** By type name; `*` stands for any text. The longest pattern that matches wins. */
  readonly types: Readonly<Record<string, Partial<Weight>>>;
}

/** Where a plan goes, told by any of these; all parts given must hold. */
export interface EnvironmentMatch {
  /** Tag or label name to the values that count. */
  readonly tags?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Pattern for a module instance: the environment is that part of a plan. */
  readonly module?: string | undefined;
  /** Pattern for the workspace, `*` stands for any text. */
  readonly workspace?: string | undefined;
  /** Pattern for the name of a CloudFormation stack. */
  readonly stack?: string | undefined;
  /** Pattern for the input's path, `**` also over folders. */
  readonly path?: string | undefined;
  /** Pattern for the folder that the plan lies in, or one above it in the repository. */
  readonly folder?: string | undefined;
  /** AWS account ids, Google Cloud projects, Azure subscriptions: the plan shows one of them and no other. */
  readonly accounts?: readonly string[] | undefined;
}

export interface Environment {
  readonly match?: EnvironmentMatch | undefined;
  readonly limits: Readonly<Partial<Record<ActorKind, ActorLimits>>>;
  /** The world it lives in; a plan made in another one is not for it. */
  readonly pinned?: Pinned | undefined;
  /** It exists already: a state that knows nothing of it is the wrong one. */
  readonly exists?: boolean | undefined;
  /** It comes and goes, as previews do: its whole destruction passes with a note. */
  readonly ephemeral?: boolean | undefined;
  /** In place of the policy's. */
  readonly mode?: Mode | undefined;
}

/** `observe` reports everything and fails nothing. */
export type Mode = "enforce" | "observe";

/** What must not end, by patterns; a tag name goes with the values that count. */
export interface Protected {
  readonly addresses: readonly string[];
  readonly types: readonly string[];
  readonly tags: Readonly<Record<string, readonly string[]>>;
}

/** A time at which nothing is to end: between two moments, and on days of the week somewhere. */
export interface Freeze {
  readonly name: string;
  /** RFC 3339. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly days?: readonly Day[] | undefined;
  /** `16:00-24:00`, within one day. */
  readonly hours?: string | undefined;
  /** IANA name, for `days` and `hours`. */
  readonly timeZone?: string | undefined;
  /** Absent: all. */
  readonly environments?: readonly string[] | undefined;
  /** What must not happen: objects that end, or any change. */
  readonly changes: "ends" | "all";
}

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];

export interface Pinned {
  /** AWS account ids, Google Cloud projects, Azure subscriptions. */
  readonly accounts?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly workspace?: string | undefined;
}

/** What a config says of a resource type, on top of the catalogue. */
export interface TypeOverlay {
  readonly holdsData: boolean;
  readonly losses?: readonly Loss[] | undefined;
  readonly routine?: boolean | undefined;
  /** Why the type is less dangerous than the catalogue or its name says. */
  readonly reason?: string | undefined;
}

/** Somebody answers for a finding until a time. */
export interface Waiver {
  /** The rule that it is about. */
  readonly rule: string;
  /** Pattern for the address of the finding; exactly one of this and `fingerprint` is given. */
  readonly address?: string | undefined;
  /** The plan's `fingerprint`: this destruction and no other. */
  readonly fingerprint?: string | undefined;
  readonly reason: string;
  readonly owner: string;
  /** RFC 3339. */
  readonly expires: string;
}

/** Which commits count for the author. */
export interface AuthorshipPolicy {
  /** All of the change, or those that had a hand in what the plans end. */
  readonly judge: "change" | "lines";
  /** Patterns for files, from the root of the repository, that no plan is made from. */
  readonly unrelated: readonly string[];
}

export interface Policy {
  /** Where an environment has none of its own. */
  readonly mode: Mode;
  readonly limits: Readonly<Partial<Record<ActorKind, ActorLimits>>>;
  /** Whose limits an actor is held to; its own entries under `limits` come on top. */
  readonly actors: Readonly<Partial<Record<ActorKind, ActorKind>>>;
  /** Whether a human must be attested to be held to a human's limits; an agent's hold otherwise. */
  readonly attestedHumans: boolean;
  /** Fingerprints of keys that people hold: commits that a host verified by one of them are attested. */
  readonly humanKeys: readonly string[];
  readonly authorship: AuthorshipPolicy;
  /** By rule id, then by actor; `*` is for every actor without a setting of its own. */
  readonly rules: Readonly<Record<string, Readonly<Partial<Record<ActorKind | "*", RuleSetting>>>>>;
  readonly weights: Weights;
  readonly environments: Readonly<Record<string, Environment>>;
  readonly types: Readonly<Record<string, TypeOverlay>>;
  readonly signOff: SignOffPolicy;
  /** By name, without `custom/`. */
  readonly custom: Readonly<Record<string, CustomRule>>;
  /** Policies in Rego, by name. */
  readonly rego: Readonly<Record<string, RegoPolicy>>;
  /** What any layer protects. */
  readonly protected: Protected;
  /** Of all layers. */
  readonly freezes: readonly Freeze[];
  /** Of all layers. */
  readonly waivers: readonly Waiver[];
  /** How far ahead a waiver may reach, in days. */
  readonly waiverDays: number;
  /** Every value in force as it was written, by path. */
  readonly values: readonly PolicyValue[];
  /** Layers in the order in which they were applied, with the paths of the values that each one set and still holds. */
  readonly sources: readonly PolicySource[];
}

export interface PolicyValue {
  /** Keys with dots between them, such as `limits.agent.ended`. */
  readonly path: string;
  readonly value: unknown;
  /** The layer's name. */
  readonly source: string;
  /** Where it is written: `firebreak.yaml:3:12`, or the name of a built-in ruleset. */
  readonly place: string;
}

export interface PolicySource {
  readonly name: string;
  /** Paths such as `limits.agent.ended`, sorted. */
  readonly sets: readonly string[];
}
