/** A change plan as every stage after ingest sees it: one shape for every vendor. */

import { type Action, type Certainty, ends } from "./action.ts";
import type { BlindSpot } from "./blind-spot.ts";
import type { DependencySource } from "./dependencies.ts";
import type { Refusal } from "./refusal.ts";
import type { ConfigurationSource, Location } from "./source.ts";
import type { AttributePath } from "./values.ts";

export type PlanKind = "terraform-plan" | "cloudformation-change-set";

export interface ChangePlan {
  /** How the user named the input; `-` for standard input, `file#2` for the second plan of one file. */
  readonly input: string;
  readonly kind: PlanKind;
  /** `sha256:` and the hash of the plan's bytes (after gunzip). */
  readonly digest: string;
  readonly completeness: Completeness;
  /** Why no verdict can be given although the input is a plan (errored, unknown action); empty for nearly all. */
  readonly problems: readonly Problem[];
  readonly summary: Summary;
  /** Everything that happens to managed objects, ordered by address, then deposed key; no no-ops, no reads. */
  readonly changes: readonly ResourceChange[];
  /** Managed objects before the change, deposed ones included: the denominator of every share. */
  readonly existing: number;
  /** Whether `existing` are all there are. A change set names only what changes; without its template there may be more. */
  readonly existingIsKnown: boolean;
  /** Objects that may end without a change of their own: with these, no upper bound on what ends is known. */
  readonly unlisted: readonly UnlistedObjects[];
  /** What the plan can say about dependencies. Reading it may parse, so ask only when something ends. */
  readonly dependencies: DependencySource;
  /** The stack's name, of nested ones that of the root; absent for a plan of Terraform. */
  readonly stack?: string;
  /** What refresh found changed outside of the tool. Not part of the change. */
  readonly drift: Drift;
  readonly actionInvocations: readonly ActionInvocation[];
  readonly checks: readonly CheckResult[];
  /** What will be refused when the change is carried out. */
  readonly refusals?: readonly Refusal[];
  readonly blindSpots: readonly BlindSpot[];
  /** Where the plan was made, as far as it shows. Parses; ask only when the config pins it. */
  readonly world: () => readonly WorldMark[];
  /**
   * The plan's JSON as the tool printed it, sensitive values masked. Parses all of it. It holds values: for policies inside this
   * process, never for a report. Absent for change sets.
   */
  readonly document?: () => Promise<string>;
  /** The source that the plan was made from; absent when there is none, or nothing in the plan asks for it. */
  readonly source?: ConfigurationSource;
  /** The same source before the change: where it branched off, and as the base has it now. Absent where no base is named. */
  readonly sourceBefore?: readonly ConfigurationSource[];
}

/** A sign of the account or region that a plan was made in. */
export interface WorldMark {
  readonly what: "account" | "region";
  /** A value: for comparison only, never for a report. */
  readonly value: string;
  /** The object, data source or provider block that shows it. */
  readonly address: string;
}

/** What stands in an object that was not looked into: a nested stack whose change set was not given. */
export interface UnlistedObjects {
  /** Of the object around them. */
  readonly address: string;
}

/** Whether the plan lists all that it would take to reach the configuration. */
export interface Completeness {
  readonly complete: boolean;
  /** Sentences, e.g. that the plan is targeted. Empty when complete. */
  readonly reasons: readonly string[];
}

/** Something that keeps firebreak from deciding on a plan that it could read. */
export interface Problem {
  readonly code:
    | "errored-plan"
    | "unknown-action"
    | "unsupported-version"
    | "malformed-json"
    | "failed-change-set"
    | "stale-change-set"
    | "incomplete-change-set"
    | "policy-error";
  readonly message: string;
  readonly hint: string;
  readonly address?: string;
}

/** Managed objects by what happens to them, each counted once; `read` counts data sources. */
export interface Summary {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly replace: number;
  readonly forget: number;
  readonly import: number;
  readonly move: number;
  readonly read: number;
  readonly noop: number;
  readonly unknown: number;
}

