/** Sign-offs: what people sign for, who may, and what became of each one that was handed in. */

import type { Fate } from "./action.ts";
import type { Bound } from "./bounds.ts";
import type { PlanKind } from "./plan.ts";

/** The namespace of signatures (`ssh-keygen -Y sign -n`), so that one made for something else never counts as a sign-off. */
export const SIGN_OFF_NAMESPACE = "firebreak-sign-off";

/** One object that ends, by what tells it and its end apart from every other one: an entry of a plan's fingerprint. */
export interface EndingObject {
  readonly address: string;
  readonly deposed?: string;
  readonly action: string;
  readonly order?: string;
  /** Hash of what identifies the physical object; absent when nothing does. */
  readonly identity?: string;
  /** What becomes of the old object; no part of the fingerprint. */
  readonly fate: Fate;
}

/** The destruction of one plan, as somebody signed for it. */
export interface SignedPlan {
  readonly kind: PlanKind;
  readonly environment?: string;
  readonly workspace?: string;
  /** Of the plan's bytes: some things count only for the very plan. */
  readonly digest: string;
  readonly fingerprint: string;
  readonly ends: readonly EndingObject[];
  /** Upper bound of the objects affected; `null` when it could not be known. */
  readonly affected: Bound;
  /** What rules had found when it was signed. Limits are not listed: they follow from what ends. */
  readonly findings: readonly { readonly ruleId: string; readonly address?: string }[];
}

/** What is signed. Times are RFC 3339 in UTC, to the second. */
export interface Statement {
  /** The name that the list of allowed signers has for the signer. */
  readonly signer: string;
  readonly signedAt: string;
  readonly expiresAt: string;
  readonly plans: readonly SignedPlan[];
}

/** A sign-off file that was handed in, after its signature was looked at. */
export interface PresentedSignOff {
  readonly file: string;
  readonly statement?: Statement;
  /** The public key that verified it, base64. */
  readonly key?: string;
  /** Why it counts for nothing whatever it says, as a sentence. */
  readonly problem?: string;
}

/** A line of `allowed_signers`: one person under these names, with this key. */
export interface AllowedSigner {
  readonly names: readonly string[];
  /** The public key's base64. */
  readonly key: string;
  /** The line as it is handed to ssh-keygen. */
  readonly line: string;
}

/** A member of the team that the config names. */
export interface Signatory {
  readonly login: string;
  /** Number of the account: a login can be given up and taken by another. */
  readonly id?: number | undefined;
  /** Names in `allowed_signers` and addresses in commits of the same person. */
  readonly names: readonly string[];
}

/** What a policy says about sign-offs. */
export interface SignOffPolicy {
  /** Path of the list of allowed signers in the repository. */
  readonly allowedSigners: string;
  /** Whose reviews count, and which names belong to one person. */
  readonly team: readonly Signatory[];
  /** A sign-off counts no longer than this, whatever it says, in seconds. */
  readonly longest: number;
}

/** An approval, or what came after it, by one account: the last review that decides. */
export interface Approval {
  readonly login: string;
  readonly id?: number | undefined;
  readonly state: string;
  readonly commitId?: string | undefined;
  readonly submittedAt?: string | undefined;
  /** Not a person, as far as the host or the table of agents knows. */
  readonly isProgram: boolean;
}

/** Who took part in a change, so that it can be told who is somebody else. */
export interface Participants {
  /** Each by all names that are known: `@login` and addresses. Agents and bots are left out. */
  readonly people: readonly (readonly string[])[];
  /** Why nobody can tell who took part; absent when it is known. */
  readonly unknown?: string;
  /** Why nobody can tell who opened the pull request; absent when it is known. */
  readonly openerUnknown?: string;
  /** The last commit of the change. */
  readonly head?: string | undefined;
  readonly approvals: readonly Approval[];
}

/** Everything that signing is judged by, beside the plans. */
export interface SignOffEvidence {
  readonly files: readonly PresentedSignOff[];
  readonly allowedSigners: readonly AllowedSigner[];
  /** Why no sign-off can count at all; absent when some can. */
  readonly problem?: string | undefined;
}

/** A sign-off or review, and what it counts for. */
export interface Signature {
  readonly signer: string;
  readonly channel: "ssh" | "review";
  /** The file it was read from. */
  readonly file?: string;
  readonly signedAt?: string;
  readonly expiresAt?: string;
  /** Plans it counts for; `exactly` when nothing else ends in them than was signed for. */
  readonly plans: readonly { readonly input: string; readonly exactly: boolean }[];
  readonly counts: boolean;
  /** Why it does not count, in one sentence. */
  readonly reason?: string;
}
