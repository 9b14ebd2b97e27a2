/** One element of `resource_changes` to a `ResourceChange`. Reads the `change` object of those that do change something. */

import { type Action, ends } from "../../model/action.ts";
import { parseAddress } from "../../model/address.ts";
import type { ChangeValues, Importing, ResourceChange } from "../../model/plan.ts";
import { whileReading } from "../broken.ts";
import { valueAt } from "../json/values.ts";
import { memoize } from "../memoize.ts";
import { toAction } from "./action.ts";
import { identifiersOf } from "./carriers.ts";
import type { ChangeEntry } from "./change-entry.ts";
import { identityOf } from "./identity.ts";
import { NO_REPLACEMENT, replacementOf } from "./replacement.ts";
import { isObject, masked, unionMask } from "./values.ts";

/** The change that an entry stands for. A move or import without any other action gets that name. */
export function toChange(bytes: Buffer, entry: ChangeEntry, input: string): ResourceChange {
  const raw = memoize(() => rawChange(bytes, entry));
  const values = memoize(() => whileReading(input, () => maskedValues(raw())));
  const mode = modeOf(entry);
  const { paths, certainty } = (entry.actions?.length ?? 0) > 1 ? replacementOf(raw()) : NO_REPLACEMENT;
  const action = toAction(entry.actions ?? [], mode, certainty);
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
    replacePaths: paths,
    values,
    identifiers: () => identifiersOf(values().before),
    ...(ends(action) && identityOf(bytes, entry.change, values().before)),
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
  return type ?? typeIn(address);
}

/** The type as the address names it. */
export function typeIn(address: string): string {
  return localPart(address).split(".")[0] ?? "";
}

/** The address within its module. */
function localPart(address: string): string {
  const { moduleConfig, config } = parseAddress(address);
  return moduleConfig === "" ? config : config.slice(moduleConfig.length + 1);
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
