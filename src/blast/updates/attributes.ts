/** What becomes of single attributes: switched off, lowered, emptied. */

import type { ChangeValues } from "../../model/plan.ts";
import type { Watch } from "../../model/updates.ts";
import { isObject, ownValue } from "../../model/values.ts";
import { quantityOf } from "./quantity.ts";
import { canonical, isEmpty, isUnseen, plainText, type Slot, slotsAt } from "./values.ts";

/** Whether a rule applies; `unseen`: it may, for all that the plan says. */
export type Outcome = "yes" | "no" | "unseen";

type Comparison = (slot: Slot, watch: Watch) => Outcome;

const COMPARISONS: Readonly<Record<Exclude<Watch["when"], "policy">, Comparison>> = {
  off: ({ before, after }, { values = [true] }) =>
    hasOne(before, values) ? unless(after, hasOne(after, values)) : "no",
  on: ({ before, after }, { values = [true] }) => {
    // A default that a newer provider writes out was there before.
    if (hasOne(before, values) || (before === undefined && isEmpty(after))) return "no";
    return isUnseen(after) ? "unseen" : hasOne(after, values) ? "yes" : "no";
  },
  lowered: ({ before, after }, { forever = [] }) => lowered(before, after, forever),
  zero: ({ before, after }) => {
    const amount = quantityOf(before)?.amount;
    if (amount === undefined || amount === 0) return "no";
    return unless(after, quantityOf(after)?.amount !== 0);
  },
  changed: ({ before, after }) => (isEmpty(before) ? "no" : unless(after, isSameName(before, after))),
  appears: ({ before, after }) => (isEmpty(before) ? unless(after, isEmpty(after)) : "no"),
  cleared: ({ before, after }) => (isEmpty(before) ? "no" : unless(after, !isEmpty(after))),
  gone: ({ before, after }) => {
    if (!Array.isArray(before) || before.length === 0) return "no";
    return unless(after, Array.isArray(after) && after.length > 0);
  },
  fewer: ({ before, after }) => {
    if (!Array.isArray(before)) return "no";
    return unless(after, !isShorter(before, Array.isArray(after) ? after : []));
  },
};

/** What a watch says of a change, attribute by attribute; only where the answer is not no. */
export function watched(watch: Watch, values: ChangeValues): (Slot & { readonly outcome: Outcome })[] {
  if (watch.when === "policy") return [];
  const compare = COMPARISONS[watch.when];
  if (watch.unless !== undefined && slotsAt(values, watch.unless).some(({ after }) => isAboveZero(after))) return [];
  return slotsAt(watch.only ? onlyWhere(values, watch.only) : values, watch.at)
    .map((slot) => ({ ...slot, outcome: outcomeOf(slot, watch, compare) }))
    .filter(({ outcome }) => outcome !== "no");
}

/** Elements of which it does not hold are as if they were not there; those of which nobody can say stay. */
function onlyWhere(values: ChangeValues, { each, is }: NonNullable<Watch["only"]>): ChangeValues {
  const holds = (item: unknown): boolean =>
    Object.entries(is).every(([path, wanted]) =>
      slotsAt({ before: undefined, after: item, afterUnknown: undefined }, path).some(
        ({ after }) => isUnseen(after) || (wanted === "set" ? !isEmpty(after) : isOneOf(after, wanted)),
      ),
    );
  const side = (attributes: unknown): unknown => {
    const list = ownValue(attributes, each);
    if (!isObject(attributes) || !Array.isArray(list)) return attributes;
    return { ...attributes, [each]: list.map((item) => (!isObject(item) || holds(item) ? item : undefined)) };
  };
  return { ...values, before: side(values.before), after: side(values.after) };
}

function isOneOf(value: unknown, wanted: readonly (string | boolean | null)[]): boolean {
  return wanted.some((one) => (one === null ? value === undefined : hasOne(value, [one])));
}

function outcomeOf(slot: Slot, watch: Watch, compare: Comparison): Outcome {
  // Hidden on both sides: it may have become anything.
  if (isUnseen(slot.before)) return isUnseen(slot.after) ? "unseen" : "no";
  return compare(slot, watch);
}

function unless(after: unknown, isFine: boolean): Outcome {
  if (isUnseen(after)) return "unseen";
  return isFine ? "no" : "yes";
}

function isAboveZero(value: unknown): boolean {
  return (quantityOf(value)?.amount ?? 0) > 0;
}

/** One of the values, or a list with one of them; CloudFormation writes booleans and numbers as texts. */
function hasOne(value: unknown, values: readonly unknown[]): boolean {
  if (Array.isArray(value)) return value.some((item) => hasOne(item, values));
  const text = plainText(value);
  return text !== undefined && values.some((one) => isNamed(text, String(one)));
}

/** `*` in front of a name stands for whatever comes before it: partitions, subscriptions. Alone it is itself. */
function isNamed(text: string, name: string): boolean {
  const isEnd = name.startsWith("*") && name.length > 1;
  return isEnd ? text.toLowerCase().endsWith(name.slice(1).toLowerCase()) : name === text;
}

function lowered(before: unknown, after: unknown, forever: readonly unknown[]): Outcome {
  const lastsForever = (value: unknown): boolean =>
    value === undefined
      ? forever.includes(null)
      : forever.some((one) => one !== null && String(one) === plainText(value));
  const from = lastsForever(before) ? FOREVER : quantityOf(before);
  if (from === undefined || from.amount <= 0) return "no";
  if (isUnseen(after)) return "unseen";
  const to = lastsForever(after) ? FOREVER : quantityOf(after);
  // Nobody says any more how long: it is whatever the service does by itself, which may be nothing.
  if (after === undefined && to === undefined) return "unseen";
  if (to === undefined || to === FOREVER) return "no";
  // A number beside a span of time: nobody knows the unit.
  const isComparable = from === FOREVER || from.unit === to.unit;
  return isComparable && to.amount < from.amount ? "yes" : "no";
}

const FOREVER = { amount: Number.POSITIVE_INFINITY, unit: "none" } as const;

/**
 * The same key may be named by its ARN or by the last part of it, and with its version or without: keys are rotated in
 * ordinary work. Letter case never tells two keys apart.
 */
function isSameName(before: unknown, after: unknown): boolean {
  if (typeof before !== "string" || typeof after !== "string") return canonical(before) === canonical(after);
  const [left, right] = [before, after].map((name) => name.toLowerCase().replace(VERSION, ""));
  const [long = "", short = ""] = [left ?? "", right ?? ""].sort((one, other) => other.length - one.length);
  return long === short || (short !== "" && (long.endsWith(`/${short}`) || long.endsWith(`:${short}`)));
}

/** The version at the end of a key of Azure Key Vault or Google's KMS. */
const VERSION = /(?<=\/keys\/[^/]+)\/[0-9a-f]{32}$|\/cryptokeyversions\/\d+$/;

/** Fewer elements, and less in them: rules that are merged into one with all their addresses are still there. */
export function isShorter(before: readonly unknown[], after: readonly unknown[]): boolean {
  if (after.length >= before.length || after.some(isUnseen) || canonical(before) === canonical(after)) return false;
  return weightOf(after) < weightOf(before);
}

/** An element counts as often as its lists of texts have texts. */
function weightOf(list: readonly unknown[]): number {
  const lists = (item: unknown): number =>
    isObject(item)
      ? Object.values(item)
          .filter(Array.isArray)
          .reduce((sum, texts) => sum + texts.filter((text) => typeof text === "string").length, 0)
      : 0;
  return list.reduce<number>((sum, item) => sum + Math.max(1, lists(item)), 0);
}
