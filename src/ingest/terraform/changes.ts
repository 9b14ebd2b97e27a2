/** One element of `resource_changes` to a `ResourceChange`. Reads the `change` object of those that do change something. */

import { type Action, ends } from "../../model/action.ts";
import { parseAddress } from "../../model/address.ts";
import type { ChangeValues, Importing, ResourceChange } from "../../model/plan.ts";
import { isObject, ownValue } from "../../model/values.ts";
import { whileReading } from "../broken.ts";
import { valueAt } from "../json/values.ts";
import { memoize } from "../memoize.ts";
import { toAction } from "./action.ts";
import { identifiersOf } from "./carriers.ts";
import type { ChangeEntry } from "./change-entry.ts";
import { identityOf } from "./identity.ts";
import { NO_REPLACEMENT, replacementOf } from "./replacement.ts";
import { masked, unionMask } from "./values.ts";

/** The change that an entry stands for. A move or import without any other action gets that name. */
export function toChange(bytes: Buffer, entry: ChangeEntry, input: string): ResourceChange {
  const raw = memoize(() => rawChange(bytes, entry));
  const values = memoize(() => whileReading(input, () => maskedValues(raw())));
  const mode = modeOf(entry);
  const { paths, certainty } = (entry.actions?.length ?? 0) > 1 ? replacementOf(raw()) : NO_REPLACEMENT;
  const planned = toAction(entry.actions ?? [], mode, certainty);
  const action = contradicts(planned, mode, raw) ? { kind: "unknown" as const, words: entry.actions ?? [] } : planned;
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

/** Words for what is no managed object, with what its address then begins with. */
const OTHER_MODES: ReadonlyMap<string, string> = new Map([
  ["data", "data."],
  ["ephemeral", "ephemeral."],
]);

/**
 * The mode, where address and mode agree. Whatever calls itself data under a managed object's address is judged as the
 * object; hand-made plans leave the mode out, and what calls itself data in its address is then taken for data.
 */
export function modeOf({ mode, address }: ChangeEntry): string {
  if (mode === undefined) return localPart(address).startsWith("data.") ? "data" : "managed";
  const prefix = OTHER_MODES.get(mode);
  return prefix !== undefined && !localPart(address).startsWith(prefix) ? "managed" : mode;
}

/** An object that is gone after the change was not left alone or updated. */
function contradicts({ kind }: Action, mode: string, raw: () => Record<string, unknown>): boolean {
  if (mode !== "managed" || (kind !== "no-op" && kind !== "update")) return false;
  const before = ownValue(raw(), "before");
  return before !== null && before !== undefined && ownValue(raw(), "after") === null;
}

function namedAction(action: Action, importing: boolean, moved: boolean): Action {
  if (action.kind !== "no-op") return action;
  if (importing) return { kind: "import" };
  return moved ? { kind: "move" } : action;
}

/** The type, as the address has it: that is what will be acted upon. */
export function typeOf({ type, address }: ChangeEntry): string {
  return address.includes(".") ? typeIn(address) : (type ?? typeIn(address));
}

/** The type as the address names it. */
export function typeIn(address: string): string {
  const [first = "", second = first] = localPart(address).split(".");
  return first === "data" || first === "ephemeral" ? second : first;
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
