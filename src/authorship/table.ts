/** The table of marks as `scripts/agents.mjs` writes it. Patterns are compiled when first asked for. */

import type { Signal, Strength } from "../model/authorship.ts";

/** One mark of one agent or bot. */
export interface Rule {
  /** Whose; absent for a mark that tells of an agent, but not of which. */
  readonly agent?: string;
  /** An address, a trailer's key or a variable as it is; a login or label; else a pattern. */
  readonly key: string;
  /** Pattern for the name that an address must come with. */
  readonly name?: string;
  /** Pattern for the address that a name must come with. */
  readonly address?: string;
  /** Number of an account. */
  readonly id?: number;
  /** The login alone says nothing. */
  readonly idOnly?: boolean;
  /** Pattern for the value behind the key. */
  readonly value?: string;
  /** Another variable that must be set too, and a pattern for its value. */
  readonly with?: string;
  readonly withValue?: string;
  /** Only where output is known to be no terminal. */
  readonly terminal?: false;
  readonly strength: Strength;
  readonly weight: number;
  readonly basis: NonNullable<Signal["basis"]>;
}

type ByKey = Readonly<Record<string, readonly Rule[]>>;

export interface Table {
  readonly email: ByKey;
  readonly trailer: ByKey;
  readonly name: readonly Rule[];
  readonly login: readonly Rule[];
  readonly text: readonly Rule[];
  readonly branch: readonly Rule[];
  readonly label: readonly Rule[];
  readonly variable: readonly Rule[];
  readonly userAgent: readonly Rule[];
  readonly contextKey: readonly Rule[];
  readonly tag: readonly Rule[];
}

/** All marks. */
export async function loadTable(): Promise<Table> {
  const { default: table } = await import("../generated/agents.json", { with: { type: "json" } });
  return table as Table;
}

const compiled = new Map<string, RegExp>();

/** A pattern of the table: case does not matter, and `^` is the beginning of any line. */
export function pattern(source: string): RegExp {
  const known = compiled.get(source) ?? new RegExp(source, "im");
  compiled.set(source, known);
  return known;
}

export function rulesFor(byKey: ByKey, key: string): readonly Rule[] {
  return Object.hasOwn(byKey, key) ? (byKey[key] ?? []) : [];
}
