/** One element of `resource_changes`: the keys that decide, and where the rest stands. Keys: `internal/command/jsonplan`. */

import { type Slots, type Span, spanIn, startOf } from "../json/fields.ts";
import { IncompleteJson, OPEN_BRACKET } from "../json/scan.ts";
import type { TextTable } from "../json/text-table.ts";

/** One element of `resource_changes`, `resource_drift` or `deferred_changes[].resource_change`. */
export interface ChangeEntry {
  readonly address: string;
  readonly previousAddress: string | undefined;
  readonly deposed: string | undefined;
  /** `undefined` for entries without any change, and in hand-made plans. */
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
/** The entry whose slots begin at `first`. @throws IncompleteJson */
export function changeEntry(texts: TextTable, slots: Slots, first: number): ChangeEntry {
  const { bytes } = texts;
  const address = texts.in(slots, first);
  if (address === undefined) throw new IncompleteJson(startOf(slots, first), 'has no "address"');
  const actions = spanIn(slots, first + 7);
  const words = actions && bytes[actions.start] === OPEN_BRACKET ? readActions(texts, actions) : undefined;
  const previousAddress = texts.in(slots, first + 1);
  const importing = spanIn(slots, first + 8);
  const deposed = texts.in(slots, first + 2);
  const mode = texts.in(slots, first + 3);
  if (words === NO_OP && previousAddress === undefined && importing === undefined) {
    // Nearly all entries of most plans: what is not kept costs nothing.
    return { address, deposed, mode, ...UNCHANGED };
  }
  return {
    address,
    previousAddress,
    deposed,
    mode,
    type: texts.in(slots, first + 4),
    reason: texts.in(slots, first + 5),
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

function readActions(texts: TextTable, actions: Span): readonly string[] {
  const words = texts.list(actions.start);
  return words.length === 1 && words[0] === "no-op" ? NO_OP : words;
}
