/** What is said of source that was read, or could not be. */

import type { ChangePlan } from "../../model/plan.ts";
import { printable } from "../../model/printable.ts";
import type { ConfigurationSource, SourceModule, SourceTree } from "../../model/source.ts";
import { toLock } from "./lock.ts";

/** With what its versions are pinned to. */
export function sourceOf(tree: SourceTree, root: SourceModule): ConfigurationSource {
  const file = tree.lock?.();
  const lock = file && toLock(file);
  return { label: tree.label, root, ...(lock && { lock }) };
}

export function blind(plan: ChangePlan, code: string, message: string): ChangePlan {
  return { ...plan, blindSpots: [...plan.blindSpots, { code, message: printable(message) }] };
}

const MOST_PROBLEMS = 3;

/** The first problems, and how many more there are. */
export function incomplete(problems: readonly string[]): string {
  const shown = problems.slice(0, MOST_PROBLEMS).join("; ");
  const rest = problems.length - MOST_PROBLEMS;
  return `${shown}${rest > 0 ? `; and ${rest} more` : ""}`;
}
