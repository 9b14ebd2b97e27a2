/** A config as it is written, after validation: the shape of `schema/config.schema.json`. */

import type { ActorKind } from "../../model/authorship.ts";
import type { Loss } from "../../model/catalogue.ts";
import type { ExpectedValue } from "../../model/custom-rule.ts";
import type { Day, Mode, RuleLevel, TypeOverlay, Waiver, Weight } from "../../model/policy.ts";

export interface RawConfig {
  readonly extends?: RawExtends | readonly RawExtends[];
  readonly mode?: Mode;
  readonly limits?: RawLimitsByActor;
  readonly actors?: Readonly<Partial<Record<ActorKind, ActorKind>>>;
  readonly attestedHumans?: boolean;
  readonly humanKeys?: readonly string[];
  readonly authorship?: { readonly judge?: "change" | "lines"; readonly unrelated?: Texts };
  readonly rules?: Readonly<Record<string, RawSetting | Readonly<Partial<Record<ActorKind, RawSetting>>>>>;
  readonly weights?: { readonly default?: RawWeight; readonly types?: Readonly<Record<string, RawWeight>> };
  readonly environments?: Readonly<Record<string, RawEnvironment>>;
  readonly types?: Readonly<Record<string, TypeOverlay>>;
  readonly signOff?: {
    readonly allowedSigners?: string;
    readonly team?: readonly (
      | string
      | { readonly login: string; readonly id?: number; readonly names?: readonly string[] }
    )[];
    readonly longest?: string;
  };
  readonly custom?: Readonly<Record<string, RawCustomRule>>;
  readonly rego?: Readonly<Record<string, RawRego>>;
  readonly protected?: {
    readonly addresses?: Texts;
    readonly types?: Texts;
    readonly tags?: Readonly<Record<string, Texts>>;
  };
  readonly freezes?: readonly RawFreeze[];
  readonly waivers?: readonly Waiver[];
  readonly waiverDays?: number;
}

/** A ruleset, a file or a package; with digests, one of which it must have. */
export type RawExtends = string | { readonly from: string; readonly digest: string | readonly string[] };

export type RawLimitsByActor = Readonly<Partial<Record<ActorKind, RawLimits>>>;

export interface RawLimits {
  readonly dataLoss?: number | "off";
  readonly ended?: number | "off";
  readonly affected?: number | "off";
  /** A fraction, or a text such as `10%`. */
  readonly share?: number | string;
  readonly score?: number | "off";
  readonly signatures?: number | "none";
  readonly bound?: "lower" | "upper";
}

export type RawSetting = RuleLevel | { readonly level: RuleLevel; readonly signatures?: number };
export type RawWeight = number | Partial<Weight>;

export interface RawEnvironment {
  readonly match?: {
    readonly tags?: Readonly<Record<string, string | readonly string[]>>;
    readonly module?: string;
    readonly workspace?: string;
    readonly stack?: string;
    readonly path?: string;
    readonly folder?: string;
    readonly accounts?: Texts;
  };
  readonly limits?: RawLimitsByActor;
  readonly pinned?: {
    readonly accounts?: string | readonly string[];
    readonly regions?: string | readonly string[];
    readonly workspace?: string;
  };
  readonly exists?: boolean;
  readonly ephemeral?: boolean;
  readonly mode?: Mode;
}

export interface RawCustomRule {
  readonly description: string;
  readonly remedy?: string;
  readonly level?: RawLevel;
  readonly match?: {
    readonly actions?: Texts;
    readonly types?: Texts;
    readonly addresses?: Texts;
    readonly tags?: Readonly<Record<string, Texts>>;
    readonly before?: Readonly<Record<string, ExpectedValue>>;
    readonly after?: Readonly<Record<string, ExpectedValue>>;
    readonly losses?: Loss | readonly Loss[];
    readonly environments?: Texts;
    readonly actors?: ActorKind | readonly ActorKind[];
    readonly radius?: number;
  };
  readonly expression?: string;
  readonly atMost?: number;
}

export interface RawRego {
  /** A path from the config's folder. */
  readonly policy: string;
  readonly packages?: Texts;
  readonly digest?: Texts;
  readonly level?: RawLevel;
  readonly warn?: RawLevel;
}

export type RawLevel = RawSetting | Readonly<Partial<Record<ActorKind, RawSetting>>>;

export type Texts = string | readonly string[];

export interface RawFreeze {
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
  readonly days?: readonly Day[];
  readonly hours?: string;
  readonly timeZone?: string;
  readonly environments?: Texts;
  readonly changes?: "ends" | "all";
}
