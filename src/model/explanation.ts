/** Why one object is in the blast radius of others: the answer of `firebreak explain`. */

import type { Certainty } from "./action.ts";
import type { Location } from "./source.ts";
import type { AttributePath } from "./values.ts";

export interface Explanation {
  /** The plan. */
  readonly input: string;
  readonly address: string;
  /** Where its block is written; absent without source. */
  readonly location?: Location;
  /** Why the object itself ends; absent when it lives on. */
  readonly ends?: { readonly action: string; readonly certainty: Certainty; readonly reasons: readonly string[] };
  /** Ending objects that it depends on, in address order. */
  readonly causes: readonly Cause[];
  /** Why there may be more. */
  readonly gaps: readonly string[];
}

/** One ending object and a shortest path from it. */
export interface Cause {
  readonly address: string;
  readonly deposed?: string;
  readonly action: string;
  readonly certainty: Certainty;
  readonly reasons: readonly string[];
  /** Where its block is written, or the nearest module call when the block is gone; absent without source. */
  readonly location?: Location;
  /** Whether some path runs over certain dependencies alone. */
  readonly certain: boolean;
  /** From the first dependent of the ending object to the object asked for. */
  readonly path: readonly Hop[];
}

export interface Hop {
  /** Depends on the hop before, the first one on the ending object. */
  readonly address: string;
  readonly edge: "exact" | "config" | "state" | "value" | "erased";
  readonly evidence: readonly Evidence[];
}

/** What a dependency rests on. Names and paths, never values. */
export type Evidence =
  /** A reference in the configuration: the argument, and the references that lead from there to the resource. */
  | { readonly kind: "reference"; readonly argument: string; readonly via: readonly string[]; readonly exact: boolean }
  /** An entry of the dependency list in the plan's state. */
  | { readonly kind: "state"; readonly entry: string }
  /** An entry of the list in the state from before, which the plan no longer has. */
  | { readonly kind: "erased"; readonly entry: string }
  /** An identifier of the ending object stands in this attribute. */
  | { readonly kind: "value"; readonly path: AttributePath };
