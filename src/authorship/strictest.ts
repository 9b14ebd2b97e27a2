/** Of several judgements on who wrote a change the strictest, with the evidence of all. */

import type { ActorKind, Authorship } from "../model/authorship.ts";

/** An agent is held to the narrowest limits, and an unknown author may be one. */
const ORDER: readonly ActorKind[] = ["agent", "mixed", "unknown", "bot", "human"];

/** @param all at least one; of equally strict ones the surest counts */
export function strictestAuthorship(all: readonly [Authorship, ...Authorship[]]): Authorship {
  const [first] = all;
  const strictest = all.reduce((known, next) => {
    const stricter = ORDER.indexOf(next.kind) - ORDER.indexOf(known.kind);
    return stricter < 0 || (stricter === 0 && next.confidence > known.confidence) ? next : known;
  }, first);
  const signals = new Map(all.flatMap((one) => one.signals).map((signal) => [JSON.stringify(signal), signal]));
  return {
    ...strictest,
    signals: [...signals.values()],
    operators: [...new Set(all.flatMap(({ operators }) => operators))],
  };
}
