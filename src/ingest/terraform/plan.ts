/** An indexed document to a `ChangePlan`. */

import { compareText } from "../../model/address.ts";
import type { ActionInvocation, ChangePlan, CheckResult, ResourceChange } from "../../model/plan.ts";
import { isObject } from "../../model/values.ts";
import { whileReading } from "../broken.ts";
import { OPEN_BRACE } from "../json/scan.ts";
import { valueAt } from "../json/values.ts";
import { memoize } from "../memoize.ts";
import { summarize } from "../summary.ts";
import type { ChangeEntry } from "./change-entry.ts";
import { toChange } from "./changes.ts";
import { countExisting, toDependencies } from "./existing.ts";
import type { DocumentIndex } from "./plan-index.ts";
import type { PreviousObject } from "./previous-state.ts";
import { indexValues } from "./state-index.ts";
import { blindSpotsOf, completenessOf, type PlanFlags, problemsOf } from "./status.ts";
import { worldOf } from "./world.ts";

/** What the caller knows about the document. */
export interface PlanOrigin {
  readonly input: string;
  /** SHA-256 of the plan's bytes in hex. */
  readonly digest: string;
  /** Objects of the state from before the plan, when it is at hand. */
  readonly previous?: readonly PreviousObject[] | undefined;
}

/** The plan in a document that `isPlan` holds for. */
export function toChangePlan(bytes: Buffer, index: DocumentIndex, { input, digest, previous }: PlanOrigin): ChangePlan {
  const section = (name: string): unknown => {
    const span = index.sections.get(name);
    return span && valueAt(bytes, span.start, span.end);
  };
  const flags: PlanFlags = {
    formatVersion: section("format_version") ?? section("plan_format_version"),
    terraformVersion: section("terraform_version"),
    errored: section("errored"),
    complete: section("complete"),
    applyable: section("applyable"),
  };
  const planned = index.changes.map((entry) => toChange(bytes, entry, input));
  const deferred = index.deferred
    .map(({ entry, reason }) => toDeferred(toChange(bytes, entry, input), reason))
    .filter(isListed);
  const existing = countExisting(index);
  const changes = [...planned.filter(isListed), ...deferred].sort(byObject);
  return {
    input,
    digest: `sha256:${digest}`,
    kind: "terraform-plan",
    completeness: completenessOf(flags, index, existing.uncovered),
    problems: problemsOf(flags, index, [...planned, ...deferred], () => plannedObjects(bytes, index)),
    summary: summarize(planned, index.unchanged.length),
    changes,
    existing: existing.managed,
    existingIsKnown: true,
    unlisted: [],
    dependencies: toDependencies(bytes, index, existing, previous),
    drift: driftOf(index),
    actionInvocations: [
      ...toInvocations(section("action_invocations")),
      ...toInvocations(deferredInvocations(section("deferred_action_invocations"))),
    ],
    checks: toChecks(section("checks")),
    blindSpots: blindSpotsOf(flags, index),
    // Few policies read plans themselves.
    document: async () => {
      const { maskedDocument } = await import("./document.ts");
      return whileReading(input, () => maskedDocument(bytes, index));
    },
    world: memoize(() => whileReading(input, () => worldOf(bytes, index, changes))),
  };
}

/** Managed objects in `planned_values`, which has the shape of a state. */
function plannedObjects(bytes: Buffer, index: DocumentIndex): number {
  const section = index.sections.get("planned_values");
  let count = 0;
  if (section !== undefined && bytes[section.start] === OPEN_BRACE) {
    indexValues(index.texts, section.start, ({ managed }) => {
      if (managed) count++;
    });
  }
  return count;
}

/** Reading a data source, and nothing, change no object. */
function isListed({ action }: ResourceChange): boolean {
  return action.kind !== "read" && action.kind !== "no-op";
}

/** That nothing is planned yet for a change that is put off does not say that nothing will happen. */
function toDeferred(change: ResourceChange, reason = "unknown"): ResourceChange {
  const action = change.action.kind === "no-op" ? ({ kind: "update" } as const) : change.action;
  return { ...change, action, deferred: reason };
}

/** What is put off may run all the same, with a later plan. */
function deferredInvocations(section: unknown): unknown {
  return Array.isArray(section) ? section.filter(isObject).map((one) => one["action_invocation"]) : undefined;
}

/** Terraform's order: by address, then deposed key. */
function byObject(left: ResourceChange, right: ResourceChange): number {
  return compareText(left.address, right.address) || compareText(left.deposed ?? "", right.deposed ?? "");
}

/** Drift is what happened outside of the tool; a deletion there destroys nothing here. */
function driftOf(index: DocumentIndex): ChangePlan["drift"] {
  const deleted = index.drift.filter(({ actions }) => actions?.includes("delete"));
  const changed = index.drift.filter(({ actions }) => !actions?.includes("delete") && !actions?.includes("no-op"));
  const addresses = (entries: readonly ChangeEntry[]) => entries.map(({ address }) => address).sort(compareText);
  return { changed: addresses(changed), deleted: addresses(deleted) };
}

function toInvocations(section: unknown): ActionInvocation[] {
  if (!Array.isArray(section)) return [];
  return section.filter(isObject).map((invocation) => {
    const lifecycle = invocation["lifecycle_action_trigger"];
    const trigger = isObject(lifecycle) ? lifecycle["triggering_resource_address"] : undefined;
    return {
      address: String(invocation["address"]),
      type: String(invocation["type"]),
      ...(typeof trigger === "string" && { trigger }),
    };
  });
}

const CHECK_STATUSES = ["pass", "fail", "error", "unknown"] as const;

function toChecks(section: unknown): CheckResult[] {
  if (!Array.isArray(section)) return [];
  return section.filter(isObject).map((check) => {
    const address = isObject(check["address"]) ? check["address"]["to_display"] : undefined;
    const status = CHECK_STATUSES.find((known) => known === check["status"]) ?? "unknown";
    return { address: String(address ?? "?"), status };
  });
}
