/**
 * The state from before a plan: the dependency lists as they were stored. Planning rewrites them, so that an edge which the
 * change itself cuts is in no plan; here it still is.
 */

import { formatKey } from "../../model/address.ts";
import { FirebreakError } from "../../model/error.ts";
import { toUtf8 } from "../encoding.ts";
import {
  compileFields,
  endOf,
  newSlots,
  readFields,
  type Slots,
  startOf,
  walkArray,
  walkObject,
} from "../json/fields.ts";
import { endOfValue, MalformedJson, OPEN_BRACE, OPEN_BRACKET, skipSpace, TruncatedJson } from "../json/scan.ts";
import { stringAt, stringIn, stringsAt, valueAt } from "../json/values.ts";
import { modeAt } from "./change-entry.ts";
import { indexValues } from "./state-index.ts";

/** What one object depended on before the plan: keyless configuration addresses. */
export interface PreviousObject {
  readonly address: string;
  readonly deposed: string | undefined;
  readonly dependsOn: readonly string[];
}

/**
 * Reads `terraform show -json` of a state, or a raw state (`terraform state pull`, `tfstate-prev` of a saved plan; format 4).
 * @throws FirebreakError `unreadable-input`
 */
export function readPreviousState(raw: Uint8Array, input: string): PreviousObject[] {
  const bytes = toUtf8(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
  const objects: PreviousObject[] = [];
  let isState = false;
  try {
    walkObject(bytes, skipSpace(bytes, 0), (keyStart, keyEnd, at) => {
      const name = stringAt(bytes, keyStart - 1, keyEnd + 1);
      isState ||= name === "values" || name === "lineage";
      if (name === "values" && bytes[at] === OPEN_BRACE) return shownObjects(bytes, at, objects);
      if (name === "resources" && bytes[at] === OPEN_BRACKET) return rawObjects(bytes, at, objects);
      return endOfValue(bytes, at);
    });
  } catch (error) {
    if (!(error instanceof TruncatedJson || error instanceof MalformedJson)) throw error;
    throw notAState(input, "it is not valid JSON, or cut off", error);
  }
  if (!isState) throw notAState(input, "it holds neither values nor a lineage");
  return objects;
}

function notAState(input: string, why: string, cause?: unknown): FirebreakError {
  return new FirebreakError("unreadable-input", `${input}: this is no state: ${why}`, {
    hint: "Save one before planning with: terraform show -json > state.json",
    cause,
  });
}

function shownObjects(bytes: Buffer, at: number, into: PreviousObject[]): number {
  return indexValues(bytes, at, ({ address, deposed, dependsOn }) => {
    into.push({ address, deposed, dependsOn: dependsOn ? stringsAt(bytes, dependsOn.start) : [] });
  });
}

const RESOURCE_FIELDS = compileFields({ module: true, mode: true, type: true, name: true, instances: true });
const INSTANCE_FIELDS = compileFields({ index_key: true, deposed: true, dependencies: true });

/** Shape of the raw format: Terraform's `internal/states/statefile/version4.go`. */
function rawObjects(bytes: Buffer, at: number, into: PreviousObject[]): number {
  const slots = newSlots(RESOURCE_FIELDS);
  return walkArray(bytes, at, (start) => {
    const end = readFields(bytes, start, RESOURCE_FIELDS, slots);
    const resource = rawAddress(bytes, slots);
    const instances = startOf(slots, 4);
    if (instances !== 0 && bytes[instances] === OPEN_BRACKET) rawInstances(bytes, instances, resource, into);
    return end;
  });
}

function rawAddress(bytes: Buffer, slots: Slots): string {
  const module = stringIn(bytes, slots, 0);
  const data = modeAt(bytes, slots, 1) === "data" ? "data." : "";
  const local = `${data}${stringIn(bytes, slots, 2)}.${stringIn(bytes, slots, 3)}`;
  return module === undefined ? local : `${module}.${local}`;
}

function rawInstances(bytes: Buffer, at: number, resource: string, into: PreviousObject[]): void {
  const slots = newSlots(INSTANCE_FIELDS);
  walkArray(bytes, at, (start) => {
    const end = readFields(bytes, start, INSTANCE_FIELDS, slots);
    const keyAt = startOf(slots, 0);
    const key = keyAt === 0 ? null : valueAt(bytes, keyAt, endOf(slots, 0));
    const address = typeof key === "string" || typeof key === "number" ? resource + formatKey(key) : resource;
    const list = startOf(slots, 2);
    const dependsOn = list !== 0 && bytes[list] === OPEN_BRACKET ? stringsAt(bytes, list) : [];
    into.push({ address, deposed: stringIn(bytes, slots, 1), dependsOn });
    return end;
  });
}
