/** A plan's `change.actions` to an action. Members are looked for in either order; anything unknown stays unknown. */

import type { Action, Certainty, ReplaceOrder } from "../../model/action.ts";

/**
 * Pairs in the order of the plan, after jsonplan's `actionString` and OpenTofu's: Terraform >= 1.16 writes create+forget,
 * OpenTofu >= 1.12 forget+create, for the same thing.
 */
const REPLACE_ORDERS: ReadonlyMap<string, ReplaceOrder> = new Map([
  ["delete,create", "delete-before-create"],
  ["create,delete", "create-before-delete"],
  ["create,forget", "create-then-forget"],
  ["forget,create", "create-then-forget"],
]);

/** All that is ever planned for what is no object of its own; anything else was not written by Terraform for one. */
const DATA_WORDS = new Set(["read", "no-op"]);
const EPHEMERAL_WORDS = new Set(["open", "close", "no-op"]);

/** What a resource of this mode undergoes. */
export function toAction(words: readonly string[], mode: string, certainty: Certainty): Action {
  if (mode === "managed") return managedAction(words, certainty);
  const known = mode === "data" ? DATA_WORDS : mode === "ephemeral" ? EPHEMERAL_WORDS : undefined;
  const understood = known !== undefined && words.length > 0 && words.every((word) => known.has(word));
  return understood ? { kind: words[0] === "no-op" ? "no-op" : "read" } : { kind: "unknown", words };
}

function managedAction(words: readonly string[], certainty: Certainty): Action {
  const order = REPLACE_ORDERS.get(words.join(","));
  if (order !== undefined) {
    const fate = order === "create-then-forget" ? "retained" : "destroyed";
    return { kind: "replace", order, certainty, fate };
  }
  const [word, ...rest] = words;
  if (rest.length > 0) return { kind: "unknown", words };
  switch (word) {
    case "no-op":
    case "create":
    case "update":
    case "forget":
      return { kind: word };
    case "delete":
      return { kind: "delete", certainty: "certain", fate: "destroyed" };
    default:
      return { kind: "unknown", words };
  }
}
