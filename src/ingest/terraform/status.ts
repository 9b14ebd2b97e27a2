/** What a plan's flags and absences say about how far it can be trusted. */

import { ends } from "../../model/action.ts";
import type { BlindSpot } from "../../model/blind-spot.ts";
import type { Completeness, Problem, ResourceChange } from "../../model/plan.ts";
import { printable } from "../../model/printable.ts";
import type { DocumentIndex } from "./plan-index.ts";

/** Raw values of the top-level keys that carry the plan's state; `undefined` when a version does not write them. */
export interface PlanFlags {
  readonly formatVersion: unknown;
  readonly terraformVersion: unknown;
  readonly errored: unknown;
  readonly complete: unknown;
  readonly applyable: unknown;
}

/** `complete: false` since Terraform 1.8; OpenTofu has no such flag, so targeting is also found by what is not covered. */
export function completenessOf(flags: PlanFlags, index: DocumentIndex, uncovered: number): Completeness {
  const reasons: string[] = [];
  const partial = index.sections.has("resource_changes") && uncovered > 0;
  if (partial)
    reasons.push(
      `${uncovered} existing ${plural(uncovered, "object is", "objects are")} not in the list of changes (-target, or filtered)`,
    );
  if (index.deferred.length > 0) {
    const count = index.deferred.length;
    reasons.push(`${count} ${plural(count, "change is", "changes are")} put off to a later plan`);
  }
  if (flags.errored === true) reasons.push("planning stopped with an error");
  if (flags.complete === false && reasons.length === 0)
    reasons.push('the plan says "complete": false (-target, or deferred changes)');
  return { complete: reasons.length === 0, reasons };
}

/** What keeps firebreak from deciding on this plan. */
export function problemsOf(
  flags: PlanFlags,
  index: DocumentIndex,
  changes: readonly ResourceChange[],
  planned: () => number,
): Problem[] {
  return [
    ...versionProblems(flags),
    ...erroredProblems(flags, changes),
    ...sectionProblems(index),
    ...missingChanges(flags, index, planned),
    ...unknownActions(changes),
  ];
}

function versionProblems({ formatVersion }: PlanFlags): Problem[] {
  if (formatVersion === undefined || majorOf(formatVersion) <= 1) return [];
  return [
    {
      code: "unsupported-version",
      message: `the plan has ${versionText(formatVersion)}, and firebreak reads 0.x and 1.x`,
      hint: "Update firebreak, or plan with an older Terraform.",
    },
  ];
}

function versionText(version: unknown): string {
  const known = typeof version === "string" && /^[\d.]{1,20}$/.test(version);
  return known ? `format_version ${version}` : "a format_version that is no version";
}

/** NaN for anything that is no version, which then compares false with every number. */
function majorOf(version: unknown): number {
  return typeof version === "string" && /^\d+(\.\d+)*$/.test(version) ? Number.parseInt(version, 10) : Number.NaN;
}

function erroredProblems({ errored }: PlanFlags, changes: readonly ResourceChange[]): Problem[] {
  if (errored === undefined || errored === null || errored === false) return [];
  const count = changes.filter(({ action }) => ends(action)).length;
  const already = count === 0 ? "" : `; it already ends ${count} ${plural(count, "object", "objects")}`;
  return [
    {
      code: "errored-plan",
      message: `planning stopped with an error ("errored": true), so the list of changes has holes${already}`,
      hint: "Fix the error that the plan command printed and plan again.",
    },
  ];
}

/**
 * A plan without a list of changes changes nothing, if it is Terraform's own (jsonplan leaves an empty list out). It is not when
 * the versions are missing too, or when it plans values for objects that exist: each of these would have an entry.
 */
function missingChanges(
  { formatVersion, terraformVersion, applyable }: PlanFlags,
  index: DocumentIndex,
  planned: () => number,
): Problem[] {
  const span = index.sections.get("resource_changes");
  if (span !== undefined && !index.noList.has("resource_changes")) return [];
  const managed = index.prior.filter((object) => object.managed).length;
  const whole = typeof formatVersion === "string" && typeof terraformVersion === "string";
  const kept = planned();
  // A plan that only refreshes plans no values at all, and can be applied only when it found drift.
  const refreshes = kept === 0 && (applyable !== true || index.sections.has("resource_drift"));
  if (whole && (managed === 0 || refreshes)) return [];
  return [
    {
      code: "malformed-json",
      message:
        "the list of changes (resource_changes) is missing, and the rest of the plan does not say that nothing changes",
      hint: "Give the plan as Terraform wrote it: terraform show -json tfplan > plan.json",
    },
  ];
}

/** A section of another shape than documented is not an empty one. */
function sectionProblems(index: DocumentIndex): Problem[] {
  return (["resource_changes", "deferred_changes", "action_invocations", "deferred_action_invocations"] as const)
    .filter((name) => index.wrongShape.has(name))
    .map((name) => ({
      code: "malformed-json" as const,
      message: `"${name}" is not a list`,
      hint: "Save the plan again with: terraform show -json tfplan > plan.json",
    }));
}

function unknownActions(changes: readonly ResourceChange[]): Problem[] {
  return changes.flatMap(({ action, address }) =>
    action.kind === "unknown"
      ? [
          {
            code: "unknown-action" as const,
            address,
            message: unknownActionText(address, action.words),
            hint: "Update firebreak; until then, judge this change by hand.",
          },
        ]
      : [],
  );
}

function unknownActionText(address: string, words: readonly string[]): string {
  if (words.length === 0) return `${printable(address)} has no actions`;
  const listed = words
    .slice(0, 4)
    .map((word) => JSON.stringify(printable(word.slice(0, 40))))
    .join(", ");
  return `${printable(address)} has the actions [${listed}], which firebreak does not know`;
}

/** What this plan cannot show, as far as its envelope tells. */
export function blindSpotsOf({ formatVersion }: PlanFlags, index: DocumentIndex): BlindSpot[] {
  const spots: BlindSpot[] = [];
  if (formatVersion === undefined) {
    spots.push({
      code: "no-format-version",
      message: "The plan has no format_version: it was cut or made by hand, and is read as it stands.",
    });
  } else if (majorOf(formatVersion) === 0) {
    spots.push({
      code: "old-format",
      message: "The plan was made by Terraform below 1.0: its addresses and dependency lists are less exact.",
    });
  }
  if (!index.sections.has("configuration")) {
    spots.push({
      code: "no-configuration",
      message: "The plan has no configuration section: references of new objects cannot be followed.",
    });
  }
  if (!index.sections.has("resource_changes") && index.prior.length > 0) {
    spots.push({ code: "no-resource-changes", message: "The plan lists no changes: it only refreshes the state." });
  }
  return spots;
}

function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}
