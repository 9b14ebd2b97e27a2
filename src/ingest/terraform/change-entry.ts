/** One element of `resource_changes`: the keys that decide, and where the rest stands. Keys: `internal/command/jsonplan`. */

import { endOf, type Slots, type Span, spanIn, startOf } from "../json/fields.ts";
import { IncompleteJson, OPEN_BRACKET } from "../json/scan.ts";
import type { TextTable } from "../json/text-table.ts";
import { LETTER_N } from "../json/values.ts";

/** One element of `resource_changes`, `resource_drift` or `deferred_changes[].resource_change`. */
export interface ChangeEntry {
  readonly address: string;
  readonly previousAddress: string | undefined;
  readonly deposed: string | undefined;
  /** `undefined` in hand-made plans. */
  readonly type: string | undefined;
  /** `managed`, `data`, or a word that a later version brings; `undefined` in hand-made plans. */
  readonly mode: string | undefined;
  readonly reason: string | undefined;
  /** `change.actions`; `undefined` when the entry has none. */
  readonly actions: readonly string[] | undefined;
  readonly importing: Span | undefined;
  readonly change: Span | undefined;
}

/** The keys that `changeEntry` reads, in the order of their slots. */
export const CHANGE_SPEC = {
  address: true,
  previous_address: true,
  deposed: true,
  mode: true,
  type: true,
  action_reason: true,
  // Values are read later; named here, each of them is known to be given once.
  change: {
    actions: true,
    importing: true,
    before: true,
    after: true,
    after_unknown: true,
    replace_paths: true,
    before_sensitive: true,
    after_sensitive: true,
  },
} as const;
/**
 * The address of a managed object that nothing happens to, not even to its name: nearly all entries of most plans, so what is
 * not kept of them costs nothing. `undefined` for every other entry.
 */
export function unchangedAddress(texts: TextTable, slots: Slots): string | undefined {
  const isMovedOrImported = startOf(slots, 1) !== 0 || startOf(slots, 8) !== 0;
  const isDeposed = startOf(slots, 2) !== 0;
  const noOp = hasBytes(texts.bytes, startOf(slots, 7), endOf(slots, 7), NO_OP_BYTES);
  // Something that is there before and gone after is no no-op, whatever the plan calls it.
  const isGone = texts.bytes[startOf(slots, 10)] === LETTER_N;
  if (!noOp || isGone || isMovedOrImported || isDeposed || texts.in(slots, 3) !== "managed") return undefined;
  return texts.in(slots, 0);
}

/** A no-op as Terraform writes it; written in any other way it is read in full. */
const NO_OP_BYTES = [...'["no-op"]'].map((sign) => sign.charCodeAt(0));

function hasBytes(bytes: Buffer, start: number, end: number, expected: readonly number[]): boolean {
  return end - start === expected.length && expected.every((byte, place) => bytes[start + place] === byte);
}

/** The entry whose slots begin at `first`. @throws IncompleteJson */
export function changeEntry(texts: TextTable, slots: Slots, first: number): ChangeEntry {
  const { bytes } = texts;
  const address = texts.in(slots, first);
  if (address === undefined) throw new IncompleteJson(startOf(slots, first), 'has no "address"');
  const actions = startOf(slots, first + 7);
  return {
    address,
    previousAddress: texts.in(slots, first + 1),
    deposed: texts.in(slots, first + 2),
    mode: texts.in(slots, first + 3),
    type: texts.in(slots, first + 4),
    reason: texts.in(slots, first + 5),
    change: spanIn(slots, first + 6),
    actions: actions !== 0 && bytes[actions] === OPEN_BRACKET ? texts.list(actions) : undefined,
    importing: spanIn(slots, first + 8),
  };
}
