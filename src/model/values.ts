/** Attribute values as the model holds them: JSON, with a mark in place of what is sensitive. */

/** Stands in place of a sensitive value. Put there by ingest, and by nobody else. */
export const SENSITIVE: unique symbol = Symbol("sensitive value");

/** Keys and indices from the top of an object's attributes down to a value. */
export type AttributePath = readonly (string | number)[];

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether anything is marked in a mask such as `afterUnknown`: `true` at any depth. */
export function marksAny(mask: unknown): boolean {
  if (mask === true) return true;
  return typeof mask === "object" && mask !== null && Object.values(mask).some(marksAny);
}

/** A property of its own, or `undefined`; keys such as `__proto__` come from plans. */
export function ownValue(object: unknown, key: string): unknown {
  return isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}
