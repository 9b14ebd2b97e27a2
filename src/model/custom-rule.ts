/** A rule that a config brings along: what it matches, and what its expression sees. */

import type { ActorKind } from "./authorship.ts";
import type { Loss } from "./catalogue.ts";

/** Which changes a rule of the config speaks of; all parts given must hold, and of a list any one. */
export interface CustomMatch {
  readonly actions?: readonly string[] | undefined;
  /** Patterns. */
  readonly types?: readonly string[] | undefined;
  readonly addresses?: readonly string[] | undefined;
  readonly tags?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Attribute path to what is there before the change, and after it. */
  readonly before?: Readonly<Record<string, ExpectedValue>> | undefined;
  readonly after?: Readonly<Record<string, ExpectedValue>> | undefined;
  readonly losses?: readonly Loss[] | undefined;
  readonly environments?: readonly string[] | undefined;
  readonly actors?: readonly ActorKind[] | undefined;
  /** At least so many dependents. */
  readonly radius?: number | undefined;
}

/** A text (`*` stands for any), a number, true, false, null; of a list any one. */
export type ExpectedValue = ExpectedScalar | readonly ExpectedScalar[];
export type ExpectedScalar = string | number | boolean | null;

/** A rule of the config. How it counts stands under `rules`, with `custom/` before its name. */
export interface CustomRule {
  readonly description: string;
  readonly remedy?: string | undefined;
  readonly match: CustomMatch;
  /** In CEL. */
  readonly expression?: string | undefined;
  /** The expression, ready to be asked about one change; `undefined` as an answer: it cannot be evaluated. */
  readonly holds?: ((facts: ExpressionFacts) => boolean | undefined) | undefined;
  /** So many changes of a plan may match. */
  readonly atMost: number;
}

/** What an expression sees. Whole numbers are integers of CEL, hence `bigint`. */
export interface ExpressionFacts {
  readonly change: {
    readonly address: string;
    readonly type: string;
    readonly action: string;
    readonly ends: boolean;
    readonly importing: boolean;
    readonly holdsData: boolean;
    readonly losses: readonly string[];
    /** Dependents, by the bound that the actor is held to; the largest integer when that cannot be known. */
    readonly radius: bigint;
    readonly before: unknown;
    readonly after: unknown;
  };
  /** Empty when it is not known. */
  readonly environment: string;
  readonly actor: string;
}
