/** Destruction that can be avoided: facts in typed arguments, which `report/wording` words. None of it changes a verdict. */

import type { ChangePlan } from "./plan.ts";

/** One `moved` block for the root module. Both are addresses of resources or of modules, with or without an instance key. */
export interface MovedBlock {
  readonly from: string;
  readonly to: string;
}

export type Suggestion = {
  /** The plan as it would be with it. */
  readonly instead: ChangePlan;
} & (
  | {
      /** Objects that are deleted and created again with equal attributes elsewhere. */
      readonly kind: "moved";
      /** In the order of `from`. */
      readonly blocks: readonly MovedBlock[];
      /** Objects that these blocks keep. */
      readonly objects: number;
      /** New addresses of those with sensitive values, which were not compared. */
      readonly uncompared: readonly string[];
    }
  | {
      /** Resources of a stack that are removed and added again with equal properties under another logical id. */
      readonly kind: "stack-refactor";
      readonly blocks: readonly MovedBlock[];
    }
  | {
      /** Instances of `count` that each take over what the next one was. */
      readonly kind: "for-each";
      /** The resource without its key. */
      readonly address: string;
      /** Instances, by their addresses now, that are really taken out. */
      readonly removed: readonly string[];
      /** Instances that take over what another one was. */
      readonly shifted: readonly string[];
      /** All other instances that there are, by their addresses now: each has to be moved to a key of its own. */
      readonly staying: readonly string[];
    }
);

/** Something known only after apply for which a replacement is planned. */
export interface UnknownCause {
  /** The argument that would force the replacement. */
  readonly argument: string;
  /** What it waits for: an attribute of an object that this plan creates or changes. */
  readonly source: string;
}
