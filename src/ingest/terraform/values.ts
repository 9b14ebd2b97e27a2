/** Attribute values on their way into the model: sensitive ones are replaced by a mark here and nowhere else. */

import { isObject, ownValue, SENSITIVE } from "../../model/values.ts";

/**
 * `value` with the mark wherever `mask` says so. A mask is `true`/`false` at any level, or an object or array in the value's
 * shape; where the shapes disagree everything below is masked (sets have coarse masks: hashicorp/terraform#29618).
 */
export function masked(value: unknown, mask: unknown): unknown {
  if (mask === undefined || mask === false || mask === null) return value;
  if (mask === true) return SENSITIVE;
  if (Array.isArray(mask)) {
    if (mask.length === 0) return value;
    return Array.isArray(value) ? value.map((item, index) => masked(item, mask[index])) : hidden(value);
  }
  if (typeof mask !== "object") return SENSITIVE;
  if (Object.keys(mask).length === 0) return value;
  return isObject(value) ? maskedObject(value, mask as Record<string, unknown>) : hidden(value);
}

function maskedObject(value: Record<string, unknown>, mask: Record<string, unknown>): Record<string, unknown> {
  // No prototype: keys such as `__proto__` come from the plan.
  const result: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value)) {
    result[key] = masked(value[key], Object.hasOwn(mask, key) ? mask[key] : undefined);
  }
  return result;
}

/** Nothing to hide where there is nothing. */
function hidden(value: unknown): unknown {
  return value === null || value === undefined ? value : SENSITIVE;
}

/** Two masks joined: what either hides is hidden. */
export function unionMask(left: unknown, right: unknown): unknown {
  if (left === true || right === true) return true;
  if (isEmptyMask(left)) return right;
  if (isEmptyMask(right)) return left;
  if (Array.isArray(left) && Array.isArray(right)) {
    const longer = left.length >= right.length ? left : right;
    return longer.map((_, index) => unionMask(left[index], right[index]));
  }
  if (isObject(left) && isObject(right)) {
    const result: Record<string, unknown> = Object.create(null);
    for (const key of [...Object.keys(left), ...Object.keys(right)]) {
      result[key] = unionMask(ownValue(left, key), ownValue(right, key));
    }
    return result;
  }
  return true;
}

function isEmptyMask(mask: unknown): boolean {
  if (mask === undefined || mask === null || mask === false) return true;
  return typeof mask === "object" && Object.keys(mask).length === 0;
}

/** The value at a path, `undefined` where the path leaves the value. */
export function valueAtPath(value: unknown, path: readonly (string | number)[]): unknown {
  let current = value;
  for (const step of path) {
    current = Array.isArray(current) ? current[Number(step)] : ownValue(current, String(step));
  }
  return current;
}
