/** What a policy in Rego says of a plan, in the conventions of conftest. */

export const REGO_RULES = ["deny", "violation", "warn"] as const;
export type RegoRule = (typeof REGO_RULES)[number];

/** A set of Rego policies that a config names. */
export interface RegoPolicy {
  /** As it is written: a module (`.wasm`), a bundle (`.tar.gz`), or source. */
  readonly policy: string;
  /** Packages in which rules are looked for, with dots; `*` for all. */
  readonly packages: readonly string[];
  /** SHA-256 in hex, one of which it must have. */
  readonly digests: readonly string[];
  /** Ready to be asked; absent until it is loaded. */
  readonly ask?: (plan: RegoInput) => RegoAnswer;
}

export interface RegoInput {
  /** The plan's JSON with sensitive values masked. */
  readonly document: string;
  /** Addresses that a message may be about. */
  readonly addresses: ReadonlySet<string>;
}

/** Either all that it says, or why nothing can be said: a policy that broke has let nothing pass. */
export type RegoAnswer = { readonly messages: readonly RegoMessage[] } | { readonly problem: string };

export interface RegoMessage {
  readonly rule: RegoRule;
  /** The policy's own words, without values of the plan. */
  readonly message: string;
  /** Where the policy names a change of the plan. */
  readonly address?: string;
}
