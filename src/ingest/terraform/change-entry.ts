/** One element of `resource_changes`: the keys that decide, and where the rest stands. Keys: `internal/command/jsonplan`. */

import { endOf, type Slots, type Span, spanIn, startOf } from "../json/fields.ts";
import { IncompleteJson, OPEN_BRACKET } from "../json/scan.ts";
import { stringIn, stringsAt } from "../json/values.ts";

/** One element of `resource_changes`, `resource_drift` or `deferred_changes[].resource_change`. */
export interface ChangeEntry {
  readonly address: string;
  readonly previousAddress: string | undefined;
  readonly deposed: string | undefined;
  /** The type's text; `undefined` for entries without any change. */
  readonly type: Span | undefined;
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
  change: { actions: true, importing: true },
} as const;
/** The entry whose slots begin at `first`. @throws IncompleteJson */
export function changeEntry(bytes: Buffer, slots: Slots, first: number): ChangeEntry {
  const address = stringIn(bytes, slots, first);
  if (address === undefined) throw new IncompleteJson(startOf(slots, first), 'has no "address"');
  const actions = spanIn(slots, first + 7);
  const words = actions && bytes[actions.start] === OPEN_BRACKET ? readActions(bytes, actions) : undefined;
  const previousAddress = stringIn(bytes, slots, first + 1);
  const importing = spanIn(slots, first + 8);
  const deposed = stringIn(bytes, slots, first + 2);
  const mode = modeAt(bytes, slots, first + 3);
  if (words === NO_OP && previousAddress === undefined && importing === undefined) {
    // Nearly all entries of most plans: what is not kept costs nothing.
    return { address, deposed, mode, ...UNCHANGED };
  }
  return {
    address,
    previousAddress,
    deposed,
    mode,
    type: spanIn(slots, first + 4),
    reason: stringIn(bytes, slots, first + 5),
    change: spanIn(slots, first + 6),
    actions: words,
    importing,
  };
}

const NO_OP: readonly string[] = ["no-op"];
const UNCHANGED = {
  previousAddress: undefined,
  type: undefined,
  reason: undefined,
  actions: NO_OP,
  importing: undefined,
  change: undefined,
} as const;
const NO_OP_BYTES = Buffer.from('["no-op"]');
const MANAGED_BYTES = Buffer.from('"managed"');

function readActions(bytes: Buffer, actions: Span): readonly string[] {
  const isNoOp = sameBytes(bytes, NO_OP_BYTES, actions.start, actions.end);
  return isNoOp ? NO_OP : stringsAt(bytes, actions.start);
}

/** One text for each mode, not one for each resource. */
export function modeAt(bytes: Buffer, slots: Slots, slot: number): string | undefined {
  const start = startOf(slots, slot);
  if (start !== 0 && sameBytes(bytes, MANAGED_BYTES, start, endOf(slots, slot))) return "managed";
  return stringIn(bytes, slots, slot);
}

function sameBytes(bytes: Buffer, expected: Buffer, start: number, end: number): boolean {
  return end - start === expected.length && bytes.compare(expected, 0, expected.length, start, end) === 0;
}
