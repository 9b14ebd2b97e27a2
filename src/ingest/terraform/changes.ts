/** One element of `resource_changes` to a `ResourceChange`. Reads the `change` object of those that do change something. */

import { createHash } from "node:crypto";
import { type Action, type Certainty, ends } from "../../model/action.ts";
import { parseAddress } from "../../model/address.ts";
import type { AttributePath, ChangeValues, Importing, ResourceChange } from "../../model/plan.ts";
import { valueAt } from "../json/values.ts";
import { memoize } from "../memoize.ts";
import { toAction } from "./action.ts";
import { identifiersOf } from "./carriers.ts";
import type { ChangeEntry } from "./change-entry.ts";
import { isObject, masked, ownValue, unionMask, valueAtPath } from "./values.ts";

/** The change that an entry stands for. A move or import without any other action gets that name. */
export function toChange(bytes: Buffer, entry: ChangeEntry): ResourceChange {
  const raw = memoize(() => rawChange(bytes, entry));
  const values = memoize(() => maskedValues(raw()));
  const mode = modeOf(entry);
  const replacePaths = (entry.actions?.length ?? 0) > 1 ? pathsOf(ownValue(raw(), "replace_paths")) : [];
  const action = toAction(
    entry.actions ?? [],
    mode,
    replacePaths.length > 0 ? certaintyOf(replacePaths, raw()) : "certain",
  );
  const importing = importingOf(bytes, entry);
  const moved = entry.previousAddress !== undefined && entry.previousAddress !== entry.address;
  return {
    address: entry.address,
    ...(entry.deposed !== undefined && { deposed: entry.deposed }),
    type: typeOf(entry),
    action: namedAction(action, importing !== undefined, moved),
    ...(moved && { previousAddress: entry.previousAddress }),
    ...(importing !== undefined && { importing }),
    ...(entry.reason !== undefined && { actionReason: entry.reason }),
    replacePaths,
    values,
    identifiers: () => identifiersOf(values().before),
    ...(ends(action) && identityOf(raw())),
  };
}

/** Hand-made plans leave the mode out; only what calls itself data in its address is then taken for data. */
export function modeOf(entry: ChangeEntry): string {
  if (entry.mode !== undefined) return entry.mode;
  return localPart(entry.address).startsWith("data.") ? "data" : "managed";
}

function namedAction(action: Action, importing: boolean, moved: boolean): Action {
  if (action.kind !== "no-op") return action;
  if (importing) return { kind: "import" };
  return moved ? { kind: "move" } : action;
}

/** The entry's type; hand-made plans may leave it to the address. */
export function typeOf({ type, address }: ChangeEntry): string {
  return type ?? localPart(address).split(".")[0] ?? "";
}

/** The address within its module. */
function localPart(address: string): string {
  const { moduleConfig, config } = parseAddress(address);
  return moduleConfig === "" ? config : config.slice(moduleConfig.length + 1);
}

/**
 * A replacement is conditional when nothing forces it but values that are unknown until apply: Terraform must plan for the
 * worst there, and may find the old value again. Replacements for other reasons (taint, request) have no paths.
 */
function certaintyOf(paths: readonly AttributePath[], change: Record<string, unknown>): Certainty {
  if (paths.length === 0) return "certain";
  return paths.every((path) => onlyUnknownForces(change, path)) ? "conditional" : "certain";
}

function onlyUnknownForces(change: Record<string, unknown>, path: AttributePath): boolean {
  const unknown = change["after_unknown"];
  if (path.some((_, length) => valueAtPath(unknown, path.slice(0, length)) === true)) return true;
  const here = valueAtPath(unknown, path);
  const before = valueAtPath(change["before"], path);
  const after = valueAtPath(change["after"], path);
  return holdsTrue(here) && !differs(before, after, here);
}

/** Whether anything below is unknown: a path may name a whole block of which one leaf is. */
function holdsTrue(value: unknown): boolean {
  if (value === true) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsTrue);
}

/** Whether two values differ in what is known of the second. */
function differs(before: unknown, after: unknown, unknown: unknown): boolean {
  if (unknown === true) return false;
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return true;
    return before.some((item, index) =>
      differs(item, after[index], Array.isArray(unknown) ? unknown[index] : undefined),
    );
  }
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].some((key) => differs(ownValue(before, key), ownValue(after, key), ownValue(unknown, key)));
  }
  return before !== after;
}

function pathsOf(value: unknown): AttributePath[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isPath);
}

function isPath(value: unknown): value is AttributePath {
  return Array.isArray(value) && value.every((step) => typeof step === "string" || typeof step === "number");
}

function importingOf(bytes: Buffer, entry: ChangeEntry): Importing | undefined {
  if (entry.importing === undefined) return undefined;
  const importing = valueAt(bytes, entry.importing.start, entry.importing.end);
  if (!isObject(importing)) return importing === null ? undefined : "unknown-id";
  if (importing["unknown"] === true) return "unknown-id";
  if (isObject(importing["identity"])) return "by-identity";
  return typeof importing["id"] === "string" && importing["id"] !== "" ? "by-id" : "unknown-id";
}

function rawChange(bytes: Buffer, entry: ChangeEntry): Record<string, unknown> {
  if (entry.change === undefined) return {};
  const change = valueAt(bytes, entry.change.start, entry.change.end);
  return isObject(change) ? change : {};
}

function maskedValues(change: Record<string, unknown>): ChangeValues {
  // A value that was sensitive before may be plain after, and is the same value: the union of both masks hides it.
  const mask = unionMask(change["before_sensitive"], change["after_sensitive"]);
  return {
    before: masked(change["before"], mask),
    after: masked(change["after"], mask),
    afterUnknown: change["after_unknown"],
  };
}

/** Attributes that name the physical object, the surest first. Sensitive ones do not count: not even a hash leaves. */
const IDENTIFYING = ["id", "arn", "self_link", "uid"] as const;

function identityOf(change: Record<string, unknown>): { identity?: string } {
  const before = maskedValues(change).before;
  const values = IDENTIFYING.map((name) => ownValue(before, name)).filter(isIdentifier);
  const identity = isObject(change["before_identity"]) ? [JSON.stringify(change["before_identity"])] : [];
  const all = [...identity, ...values.map(String)];
  return all.length === 0 ? {} : { identity: createHash("sha256").update(JSON.stringify(all)).digest("hex") };
}

function isIdentifier(value: unknown): value is string | number {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}
