/** Which layer each value in force comes from: a later layer takes the place of an earlier one, value by value. */

import type { PolicySource, PolicyValue } from "../model/policy.ts";
import type { RawConfig } from "./config/raw.ts";

/** One config or ruleset with its name. */
export interface Layer {
  readonly name: string;
  readonly config: RawConfig;
  /** `name:line:column` of the value under some keys; absent for what ships with firebreak. */
  readonly placeOf?: (path: readonly string[]) => string;
}

/** Lists and patterns to which every layer adds. */
const ADDITIVE = /^(waivers|freezes|protected\..*)$/;

/** Values by path; of what every layer adds to, one for each layer. */
export function valuesInForce(layers: readonly Layer[]): PolicyValue[] {
  let known: PolicyValue[] = [];
  for (const { name, config, placeOf } of layers) {
    const { extends: _, ...rest } = config;
    const own = leaves(rest, [])
      .filter(({ keys }) => !keys[0]?.startsWith("$"))
      .map(({ keys, value }) => ({ path: keys.join("."), value, source: name, place: placeOf?.(keys) ?? name }));
    known = [...known.filter((value) => !own.some(({ path }) => takesThePlaceOf(path, value.path))), ...own];
  }
  return known.sort((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
}

/** Layers in their order, with the paths that each one set and still holds. */
export function sourcesOf(layers: readonly Layer[], values: readonly PolicyValue[]): PolicySource[] {
  const names = [...new Set(layers.map(({ name }) => name))];
  return names.map((name) => ({
    name,
    sets: values.filter(({ source }) => source === name).map(({ path }) => path),
  }));
}

/** A value replaces what stood at, above or below it: a rule for everybody those by author, one match another. */
function takesThePlaceOf(path: string, known: string): boolean {
  if (ADDITIVE.test(path)) return false;
  const match = /^(environments\..*?\.match)\./.exec(path)?.[1];
  return (
    known === path ||
    known.startsWith(`${path}.`) ||
    path.startsWith(`${known}.`) ||
    (match !== undefined && known.startsWith(`${match}.`))
  );
}

interface Leaf {
  readonly keys: readonly string[];
  readonly value: unknown;
}

function leaves(value: unknown, keys: readonly string[]): Leaf[] {
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isMap || "level" in value) return [{ keys, value }];
  return Object.entries(value).flatMap(([key, next]) => leaves(next, [...keys, key]));
}
