/** A config as it is written, after validation: the shape of `schema/config.schema.json`. */

import type { ActorKind } from "../../model/authorship.ts";
import type { RuleLevel, TypeOverlay, Waiver } from "../../model/policy.ts";

export interface RawConfig {
  readonly extends?: string | readonly string[];
  readonly mode?: "enforce" | "observe";
  readonly limits?: RawLimitsByActor;
  readonly actors?: Readonly<Partial<Record<ActorKind, ActorKind>>>;
  readonly attestedHumans?: boolean;
  readonly humanKeys?: readonly string[];
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
  readonly waivers?: readonly Waiver[];
  readonly waiverDays?: number;
}

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
export type RawWeight = number | { readonly delete: number; readonly replace: number };

export interface RawEnvironment {
  readonly match?: {
    readonly tags?: Readonly<Record<string, string | readonly string[]>>;
    readonly module?: string;
    readonly workspace?: string;
    readonly path?: string;
  };
  readonly limits?: RawLimitsByActor;
  readonly pinned?: {
    readonly accounts?: string | readonly string[];
    readonly regions?: string | readonly string[];
    readonly workspace?: string;
  };
  readonly exists?: boolean;
}
