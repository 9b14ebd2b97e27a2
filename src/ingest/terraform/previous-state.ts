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
import { TextTable } from "../json/text-table.ts";
import { stringAt, valueAt } from "../json/values.ts";
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
  const texts = new TextTable(bytes);
  const objects: PreviousObject[] = [];
  let isState = false;
  try {
    walkObject(bytes, skipSpace(bytes, 0), (keyStart, keyEnd, at) => {
      const name = stringAt(bytes, keyStart - 1, keyEnd + 1);
      isState ||= name === "values" || name === "lineage";
      if (name === "values" && bytes[at] === OPEN_BRACE) return shownObjects(texts, at, objects);
      if (name === "resources" && bytes[at] === OPEN_BRACKET) return rawObjects(texts, at, objects);
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

function shownObjects(texts: TextTable, at: number, into: PreviousObject[]): number {
  return indexValues(texts, at, ({ address, deposed, dependsOn }) => {
    into.push({ address, deposed, dependsOn });
  });
}

const RESOURCE_FIELDS = compileFields({ module: true, mode: true, type: true, name: true, instances: true });
const INSTANCE_FIELDS = compileFields({ index_key: true, deposed: true, dependencies: true });

/** Shape of the raw format: Terraform's `internal/states/statefile/version4.go`. */
function rawObjects(texts: TextTable, at: number, into: PreviousObject[]): number {
  const { bytes } = texts;
  const slots = newSlots(RESOURCE_FIELDS);
  return walkArray(bytes, at, (start) => {
    const end = readFields(bytes, start, RESOURCE_FIELDS, slots);
    const resource = rawAddress(texts, slots);
    const instances = startOf(slots, 4);
    if (instances !== 0 && bytes[instances] === OPEN_BRACKET) rawInstances(texts, instances, resource, into);
    return end;
  });
}

function rawAddress(texts: TextTable, slots: Slots): string {
  const module = texts.in(slots, 0);
  const data = texts.in(slots, 1) === "data" ? "data." : "";
  const local = `${data}${texts.in(slots, 2)}.${texts.in(slots, 3)}`;
  return module === undefined ? local : `${module}.${local}`;
}

function rawInstances(texts: TextTable, at: number, resource: string, into: PreviousObject[]): void {
  const { bytes } = texts;
  const slots = newSlots(INSTANCE_FIELDS);
  walkArray(bytes, at, (start) => {
    const end = readFields(bytes, start, INSTANCE_FIELDS, slots);
    const keyAt = startOf(slots, 0);
    const key = keyAt === 0 ? null : valueAt(bytes, keyAt, endOf(slots, 0));
    const address = typeof key === "string" || typeof key === "number" ? resource + formatKey(key) : resource;
    const list = startOf(slots, 2);
    const dependsOn = list !== 0 && bytes[list] === OPEN_BRACKET ? texts.list(list) : [];
    into.push({ address, deposed: texts.in(slots, 1), dependsOn });
    return end;
  });
}
