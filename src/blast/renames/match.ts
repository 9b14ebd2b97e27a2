/** Which deleted container corresponds to which created one: unique both ways, the largest first. */

import { compareText, parseAddress } from "../../model/address.ts";
import type { ResourceChange } from "../../model/plan.ts";
import { isObject } from "../../model/values.ts";
import { type Container, containersOf, lastKey, scopesOf } from "./containers.ts";
import { type Likeness, likenessOf } from "./likeness.ts";

/** An object and what it would be called. */
export interface Pair {
  readonly deleted: ResourceChange;
  readonly created: ResourceChange;
  /** Its sensitive values were not compared. */
  readonly open: boolean;
}

/** Two containers that correspond: one `moved` block. */
export interface Match {
  readonly from: string;
  readonly to: string;
  readonly pairs: readonly Pair[];
}

export interface Candidates {
  readonly deleted: readonly ResourceChange[];
  readonly created: readonly ResourceChange[];
  /** Addresses of managed objects that exist before the change and are not among the deleted. */
  readonly kept: readonly string[];
  /** Whether two objects may be the same, apart from their attributes. */
  readonly mayPair: (deleted: ResourceChange, created: ResourceChange) => boolean;
  /** Whether a container's block is still in the configuration. */
  readonly isDeclared: (prefix: string) => boolean;
}

/** Containers that are alike as far as plain values go are compared pair by pair up to so many pairs; of more nothing is said. */
const MOST_PAIRS = 10_000;

export function matchContainers({ deleted, created, kept, mayPair, isDeclared }: Candidates): Match[] {
  const froms = containersOf(deleted, kept);
  // Nothing that exists may be where something else is to go.
  const tos = containersOf(created, [...kept, ...deleted.map(({ address }) => address)]);
  const used = new Set<ResourceChange>();
  const isFree = ({ members }: Container): boolean => !members.some((member) => used.has(member));
  const compare = comparer(mayPair);
  const matches: Match[] = [];
  for (const bucket of bucketsOf(froms, tos)) {
    for (const alike of groupsOf(bucket.froms.filter(isFree), bucket.tos.filter(isFree))) {
      if (alike.froms.length * alike.tos.length > MOST_PAIRS) continue;
      const found = alike.froms.flatMap((from) =>
        alike.tos.flatMap((to) => (mayMove(from, to, isDeclared) ? (compare(from, to) ?? []) : [])),
      );
      for (const match of uniqueBothWays(found)) {
        matches.push(match);
        for (const pair of match.pairs) used.add(pair.deleted).add(pair.created);
      }
    }
  }
  return matches.sort((left, right) => compareText(left.from, right.from));
}

type Sides = Pick<Bucket, "froms" | "tos">;

/** Containers that can be equal at all: the plain values that every first member is going to have are the same. */
function groupsOf(froms: readonly Container[], tos: readonly Container[]): readonly Sides[] {
  if (froms.length === 0 || tos.length === 0) return [];
  const attributes = (container: Container, side: "before" | "after"): Record<string, unknown> => {
    const values = container.members[0]?.values()[side];
    return isObject(values) ? values : {};
  };
  const created = tos.map((to) => attributes(to, "after"));
  const plain = Object.keys(created[0] ?? {}).filter((name) => created.every((values) => isPlain(values[name])));
  const keyOf = (values: Record<string, unknown>): string =>
    JSON.stringify(plain.map((name) => (isPlain(values[name]) ? values[name] : null)));
  const groups = new Map<string, { froms: Container[]; tos: Container[] }>();
  for (const [place, to] of tos.entries()) {
    const key = keyOf(created[place] ?? {});
    const group = groups.get(key) ?? { froms: [], tos: [] };
    group.tos.push(to);
    groups.set(key, group);
  }
  for (const from of froms) groups.get(keyOf(attributes(from, "before")))?.froms.push(from);
  return [...groups.values()];
}

function isPlain(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** A block without any key moves everything, and Terraform refuses that for what is still declared. */
function mayMove(from: Container, to: Container, isDeclared: (prefix: string) => boolean): boolean {
  const whole = lastKey(from.prefix) === "" && lastKey(to.prefix) === "";
  return from.prefix !== to.prefix && !(whole && isDeclared(from.prefix));
}

function comparer(mayPair: Candidates["mayPair"]): (from: Container, to: Container) => Match | undefined {
  const known = new Map<ResourceChange, Map<ResourceChange, Likeness>>();
  const likeness = (deleted: ResourceChange, created: ResourceChange): Likeness => {
    const row = known.get(deleted) ?? new Map<ResourceChange, Likeness>();
    known.set(deleted, row);
    const before = row.get(created);
    if (before !== undefined) return before;
    if (!mayPair(deleted, created)) return "different";
    const found = likenessOf(deleted.values(), created.values());
    row.set(created, found);
    return found;
  };
  return (from, to) => {
    const pairs: Pair[] = [];
    for (const [place, deleted] of from.members.entries()) {
      const created = to.members[place];
      const like = created === undefined ? "different" : likeness(deleted, created);
      // What could not be compared has to be called the same at least.
      if (created === undefined || like === "different" || (like === "open" && !sameName(deleted, created)))
        return undefined;
      pairs.push({ deleted, created, open: like === "open" });
    }
    return { from: from.prefix, to: to.prefix, pairs };
  };
}

function sameName(left: ResourceChange, right: ResourceChange): boolean {
  return localName(left) === localName(right);
}

/** The address within its module instance. */
function localName({ address }: ResourceChange): string {
  const { module } = parseAddress(address);
  return module === "" ? address : address.slice(module.length + 1);
}

interface Bucket {
  /** More objects first, then the nearer scope, then the outermost container. */
  readonly order: readonly [size: number, scope: number, depth: number];
  readonly name: string;
  readonly froms: Container[];
  readonly tos: Container[];
}

/** Containers of one shape within one scope. */
function bucketsOf(froms: readonly Container[], tos: readonly Container[]): Bucket[] {
  const buckets = new Map<string, Bucket>();
  const add = (container: Container, side: "froms" | "tos"): void => {
    const { prefix, members, shape } = container;
    for (const [scope, name] of scopesOf(prefix).entries()) {
      const key = JSON.stringify([name, shape]);
      const order: Bucket["order"] = [-members.length, scope, -shape.length];
      const bucket = buckets.get(key) ?? { order, name: key, froms: [], tos: [] };
      bucket[side].push(container);
      buckets.set(key, bucket);
    }
  };
  for (const container of froms) add(container, "froms");
  for (const container of tos) add(container, "tos");
  return [...buckets.values()]
    .filter((bucket) => bucket.froms.length > 0 && bucket.tos.length > 0)
    .sort((left, right) => byOrder(left.order, right.order) || compareText(left.name, right.name));
}

function byOrder(left: Bucket["order"], right: Bucket["order"]): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

function uniqueBothWays(matches: readonly Match[]): Match[] {
  const count = (side: "from" | "to"): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    for (const match of matches) counts.set(match[side], (counts.get(match[side]) ?? 0) + 1);
    return counts;
  };
  const [from, to] = [count("from"), count("to")];
  return matches.filter((match) => from.get(match.from) === 1 && to.get(match.to) === 1);
}
