/** What a plan can say about who depends on whom. */

import type { AddressParts } from "./address.ts";
import type { BlindSpot } from "./blind-spot.ts";
import type { Configuration } from "./configuration.ts";
import type { AttributePath } from "./values.ts";

/** An object that exists before the change. */
export interface ExistingObject {
  readonly address: string;
  readonly deposed?: string | undefined;
  readonly managed: boolean;
  readonly type: string;
  /** The address taken apart. */
  readonly parts: AddressParts;
  /** Configuration addresses it depends on, keyless and mostly transitive; empty too when the plan has no list for it. */
  readonly dependsOn: readonly string[];
  /** Where it was before this plan moves it; its list was made there. */
  readonly previousAddress?: string;
  /** The same from the state before the plan, where the plan's own list no longer has it: the change cuts these. */
  readonly erased?: readonly string[];
}

/** An object with an identifier of another object in its attributes. */
export interface Carrier {
  readonly address: string;
  readonly deposed?: string;
  /** The identifier. A value: for comparison only, never for a report. */
  readonly text: string;
  readonly path: AttributePath;
  /** It stands there as the object's own identifier. */
  readonly isOwn: boolean;
}

/** A dependency between two existing objects that the vendor names outright. */
export interface KnownEdge {
  /** What is depended on. */
  readonly from: string;
  /** What depends on it. */
  readonly to: string;
  readonly basis: "exact" | "config";
  /** Whether the lower bound may count it. */
  readonly certain: boolean;
  /** Where in the dependent the reference stands, and what it names. */
  readonly argument: string;
  readonly reference: string;
}

export interface DependencySource {
  /** Existing objects, data sources included, ordered by address, then deposed key. */
  readonly objects: () => readonly ExistingObject[];
  /** Dependencies that need no working out; empty where lists and references have to be followed. */
  readonly edges: () => readonly KnownEdge[];
  /** Why dependents may be missing, where the source itself can say; else it is told from lists and references. */
  readonly gaps?: readonly BlindSpot[];
  /** Whether the plan brings the state from before the change (`prior_state`), and how many objects that state leaves out. */
  readonly state: { readonly present: boolean; readonly leavesOut: number };
  /** Old configuration address to where its instances moved in this plan: dependency lists may still name the old one. */
  readonly renamed: ReadonlyMap<string, readonly string[]>;
  /** The static configuration; `undefined` when the plan has none. */
  readonly configuration: () => Configuration | undefined;
  /** Whether the state from before the plan was at hand, so that `erased` is complete. */
  readonly comparedWithBefore: boolean;
  /**
   * Existing objects that carry one of these identifiers, for identifiers of which at least one carrier `matters`. Linear in
   * the bytes of the state.
   */
  readonly carriersOf: (
    identifiers: ReadonlySet<string>,
    matters: (address: string, identifier: string) => boolean,
  ) => readonly Carrier[];
}
