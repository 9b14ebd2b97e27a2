/** What a plan does to one object, and the predicates that decide on it. There is one predicate for "ends", used everywhere. */

/** In which order a replacement happens. Decides whether there is a gap (downtime) or an orphan. */
export type ReplaceOrder = "delete-before-create" | "create-before-delete" | "create-then-forget";

/** `conditional`: the plan itself does not know yet whether it will happen. */
export type Certainty = "certain" | "conditional";

/** What becomes of the old object. */
export type Fate = "destroyed" | "snapshotted" | "retained" | "unknown";

export type Action =
  | { readonly kind: "no-op" }
  | { readonly kind: "read" }
  | { readonly kind: "create" }
  | { readonly kind: "update" }
  | { readonly kind: "delete"; readonly certainty: Certainty; readonly fate: Fate }
  | { readonly kind: "replace"; readonly order: ReplaceOrder; readonly certainty: Certainty; readonly fate: Fate }
  /** Leaves management without being destroyed. */
  | { readonly kind: "forget" }
  /** Enters management and nothing else happens to it. */
  | { readonly kind: "import" }
  /** Changes its address and nothing else happens to it. */
  | { readonly kind: "move" }
  /** Not understood; `words` are the plan's own, for the message. Keeps firebreak from deciding. */
  | { readonly kind: "unknown"; readonly words: readonly string[] };

export type ActionKind = Action["kind"];

/** The actions that end the old object. */
export type EndingAction = Extract<Action, { kind: "delete" | "replace" }>;

/** Whether the object that exists now is deleted or replaced. Forgotten objects live on. */
export function ends(action: Action): action is EndingAction {
  return action.kind === "delete" || action.kind === "replace";
}
