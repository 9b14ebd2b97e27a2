/** A report that people have looked at. Anybody can write such a file, so it only ever makes a verdict stricter. */

import type { PlanKind } from "./plan.ts";

export interface ReviewedReport {
  /** The file it was read from. */
  readonly file: string;
  readonly verdict: string;
  readonly asOf: string;
  readonly plans: readonly ReviewedPlan[];
}

export interface ReviewedPlan {
  readonly kind: PlanKind;
  readonly environment?: string;
  readonly fingerprint: string;
  /** Objects that it said would end. */
  readonly ends: readonly {
    readonly address: string;
    readonly deposed?: string;
    readonly action: string;
    readonly order?: string;
  }[];
}