export interface ResourceChange {
  readonly address: string;
  /** Key of a leftover object of an earlier create-before-destroy; (address, deposed) identifies an object. */
  readonly deposed?: string;
  readonly type: string;
  /** Where the source declares it, when the source was given. */
  readonly location?: Location | undefined;
  /** Another name by which people know the object: the CDK's construct path, the modules around it. For display. */
  readonly label?: string | undefined;
  readonly action: Action;
  /** Where the object was before, when this plan moves it. */
  readonly previousAddress?: string;
  /** The object comes under management with this change, whatever else happens to it. */
  readonly importing?: Importing | undefined;
  /** The tool's word for why (`replace_because_tainted`, ...). For display: the list grows, nothing may decide on it. */
  readonly actionReason?: string;
  /** Attributes that force the replacement, as paths; never values. */
  readonly replacePaths: readonly AttributePath[];
  /** What makes the object change, as far as the plan itself says. Names, never values. */
  readonly causes?: readonly ChangeCause[] | undefined;
  /** Protection that this change takes away from an object that lives on, so that the next one can end it. */
  readonly disarms?: readonly Disarming[];
  /** Attribute values, masked. Parses on demand; never put what it returns into a report. */
  readonly values: () => ChangeValues;
  /** Whether the values may hold this text; cheaper than looking, and `true` where that cannot be told. Absent: look. */
  readonly mayMention?: (text: string) => boolean;
  /** Hash of what identifies the physical object (id, ARN); absent when the plan has none. */
  readonly identity?: string | undefined;
  /** Texts by which other objects can be seen to refer to this one. Values: for comparison only, never for a report. */
  readonly identifiers: () => readonly string[];
  /** The plan puts this change off (`deferred_changes`), for this reason; what it will come to is not known yet. */
  readonly deferred?: string;
}

/**
 * Whether the object that exists now ends, and how sure that is; `undefined` when it lives on. A change that the plan puts
 * off may come to anything that can happen to an existing object.
 */
export function endingOf(change: ResourceChange): Certainty | undefined {
  const { action, deferred } = change;
  if (deferred !== undefined) return action.kind === "create" || action.kind === "forget" ? undefined : "conditional";
  // Whatever it does, it may do the worst; there is no verdict on it in any case.
  if (action.kind === "unknown") return "conditional";
  return ends(action) ? action.certainty : undefined;
}

/** `condition`: it does not hold any more. `resource`: what it refers to changes. `undecided`: the tool cannot say yet. */
export interface ChangeCause {
  readonly kind: "parameter" | "resource" | "condition" | "undecided";
  readonly name: string;
}

/** A guard that this change weakens: a policy with its words before and after, or a property that protects no longer. */
export interface Disarming {
  /** `DeletionPolicy`, or the property. */
  readonly guard: string;
  /** Words of the policy; absent for properties. */
  readonly policy?: { readonly before: string; readonly after: string };
}

/** How the plan names the object that it imports. */
export type Importing = "by-id" | "by-identity" | "unknown-id";

/** Values before and after, with sensitive ones replaced by a mark and unknown ones absent. */
export interface ChangeValues {
  readonly before: unknown;
  readonly after: unknown;
  /** `true` at what is only known after apply, in the shape of `after`. */
  readonly afterUnknown: unknown;
}

export interface Drift {
  /** Addresses that refresh found changed, and found deleted. */
  readonly changed: readonly string[];
  readonly deleted: readonly string[];
}

/** A provider action (Terraform >= 1.14) that the plan will run; what it does only the provider knows. */
export interface ActionInvocation {
  readonly address: string;
  readonly type: string;
  /** The resource whose change triggers it; absent when invoked by hand. */
  readonly trigger?: string;
}

export interface CheckResult {
  readonly address: string;
  readonly status: "pass" | "fail" | "error" | "unknown";
}
