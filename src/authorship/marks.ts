/** A rule that matched, as a signal. */

import type { ActorKind, Signal, Strength } from "../model/authorship.ts";
import { printable } from "../model/printable.ts";
import type { Rule } from "./table.ts";

/** As much of a text as a reader needs to recognise it. */
const MOST_SHOWN = 120;

export function shown(text: string): string {
  const line = text.trim();
  return printable(line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}...` : line);
}

/** `evidence` is what was seen. */
export function signalOf(rule: Rule, source: string, evidence: string): Signal {
  return {
    source,
    pointsTo: pointsTo(rule),
    ...(rule.agent !== undefined && { agent: rule.agent }),
    evidence: shown(evidence),
    strength: rule.strength,
    weight: rule.weight,
    basis: rule.basis,
  };
}

function pointsTo({ strength }: Rule): ActorKind {
  if (strength === "bot") return "bot";
  if (strength === "reviewer") return "unknown";
  return strength === "assisted" ? "mixed" : "agent";
}

/** Whether a signal says that an agent took part, however faintly. */
export function namesAgent({ pointsTo: kind }: Signal): boolean {
  return kind === "agent" || kind === "mixed";
}

const ORDER: readonly Strength[] = ["proof", "strong", "assisted", "weak", "hint", "bot", "reviewer"];

/** The strongest first; among equals the order stays, which is the table's. */
export function strongestFirst<Mark extends { readonly strength?: Strength; readonly weight?: number }>(
  marks: readonly Mark[],
): Mark[] {
  const place = ({ strength }: Mark): number => (strength === undefined ? ORDER.length : ORDER.indexOf(strength));
  return [...marks].sort((left, right) => place(left) - place(right) || (right.weight ?? 0) - (left.weight ?? 0));
}

/** Whether the signal alone says that an agent took part. */
export function decides(signal: Signal): boolean {
  return namesAgent(signal) && signal.strength !== "hint";
}
