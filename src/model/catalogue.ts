/** What the catalogue of resource types says of one type. Source: the files under `rulesets/catalogue/`. */

import type { UpdateEntry } from "./updates.ts";

export const LOSSES = [
  "data",
  "backups",
  "history",
  "endpoint",
  "address",
  "ip",
  "arn",
  "name",
  "keys",
  "credentials",
  "access",
  "records",
  "capacity",
  "configuration",
] as const;
export type Loss = (typeof LOSSES)[number];

export interface TypeEntry {
  /** Ending one loses data that people put there. This alone feeds the limit `dataLoss`. */
  readonly holdsData: boolean;
  /** What it holds is decided inside of each object: counted in upper bounds. */
  readonly mayHoldData?: true;
  /** The type stands for others, and this attribute names the real one; with a prefix, once it is written like Terraform's types. */
  readonly namedBy?: { readonly attribute: string; readonly prefix?: string };
  /** What else is lost with it; `data` exactly when it holds data. */
  readonly losses: readonly Loss[];
  /** Replaced in ordinary work. */
  readonly routine?: boolean;
  /** The config says so, on top of the catalogue. */
  readonly fromConfig?: true;
}

/** What it takes to get back what was lost, when nobody prepared for it. */
export type Undo = "irreversible" | "backup" | "regenerable" | "none";

/** An attribute that protects an object, as it stood before the change. */
export interface Guard {
  /** A top-level attribute. */
  readonly attribute: string;
  /** The value under which it protects; `set`: there and not empty; `positive`: a number above 0; a list: one of these texts. */
  readonly protectsWhen: boolean | "set" | "positive" | readonly string[];
  readonly effect: "blocks-delete" | "keeps-backup" | "keeps-object" | "needs-inspection";
  /** It protects when it is absent or null too. */
  readonly absentProtects?: true;
}

/** The rest of an entry: what is asked for when something of the type ends or changes. */
export interface TypeDetails {
  /** What the object is, in one vocabulary over all providers: `database`, `network`, `key`, ... */
  readonly kind: string;
  readonly undo: Undo;
  readonly guards?: readonly Guard[];
  /** Whether a new object can be made before the old one ends; absent: not known, or it depends. */
  readonly replacement?: "any" | "unique-name" | "never";
  /** What it is one of, where losing all of them is losing what they belong to. */
  readonly member?: "subnet" | "node-pool" | "replica";
}

/** Entries by type name, as the plan writes it; `undefined` for a type that is not listed, which is not the same as harmless. */
export interface Catalogue {
  readonly get: (type: string) => TypeEntry | undefined;
  readonly details: (type: string) => TypeDetails | undefined;
  /** What to look at when an object of the type changes; entries for all types and for this one, in this order. */
  readonly updates: (type: string) => readonly UpdateEntry[];
}
