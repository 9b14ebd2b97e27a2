/** What the destruction in a plan comes to: the answer of `blast/`, before any policy has looked at it. */

import type { Certainty, Fate } from "./action.ts";
import type { BlindSpot } from "./blind-spot.ts";
import type { Range } from "./bounds.ts";
import type { Guard, Loss, Undo } from "./catalogue.ts";
import type { Hazard } from "./hazard.ts";
import type { ChangePlan, ResourceChange } from "./plan.ts";
import type { EndingObject } from "./sign-off.ts";
import type { Suggestion, UnknownCause } from "./suggestion.ts";
import type { ChangeOrigin } from "./units.ts";

export interface AssessedPlan {
  readonly plan: ChangePlan;
  /** One for each change of the plan, in its order. */
  readonly changes: readonly AssessedChange[];
  /** Objects that end and count: routine ones only when something else ends because of them. */
  readonly ended: Range;
  /** Objects that depend on at least one of these, each once. */
  readonly affected: Range;
  /** Objects that end, hold data and lose it. */
  readonly dataLoss: Range;
  readonly noSurvivors: readonly NoSurvivors[];
  /** Module instances in which something that counts ends, by address. */
  readonly modules: readonly ModuleLoss[];
  /** Loss that these counts do not show, by address. */
  readonly hazards: readonly Hazard[];
  /** Destruction that can be avoided. Facts beside the verdict: what ends is counted all the same. */
  readonly suggestions: readonly Suggestion[];
  /** The objects that end, or may end, by address: what a sign-off lists. */
  readonly ends: readonly EndingObject[];
  /** Hash of the destruction alone: the same addresses of other objects are another destruction. */
  readonly fingerprint: string;
  readonly blindSpots: readonly BlindSpot[];
  /** By address, where the source was compared with an earlier revision. */
  readonly origins?: ReadonlyMap<string, ChangeOrigin>;
  /** `ChangePlan.document`, where the policy has somebody to read it. */
  readonly document?: string;
}

export interface AssessedChange {
  readonly change: ResourceChange;
  /** Whether the existing object ends; `undefined` when it lives on. */
  readonly ending: Certainty | undefined;
  readonly type: JudgedType;
  /** Whether limits count it. */
  readonly counted: boolean;
  readonly radius: BlastRadius;
  /** What a replacement waits for that only unknown values force; empty for every other change. */
  readonly unknownCauses: readonly UnknownCause[];
  /** What its ending comes to; `undefined` when it lives on. */
  readonly loss: LossAssessment | undefined;
}

export interface LossAssessment {
  /** What the object is (`database`, `network`, ...); `undefined` for a type that is not in the catalogue. */
  readonly kind: string | undefined;
  /** What becomes of the old object, the attributes that guard it considered. */
  readonly fate: Fate;
  /** What it takes to get it back; `unknown` for a type that is not in the catalogue. */
  readonly undo: Undo | "unknown";
  readonly guards: readonly GuardState[];
  /** The attribute for which the deletion will be refused. */
  readonly refusedBy?: string;
  readonly downtime: Downtime;
}

export interface GuardState {
  readonly guard: Guard;
  readonly state: "on" | "off" | "unknown";
}

/** Until when somebody has to do without: not at all, until the new object is there, or until people have put things back. */
export type Downtime = "none" | "brief" | "until-restored";

export interface JudgedType {
  readonly holdsData: boolean;
  /** It may, for all that is known: counted in upper bounds only. */
  readonly mayHoldData: boolean;
  readonly losses: readonly Loss[];
  readonly routine: boolean;
  /** `name`: the type is not in the catalogue and was judged by its name. */
  readonly source: "catalogue" | "config" | "name";
}

export interface BlastRadius extends Range {
  /** More depend on it than are listed. */
  readonly truncated: boolean;
  /** Nearest first, within a distance by address. */
  readonly affected: readonly AffectedObject[];
}

export interface AffectedObject {
  readonly address: string;
  /** Dependencies between the ending object and this one, at least 1. */
  readonly distance: number;
  /** Addresses from the ending object to this one, both included. */
  readonly path: readonly string[];
  /** What the last dependency of the path rests on. */
  readonly edge: "exact" | "config" | "state" | "value" | "erased";
  /** Whether the lower bound counts it. */
  readonly certain: boolean;
  readonly effect: "ends" | "changes" | "untouched";
}

/** Objects that belong together, and those of them that end. */
export interface Group {
  readonly scope: NoSurvivors["scope"];
  readonly address: string;
  /** How many there are before the change. */
  existing: number;
  readonly ending: AssessedChange[];
}

/** How much of one module instance ends, everything below it included. */
export interface ModuleLoss {
  readonly address: string;
  readonly existing: number;
  readonly ended: Range;
  readonly dataLoss: Range;
}

/** What may end as a whole: instances of one resource, a module instance, a stack, or all parts of one thing. */
export const SCOPES = ["family", "module", "stack", "subnets", "node pools", "replicas"] as const;

/** All objects of a group end in one plan. */
export interface NoSurvivors {
  readonly scope: (typeof SCOPES)[number];
  /** The resource without its key, the module instance, the nested stack, or the block that the parts belong to. */
  readonly address: string;
  /** Objects in it that are not routine; all of them end. */
  readonly objects: number;
  /** They come back as new objects, in place or under another address. Otherwise they are only removed. */
  readonly recreated: boolean;
  /** `conditional` when one of the endings is, and when there may be more in it than the plan lists. */
  readonly certainty: Certainty;
}
