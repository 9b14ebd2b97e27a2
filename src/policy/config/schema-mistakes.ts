/** What a validator found in any file that people write, as sentences that help: the nearest known word, or what was expected. */

import type { ErrorObject } from "ajv";
import { printable } from "../../model/printable.ts";
import { nearestWord } from "./nearest-word.ts";
import { keysAt, type Schema, schemasAt, wordsAt } from "./schema-words.ts";

export interface Mistake {
  /** Keys from the root to the value. */
  readonly path: readonly string[];
  /** The key under `path` that is wrong, when it is the key and not a value. */
  readonly key?: string;
  readonly message: string;
}

/** What one kind of file is called, and the words for what its schema has no comment on. */
export interface Wording {
  /** `a config`: what the whole is. */
  readonly whole: string;
  /** What the keys of the object at a path are called. */
  readonly kindOf: (path: readonly string[]) => string;
  /** A word of other tools to the one that is meant here. */
  readonly synonyms: ReadonlyMap<string, string>;
  /** What fits a value where the schema itself does not say it. */
  readonly fitting: (path: readonly string[], words: readonly string[]) => string;
}

export interface Validator {
  (value: unknown): boolean;
  errors?: ErrorObject[] | null;
}

/** Every mistake that a validator found, each place once. */
export function mistakesBy(validate: Validator, schema: Schema, value: unknown, wording: Wording): Mistake[] {
  const errors = validate.errors ?? [];
  const mistakes = errors
    .filter((error) => !isOtherAlternative(error, schema))
    .filter((error, _, real) => isDeepest(error, real))
    .sort((left, right) => Number(right.keyword === "required") - Number(left.keyword === "required"))
    .map((error) => toMistake(error, schema, value, wording));
  const seen = new Set<string>();
  return mistakes.filter(({ path, key }) => {
    const place = JSON.stringify([path, key]);
    return !seen.has(place) && seen.add(place);
  });
}

/** A key that one alternative does not know and another one does is no mistake. */
function isOtherAlternative(error: ErrorObject, schema: Schema): boolean {
  const key = unknownKey(error);
  return key !== undefined && keysAt(schema, pathOf(error)).includes(key);
}

function pathOf(error: ErrorObject): string[] {
  const steps = error.instancePath.split("/").slice(1);
  return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Alternatives report at every level; the ones furthest in say what is really wrong. */
function isDeepest(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  const place = placeOf(error);
  return !errors.some((other) => placeOf(other).startsWith(`${place}/`));
}

function placeOf(error: ErrorObject): string {
  const key = unknownKey(error);
  return key === undefined ? error.instancePath : `${error.instancePath}/${key}`;
}

function unknownKey(error: ErrorObject): string | undefined {
  return error.keyword === "additionalProperties" ? String(error.params["additionalProperty"]) : undefined;
}

function toMistake(error: ErrorObject, schema: Schema, whole: unknown, wording: Wording): Mistake {
  const path = pathOf(error);
  const key = unknownKey(error);
  if (key !== undefined) return { path, key, message: unknownKeyMessage(path, key, schema, wording) };
  if (error.keyword === "required") {
    return { path, message: `${nameOf(path, wording)} needs "${String(error.params["missingProperty"])}"` };
  }
  return { path, message: expectation(path, schema, whole, wording) };
}

function unknownKeyMessage(
  path: readonly string[],
  key: string,
  schema: Schema,
  { synonyms, kindOf }: Wording,
): string {
  const known = keysAt(schema, path);
  if (key === "<<") return "merge keys (<<) are not read: repeat what is meant, or use an alias as a whole value";
  const synonym = synonyms.get(key) ?? "";
  const near = known.includes(synonym) ? synonym : nearestWord(key, known);
  const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
  return `unknown ${kindOf(path)} "${printable(key)}".${meant} Known: ${known.join(", ")}.`;
}

function nameOf(path: readonly string[], { whole }: Wording): string {
  return path.length === 0 ? whole.replace(/^an? /, "the ") : path.join(".");
}

/** What would have fitted, from the schema's own words: those are written for people. */
function expectation(path: readonly string[], schema: Schema, root: unknown, wording: Wording): string {
  if (path.length === 0) return `${wording.whole} is a mapping of keys to values, and this is ${typeName(root)}`;
  const words = wordsAt(schema, path);
  const value = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], root);
  const near = typeof value === "string" ? nearestWord(value, words) : undefined;
  const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
  return `${nameOf(path, wording)} has a value that does not fit.${meant} Expected ${saidToFit(path, schema) ?? wording.fitting(path, words)}.`;
}

/** What the schema itself says of what fits: its `$comment`, where it has one. */
function saidToFit(path: readonly string[], schema: Schema): string | undefined {
  const comments = schemasAt(schema, path).map(({ $comment: comment }) => comment);
  return comments.find((comment) => typeof comment === "string");
}

function typeName(value: unknown): string {
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "empty" : `a ${typeof value}`;
}
