/** Attribute values side by side: what stands at a path before and after, and when two values say the same. */

import type { ChangeValues } from "../../model/plan.ts";
import type { AttributePath } from "../../model/values.ts";
import { isObject, ownValue, SENSITIVE } from "../../model/values.ts";

/** One attribute before and after. A symbol stands for what cannot be seen, `undefined` for what is not there or null. */
export interface Slot {
  readonly path: AttributePath;
  readonly before: unknown;
  readonly after: unknown;
}

/** What CloudFormation writes in place of a value that it does not know yet, hides, or found too long. */
const PLACEHOLDER = /^(\{\{changeSet:KNOWN_AFTER_APPLY\}\}|\*{4,}|\(Truncated-Signature\):)/;

export function isUnseen(value: unknown): value is symbol {
  return typeof value === "symbol";
}

/** The attributes at a path (`settings/backups/days`); a list on the way, or elements of it, lead on one by one. */
export function slotsAt(values: ChangeValues, path: string): Slot[] {
  const steps = path === "" ? [] : path.split("/");
  return descend({ path: [], ...values }, steps);
}

/** Names of attributes of which anything may have become something else: nearly all are as they were. `undefined`: all may. */
export function differing({ before, after, afterUnknown }: ChangeValues): ReadonlySet<string> | undefined {
  if (!isObject(before) || !isObject(after) || afterUnknown === true) return undefined;
  const names = new Set(isObject(afterUnknown) ? Object.keys(afterUnknown) : []);
  // Objects differ unless they are the very same.
  for (const name of Object.keys(before)) {
    if (isUnseen(before[name]) || before[name] !== ownValue(after, name)) names.add(name);
  }
  for (const name of Object.keys(after)) if (!Object.hasOwn(before, name)) names.add(name);
  return names;
}

/** The attribute that a path begins with. */
export function firstStep(path: string): string {
  const end = path.indexOf("/");
  return end < 0 ? path : path.slice(0, end);
}

/** A slot with what `after_unknown` says of it, not yet applied. */
interface Open extends Slot {
  readonly afterUnknown: unknown;
}

function descend(open: Open, steps: readonly string[]): Slot[] {
  const { path, before, afterUnknown } = open;
  const after = afterUnknown === true ? SENSITIVE : seen(open.after);
  const [step, ...rest] = steps;
  if (step === undefined) return [{ path, before: seen(before), after }];
  // A document in a text: what the path names lies within.
  if (isDocument(before) || isDocument(after))
    return descend({ path, before: unpacked(before), after: unpacked(after), afterUnknown: undefined }, steps);
  if (Array.isArray(before) || Array.isArray(after))
    return pairs(listOf(before), listOf(after), afterUnknown).flatMap(({ place, ...pair }) =>
      descend({ ...pair, path: [...path, place] }, steps),
    );
  if (!isObject(before) && !isObject(after)) return isUnseen(before) || isUnseen(after) ? hidden(open, steps) : [];
  return descend(
    {
      path: [...path, step],
      before: isUnseen(before) ? before : ownValue(before, step),
      after: isUnseen(after) ? after : ownValue(after, step),
      afterUnknown: ownValue(afterUnknown, step),
    },
    rest,
  );
}

