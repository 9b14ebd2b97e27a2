/** Who wrote a change, as far as evidence says. */

export const ACTOR_KINDS = ["agent", "mixed", "bot", "human", "unknown"] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** How sure: somebody said so, an assisting tool said so, evidence proves it, somebody accountable attested it. */
export type Grade = "claimed" | "assisted" | "proven" | "attested";

export interface Authorship {
  readonly kind: ActorKind;
  /** Absent when nothing is known. */
  readonly grade?: Grade;
  /** Which agent, when one is named. */
  readonly agent?: string;
  /** 0 to 1: how much the evidence carries the kind; 0 when there is none. */
  readonly confidence: number;
  readonly signals: readonly Signal[];
  /** People and accounts under whose rights the author worked. */
  readonly operators: readonly string[];
}

/** One piece of evidence. */
export interface Signal {
  /** Where it was seen, e.g. `--actor`. */
  readonly source: string;
  readonly pointsTo: ActorKind;
  /** Which agent it names. */
  readonly agent?: string;
}
