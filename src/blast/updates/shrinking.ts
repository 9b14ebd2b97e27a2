/** The general case: a list of blocks that becomes shorter, whatever it means to its type. */

import type { ChangeValues } from "../../model/plan.ts";
import type { AttributePath } from "../../model/values.ts";
import { isObject, ownValue } from "../../model/values.ts";
import { isShorter } from "./attributes.ts";
import { type Sign, signOf } from "./signs.ts";
import { pairs } from "./values.ts";

/** So deep blocks are looked into: deeper ones are details of details. */
const DEEPEST = 3;

/** Blocks that no object is the worse for. */
const MEANS_NOTHING: ReadonlySet<string> = new Set(["timeouts", "tag", "tags"]);

/** Lists of blocks with fewer elements than before. Blocks within a list are compared while it keeps its length. */
export function shrinkingBlocks({ before, after, afterUnknown }: ChangeValues, path: AttributePath = []): Sign[] {
  if (!isObject(before) || !isObject(after) || path.length > 2 * DEEPEST) return [];
  return Object.keys(before).flatMap((name): Sign[] => {
    const [old, now] = [ownValue(before, name), ownValue(after, name)];
    if (MEANS_NOTHING.has(name)) return [];
    const unknown = ownValue(afterUnknown, name);
    if (!Array.isArray(old) || !old.some(isObject) || unknown === true || typeof now === "symbol") return [];
    const list = Array.isArray(now) ? now : [];
    const at = [...path, name];
    if (isShorter(old, list)) return [signOf("blocks-removed", at, false)];
    if (old.length !== list.length || JSON.stringify(old) === JSON.stringify(list)) return [];
    return pairs(old, list, unknown).flatMap(({ place, ...pair }) => shrinkingBlocks(pair, [...at, place]));
  });
}