function isDocument(value: unknown): value is string {
  return typeof value === "string" && /^\s*[{[]/.test(value);
}

function unpacked(value: unknown): unknown {
  if (!isDocument(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    // Of another language, and its text must not get into an error: there is nothing at the path.
    return undefined;
  }
}

/** Nothing below can be seen on one side: the whole path is told as it would be. */
function hidden({ path, before, after }: Open, steps: readonly string[]): Slot[] {
  const side = (value: unknown): unknown => (isUnseen(value) ? value : undefined);
  return [{ path: [...path, ...steps], before: side(before), after: side(after) }];
}

function listOf(value: unknown): readonly unknown[] | symbol {
  if (Array.isArray(value) || isUnseen(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function seen(value: unknown): unknown {
  if (value === null) return undefined;
  return typeof value === "string" && PLACEHOLDER.test(value) ? SENSITIVE : value;
}

interface Pair extends Omit<Open, "path"> {
  /** Index after the change; before it for what is gone. */
  readonly place: number;
}

/** Elements that belong together: by equal content, by an identifying attribute, or because as many on each side are left over. */
export function pairs(
  before: readonly unknown[] | symbol,
  after: readonly unknown[] | symbol,
  unknown: unknown,
): Pair[] {
  if (isUnseen(after))
    return isUnseen(before)
      ? []
      : before.map((item, place) => ({ place, before: item, after, afterUnknown: undefined }));
  const unknownAt = (place: number): unknown => (Array.isArray(unknown) ? unknown[place] : undefined);
  if (isUnseen(before))
    return after.map((item, place) => ({ place, before, after: item, afterUnknown: unknownAt(place) }));
  const partners = partnersOf(before, after);
  const matched = new Set(partners);
  return [
    ...after.map((item, place) => ({
      place,
      before: before[partners[place] ?? -1],
      after: item,
      afterUnknown: unknownAt(place),
    })),
    ...before.flatMap((item, place) =>
      matched.has(place) ? [] : [{ place, before: item, after: undefined, afterUnknown: undefined }],
    ),
  ];
}

/** For each element after the change the index of the one before, where there is one. */
function partnersOf(before: readonly unknown[], after: readonly unknown[]): (number | undefined)[] {
  // Nearly all blocks are lists of one.
  if (before.length === 1 && after.length === 1) return [0];
  const partners: (number | undefined)[] = after.map(() => undefined);
  const free = new Map<string, number[]>();
  const taken = new Set<number>();
  for (const keyOf of [canonical, identityOf]) {
    free.clear();
    before.forEach((item, place) => {
      const key = taken.has(place) ? undefined : keyOf(item);
      if (key !== undefined) free.set(key, [...(free.get(key) ?? []), place]);
    });
    after.forEach((item, place) => {
      if (partners[place] !== undefined) return;
      const partner = free.get(keyOf(item) ?? "")?.shift();
      if (partner === undefined) return;
      partners[place] = partner;
      taken.add(partner);
    });
  }
  const lone = after.flatMap((_, place) => (partners[place] === undefined ? [place] : []));
  const left = before.flatMap((_, place) => (taken.has(place) ? [] : [place]));
  // Several changed at once and nothing tells them apart: the order does, as in a list.
  if (lone.length === left.length)
    lone.forEach((place, at) => {
      partners[place] = left[at];
    });
  return partners;
}

const IDENTIFYING = ["id", "Id", "sid", "Sid", "name", "Name", "key", "AttributeName"];

function identityOf(item: unknown): string | undefined {
  const name = IDENTIFYING.find((key) => {
    const value = ownValue(item, key);
    return typeof value === "string" && value !== "";
  });
  return name === undefined ? undefined : `${name}=${plainText(ownValue(item, name))}`;
}

/**
 * A text that is equal for values which say the same: whatever the order of lists and keys, numbers and booleans as texts or
 * not, and defaults (null, false, empty) there or not.
 */
export function canonical(value: unknown): string {
  if (isEmpty(value)) return "";
  if (isUnseen(value)) return "?";
  if (Array.isArray(value)) return `[${value.map(canonical).filter(Boolean).sort().join(",")}]`;
  if (!isObject(value)) return JSON.stringify(String(value));
  const fields = Object.keys(value).map((key) => [JSON.stringify(key), canonical(value[key])] as const);
  return `{${fields
    .filter(([, text]) => text !== "")
    .map(([key, text]) => `${key}:${text}`)
    .sort()
    .join(",")}}`;
}

/** A text, number or boolean as a text. Objects are none: what they say of themselves comes from the plan. */
export function plainText(value: unknown): string | undefined {
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
}

/** What a provider writes for nothing. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === "false") return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return isObject(value) && Object.values(value).every(isEmpty);
}
