/** The answer of `policy/`: plans with what was measured on them, findings, and the verdict. */

import type { ActorKind, Authorship } from "./authorship.ts";
import type { AssessedPlan } from "./blast.ts";
import type { Range } from "./bounds.ts";
import type { Finding } from "./finding.ts";
import type { Problem } from "./plan.ts";
import type { ActorLimits, Mode, Policy } from "./policy.ts";
import type { Signature } from "./sign-off.ts";
import type { Suggestion } from "./suggestion.ts";

export type Verdict = "pass" | "review" | "fail" | "undecided";

export interface Judgement {
  readonly verdict: Verdict;
  /** What the verdict would be if the policy did more than observe; absent when it does. */
  readonly wouldBe?: Verdict;
  readonly authorship: Authorship;
  readonly heldTo: { readonly actor: ActorKind; readonly bound: "lower" | "upper" };
  /** Limits that hold everywhere for this actor. */
  readonly limits: ActorLimits;
  /** Limits in those environments of the plans that the config names. */
  readonly environments: Readonly<Record<string, ActorLimits>>;
  readonly policy: Policy;
  /** The revision that the policy was read from; absent when that was the folder. */
  readonly base?: { readonly ref: string; readonly commit: string };
  readonly plans: readonly JudgedPlan[];
  readonly findings: readonly Finding[];
  /** Every sign-off and review that was handed in, those that count first. */
  readonly signatures: readonly Signature[];
  /** Why there is no verdict, by plan; empty unless the verdict is `undecided`. */
  readonly problems: readonly (Problem & { readonly input: string })[];
}

export interface JudgedPlan {
  readonly assessed: AssessedPlan;
  readonly environment: string | undefined;
  readonly measures: Measures;
  /** The mode that its environment has of its own. */
  readonly mode: Mode | undefined;
  /** It goes to an environment that comes and goes, and what ends is that environment's. */
  readonly ephemeral: boolean;
  /**
   * Environments that are only a part of the plan; and others that all of it matches (`whole`), where tags told the first one:
   * a change can bring tags of a mild environment along.
   */
  readonly parts: readonly { readonly environment: string; readonly measures: Measures; readonly whole?: true }[];
}

/** What limits look at. */
export interface Measures {
  readonly dataLoss: Range;
  readonly ended: Range;
  readonly affected: Range;
  readonly score: Range;
  /** Ended over existing objects, 0 to 1. */
  readonly share: Range;
  readonly existing: number;
  /** Whether there are no more than these. */
  readonly existingIsKnown: boolean;
}

/** What would become of the plan with a suggestion. */
export interface Outlook {
  readonly suggestion: Suggestion;
  readonly ended: Range;
  /** On all plans of the run, this one with the suggestion. */
  readonly verdict: Verdict;
}
