/** Whether a plan's dependencies are all there. If not, whatever depends on an ending object may be missing from the graph. */

import type { BlindSpot } from "../model/blind-spot.ts";
import type { DependencySource } from "../model/dependencies.ts";

/** Why dependents may be missing; empty when the plan tells all that Terraform knows. */
export function dependencyGaps(source: DependencySource, found: { readonly config: number }): BlindSpot[] {
  if (source.gaps !== undefined) return [...source.gaps];
  if (source.objects().reduce((count, { managed }) => count + Number(managed), 0) < 2) return [];
  const { present, leavesOut } = source.state;
  if (!present)
    return [gap("no-prior-state", "The plan does not bring the state from before the change (prior_state)")];
  if (leavesOut > 0) {
    return [gap("partial-prior-state", `The state in the plan (prior_state) leaves out ${leavesOut} existing objects`)];
  }
  // One list is enough: where lists are left out, all are.
  if (source.objects().some(({ dependsOn, erased = [] }) => dependsOn.length + erased.length > 0)) return [];
  if (source.configuration() === undefined) {
    return [gap("no-dependencies", "The plan holds no dependency lists and no configuration")];
  }
  if (found.config === 0) return [];
  return [
    gap(
      "redacted-dependencies",
      "The state in the plan holds no dependency lists, although its configuration has references",
    ),
  ];
}

function gap(code: string, why: string): BlindSpot {
  return { code, message: `${why}, so what depends on an ending object cannot be known in full.` };
}
