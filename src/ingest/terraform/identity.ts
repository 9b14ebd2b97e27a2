/** What identifies the physical object behind an address, as a hash: two objects of one address are two destructions. */

import { createHash } from "node:crypto";
import { ownValue, SENSITIVE } from "../../model/values.ts";
import { compileFields, endOf, newSlots, readFields, type Span, startOf } from "../json/fields.ts";
import { LETTER_N } from "../json/values.ts";

/** Attributes that name the physical object, the surest first. */
const IDENTIFYING = ["id", "arn", "self_link", "uid"] as const;

const FIELDS = compileFields({ before: { id: true, arn: true, self_link: true, uid: true }, before_identity: true });
/** Slots of the fields: `before` has the first, its own fields follow, and `before_identity` has the last. */
const IDENTITY_SLOT = IDENTIFYING.length + 1;

/**
 * Hashes the attributes as they are written, since numbers beyond 2^53 would fall together once parsed. Sensitive ones do not
 * count, not even in a hash; `before` are the masked values. Empty when nothing identifies the object.
 */
export function identityOf(bytes: Buffer, change: Span | undefined, before: unknown): { identity?: string } {
  if (change === undefined) return {};
  const slots = newSlots(FIELDS);
  readFields(bytes, change.start, FIELDS, slots);
  const text = (slot: number): string | undefined => {
    const start = startOf(slots, slot);
    return start === 0 || bytes[start] === LETTER_N ? undefined : bytes.toString("utf8", start, endOf(slots, slot));
  };
  const own = IDENTIFYING.map((name, place) => (ownValue(before, name) === SENSITIVE ? undefined : text(place + 1)));
  const parts = [text(IDENTITY_SLOT), ...own].filter((part) => part !== undefined && part !== '""');
  return parts.length === 0 ? {} : { identity: createHash("sha256").update(JSON.stringify(parts)).digest("hex") };
}
