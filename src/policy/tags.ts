/** Tags and labels of objects, wherever providers keep them. */

import { ownValue } from "../model/values.ts";

/** Tag name to the values that count. */
export type Tags = Readonly<Record<string, readonly string[]>>;

const TAG_ATTRIBUTES = ["tags_all", "tags", "labels", "effective_labels", "terraform_labels"];

/** Whether an object has one of these values for the tag; `object` is its attributes. */
export function hasTag(object: unknown, name: string, values: readonly string[]): boolean {
  return TAG_ATTRIBUTES.some((attribute) => {
    const value = ownValue(ownValue(object, attribute), name);
    return typeof value === "string" && values.includes(value);
  });
}
