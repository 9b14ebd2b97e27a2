/** Who wrote a change, as far as evidence says. */

import type { WrittenBy } from "./units.ts";

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
  /** The strongest first, a hundred at most, then what could not be looked at. */
  readonly signals: readonly Signal[];
  /** People and accounts under whose rights the author worked. */
  readonly operators: readonly string[];
  /** Commits of the change, and those in which an agent took part; absent when none were looked at. Merges count only when an agent made them. */
  readonly commits?: { readonly total: number; readonly agent: number };
  /** There when the policy judges by lines. */
  readonly lines?: LineJudgement;
  /** Blocks that the change takes out of the source; for `firebreak author`. */
  readonly removedBlocks?: readonly WrittenBy[];
}

/** What became of judging a change by the lines that count. */
export interface LineJudgement {
  /** Commits by agents that had no hand in what the plans end; empty when the whole change was judged. */
  readonly leftOut: readonly { readonly commit: string; readonly agent?: string }[];
  /** What the whole change would be judged as. */
  readonly whole: ActorKind;
  /** Why the whole change was judged all the same. */
  readonly because?: string;
}

/** One piece of evidence. */
export interface Signal {
  /**
   * Where it was seen: `--actor`, `commit 1a2b3c4`, `branch`, `pull request`, `environment`, `change set`,
   * `review`, `signature`; `repository` for what could not be looked at, `more` for what is not listed.
   */
  readonly source: string;
  readonly pointsTo: ActorKind;
  /** Which agent it names. */
  readonly agent?: string;
  /** What was seen, or what could not be. Of variables the name alone. */
  readonly evidence?: string;
  /** How sure it makes by itself; absent on what is no mark. */
  readonly strength?: Strength;
  /** 0 to 1: how far it carries what it points to. */
  readonly weight?: number;
  /** How the mark is known: by its maker's documentation or source, from public commits, from hearsay. */
  readonly basis?: "documented" | "observed" | "reported";
}

/**
 * `proof` and `strong` mean that an agent took part, `assisted` that one helped, `weak` that an address says so which anybody may
 * have made up. `hint` decides nothing, but keeps a claim `human` from counting.
 */
export type Strength = "proof" | "strong" | "assisted" | "weak" | "hint" | "bot" | "reviewer";
