/** The report: what every format renders and what `--format json` prints. Its schema is `schema/report.schema.json`. */

import type { ActorKind, Authorship } from "./authorship.ts";
import type { BlastRadius, ModuleLoss, NoSurvivors } from "./blast.ts";
import type { BlindSpot } from "./blind-spot.ts";
import type { Bound, Range } from "./bounds.ts";
import type { Loss } from "./catalogue.ts";
import type { Level } from "./finding.ts";
import type { Verdict } from "./judgement.ts";
import type { PlanKind, Summary } from "./plan.ts";
import type { ActorLimits, Mode, PolicySource } from "./policy.ts";
import type { Signature } from "./sign-off.ts";
import type { Location } from "./source.ts";
import type { MovedBlock, Suggestion } from "./suggestion.ts";
import type { WrittenBy } from "./units.ts";

export const SCHEMA_VERSION = "1.0";

export interface Report {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly tool: { readonly name: "firebreak"; readonly version: string };
  /** RFC 3339; the time that the verdict holds for. */
  readonly asOf: string;
  readonly verdict: Verdict;
  readonly authorship: Authorship;
  readonly plans: readonly PlanReport[];
  readonly findings: readonly ReportedFinding[];
  /** Sign-offs and reviews that were handed in, those that count first, and of each other one why it does not. */
  readonly signatures: readonly Signature[];
  readonly policy: {
    readonly heldTo: { readonly actor: ActorKind; readonly bound: "lower" | "upper" };
    readonly mode: "enforce" | "observe";
    /** What the verdict would be without observe mode; absent in enforce mode. */
    readonly wouldBe?: Verdict;
    /** The revision that it was read from; absent when that was the folder. */
    readonly base?: { readonly ref: string; readonly commit: string };
    readonly sources: readonly PolicySource[];
    /** Limits that hold everywhere. */
    readonly limits: ActorLimits;
    /** Limits in the environments of these plans, where the config names them. */
    readonly environments?: Readonly<Record<string, ActorLimits>>;
  };
  /** There when this is one verdict of several reports. */
  readonly merged?: {
    /** Their names, in order. */
    readonly reports: readonly string[];
    /** They were judged by different policies: each is held to its own, and the sum to the strictest limits of all. */
    readonly policiesDiffer: boolean;
  };
  /** Files of a folder that are no plans, or the same plan as another one, with the reason in a sentence. */
  readonly skipped: readonly { readonly input: string; readonly message: string }[];
  /** Why there is no verdict: inputs that could not be read, and plans that could not be decided on. */
  readonly errors: readonly ReportedError[];
}

export interface ReportedError {
  readonly input?: string;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly address?: string;
}

export interface PlanReport {
  readonly input: string;
  readonly kind: PlanKind;
  readonly environment?: string;
  /** The mode of its environment, where that has one of its own. */
  readonly mode?: Mode;
  /** What ends is an environment that comes and goes: no limit holds. */
  readonly ephemeral?: true;
  readonly digest: string;
  readonly fingerprint: string;
  readonly complete: boolean;
  readonly incompleteReasons: readonly string[];
  readonly summary: Summary;
  readonly existing: number;
  /** Present where there may be more than these. */
  readonly existingIsKnown?: false;
  readonly share: Range;
  readonly changes: readonly ReportedChange[];
  readonly totals: { readonly ended: Range; readonly affected: Range; readonly dataLoss: Range; readonly score: Range };
  /** Families and modules of which every object ends. */
  readonly noSurvivors: readonly {
    readonly scope: NoSurvivors["scope"];
    readonly address: string;
    readonly objects: number;
    readonly recreated: boolean;
    readonly certainty: "certain" | "conditional";
  }[];
  /** Module instances in which something that counts ends. */
  readonly modules: readonly ModuleLoss[];
  /** What refresh found changed outside of the tool; no part of the change. */
  readonly drift: { readonly changed: readonly string[]; readonly deleted: readonly string[] };
  readonly blindSpots: readonly BlindSpot[];
  /** Destruction that can be avoided, and how; the verdict is about the plan as it is. */
  readonly suggestions: readonly ReportedSuggestion[];
}

export interface ReportedSuggestion {
  readonly kind: Suggestion["kind"];
  /** One sentence. */
  readonly message: string;
  /** `moved` blocks for the root module; for `for-each` the key of `to` is left for people to choose, and there are none. */
  readonly blocks: readonly MovedBlock[];
  /** The same as text to append to a .tf file of the root module; a sketch for `for-each`. */
  readonly text: string;
  /** Objects that would end with it. */
  readonly wouldEnd: Range;
  /** The verdict on the run with it; in observe mode what it would be. */
  readonly verdict: Verdict;
  /** Addresses of objects whose sensitive values could not be compared: the next plan tells. */
  readonly uncompared?: readonly string[];
}

export interface ReportedChange {
  readonly address: string;
  readonly deposed?: string;
  readonly previousAddress?: string;
  /** Another name by which people know the object, e.g. its construct path. */
  readonly label?: string;
  readonly type: string;
  readonly action: string;
  readonly order?: string;
  readonly certainty?: "certain" | "conditional";
  readonly fate?: string;
  readonly importing?: string;
  /** The plan puts this change off, for this reason. */
  readonly deferred?: string;
  readonly routine: boolean;
  readonly holdsData: boolean;
  readonly losses: readonly Loss[];
  /** `name`: the type is not in the catalogue and was judged by its name. Absent where nothing ends. */
  readonly judgedBy?: "catalogue" | "config" | "name";
  /** What the object is (`database`, `network`, ...), where it ends and its type is in the catalogue. */
  readonly kind?: string;
  /** What it takes to get back what is lost; this and the next two are there where something ends. */
  readonly undo?: "irreversible" | "backup" | "regenerable" | "none" | "unknown";
  readonly downtime?: "none" | "brief" | "until-restored";
  /** Attributes that guard the object, with what each does when it is on. */
  readonly guards?: readonly {
    readonly attribute: string;
    /** The value under which it protects, from the catalogue. */
    readonly protectsWhen: boolean | "set" | "positive" | readonly string[];
    readonly effect: "blocks-delete" | "keeps-backup" | "keeps-object" | "needs-inspection";
    readonly state: "on" | "off" | "unknown";
  }[];
  /** Whether limits count it. */
  readonly counted: boolean;
  readonly reasons: readonly string[];
  /** Where its block is written; when it is gone what stands in its place, or the nearest module call. Absent without source. */
  readonly location?: Location;
  /**
   * Edits that may tell why, with whose marks their commits bear: the newest of its own block first, then those of agents. Five at
   * most; absent without source and a base.
   */
  readonly writtenBy?: readonly WrittenBy[];
  readonly blastRadius: BlastRadius;
}

export interface ReportedFinding {
  readonly ruleId: string;
  readonly level: Level;
  readonly message: string;
  /** The plan it is about; absent when it is about all plans together. */
  readonly input?: string;
  readonly environment?: string;
  readonly address?: string;
  readonly limit?: number;
  /** `null`: cannot be known, and is above every limit. */
  readonly actual?: Bound;
  /** Signatures that lift it. */
  readonly signatures?: number;
  /** People who have signed for it. */
  readonly signed?: number;
  /** Where the block is written that it is about; `null` without source, or when it is about no block. */
  readonly location: Location | null;
  readonly remediation: string | null;
  readonly fingerprint: string;
  /** Who answers for it, why and until when; such a finding stops nothing. */
  readonly waiver: { readonly reason: string; readonly owner: string; readonly expires: string } | null;
}

/** The limits in an environment; where it has none of its own, or there is no environment, those that hold everywhere. */
export function limitsWithin({ limits, environments = {} }: Report["policy"], environment?: string): ActorLimits {
  // An environment may be called `constructor`.
  const own = environment !== undefined && Object.hasOwn(environments, environment);
  return (own ? environments[environment] : undefined) ?? limits;
}
