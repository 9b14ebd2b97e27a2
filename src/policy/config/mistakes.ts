/** What the validator found, as sentences that help: the nearest known word, or what was expected. */

import type { ErrorObject } from "ajv";
import rulesets from "../../generated/rulesets.json" with { type: "json" };
import { printable } from "../../model/printable.ts";
import { nearestWord } from "./nearest-word.ts";

export interface Mistake {
  /** Keys from the root to the value. */
  readonly path: readonly string[];
  /** The key under `path` that is wrong, when it is the key and not a value. */
  readonly key?: string;
  readonly message: string;
}

type Schema = Readonly<Record<string, unknown>>;

/** Every mistake in a config, each place once. Empty when it is valid. */
export async function findMistakes(config: unknown): Promise<Mistake[]> {
  const { default: validate } = await import("../../generated/validate-config.js");
  if (validate(config)) return [];
  const { default: schema } = await import("../../generated/config-schema.json", { with: { type: "json" } });
  const errors = validate.errors ?? [];
  const mistakes = errors
    .filter((error) => !isOtherAlternative(error, schema))
    .filter((error, _, real) => isDeepest(error, real))
    .sort((left, right) => Number(right.keyword === "required") - Number(left.keyword === "required"))
    .map((error) => toMistake(error, schema, config));
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

function toMistake(error: ErrorObject, schema: Schema, config: unknown): Mistake {
  const path = pathOf(error);
  const key = unknownKey(error);
  if (key !== undefined) return { path, key, message: unknownKeyMessage(path, key, schema) };
  if (error.keyword === "required") {
    return { path, message: `${nameOf(path)} needs "${String(error.params["missingProperty"])}"` };
  }
  return { path, message: expectation(path, schema, config) };
}

function unknownKeyMessage(path: readonly string[], key: string, schema: Schema): string {
  const known = keysAt(schema, path);
  const near = nearestWord(key, known) ?? SYNONYMS.get(key);
  const meant = near !== undefined && known.includes(near) ? ` Did you mean "${near}"?` : "";
  return `unknown ${kindOf(path)} "${printable(key)}".${meant} Known: ${known.join(", ")}.`;
}

/** Words that other tools use for the same thing. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ["deletions", "ended"],
  ["deletes", "ended"],
  ["destroys", "ended"],
  ["maxDeletes", "ended"],
  ["blastRadius", "affected"],
  ["radius", "affected"],
  ["approvals", "signatures"],
  ["reviewers", "signatures"],
  ["include", "extends"],
  ["ruleset", "extends"],
  ["thresholds", "limits"],
]);

/** What the keys of an object are called. */
function kindOf(path: readonly string[]): string {
  const [first] = path;
  const inEnvironment = first === "environments" && path.length > 1;
  const inner = inEnvironment ? path.slice(2) : path;
  if (inner[0] === "limits") return inner.length === 1 ? "author" : "limit";
  if (inner[0] === "rules") return inner.length === 1 ? "rule" : "setting";
  if (inner[0] === "actors") return "author";
  return "key";
}

function nameOf(path: readonly string[]): string {
  return path.length === 0 ? "the config" : path.join(".");
}

/** What would have fitted, from the schema's own words: those are written for people. */
function expectation(path: readonly string[], schema: Schema, config: unknown): string {
  if (path.length === 0) return `a config is a mapping of keys to values, and this is ${typeName(config)}`;
  const words = wordsAt(schema, path);
  const value = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], config);
  const near = typeof value === "string" ? nearestWord(value, words) : undefined;
  const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
  return `${nameOf(path)} has a value that does not fit.${meant} Expected ${saidToFit(path, schema) ?? signOffValue(path) ?? fitting(path, words)}.`;
}

/** What the schema itself says of what fits: its `$comment`, where it has one. */
function saidToFit(path: readonly string[], schema: Schema): string | undefined {
  const comments = schemasAt(schema, path).map(({ $comment: comment }) => comment);
  return comments.find((comment) => typeof comment === "string");
}

function typeName(value: unknown): string {
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "empty" : `a ${typeof value}`;
}

const TYPE_VALUES: Readonly<Record<string, string>> = {
  holdsData: "true or false",
  routine: "true or false",
  reason: "a sentence of at least 10 signs",
};

const SIGN_OFF_VALUES: Readonly<Record<string, string>> = {
  allowedSigners: "a path in the repository, such as .firebreak/allowed_signers",
  team: "a list of logins, or of {login: NAME, id: NUMBER, names: [ADDRESS]}",
  longest: "a time such as 90m, 24h or 7d",
};

function signOffValue([first, second = ""]: readonly string[]): string | undefined {
  return first === "signOff" ? SIGN_OFF_VALUES[second] : undefined;
}

/** What fits a value, named by its last key. */
function fitting(path: readonly string[], words: readonly string[]): string {
  if (path[0] === "extends") return `a ruleset (${Object.keys(rulesets).join(", ")}), a file, or a list of these`;
  if (path[0] === "humanKeys") return "a list of whole fingerprints";
  switch (path.at(-1)) {
    case "dataLoss":
    case "ended":
    case "affected":
      return "a whole number from 0 on, or off";
    case "share":
      return "10%, 0.1 or off";
    case "score":
      return "a number from 0 on, or off";
    case "signatures":
      return path[0] === "rules" ? "a whole number from 1 to 20" : "a whole number from 1 to 20, or none";
    case "attestedHumans":
      return "true or false";
  }
  if (path[0] === "types") return TYPE_VALUES[path.at(-1) ?? ""] ?? "a type's name with {holdsData: true} and more";
  if (path.at(-1) === "exists") return "true or false";
  if (path.includes("pinned")) return path.at(-1) === "workspace" ? "a text" : "a text in quotes, or a list of these";
  if (path[0] === "weights") return "a number above 0, or {delete: N, replace: N}";
  if (path[0] === "rules" && path.at(-1) !== "level")
    return "error, warning, note or off, a level with signatures, or these by author";
  if (path.includes("tags")) return "a text, or a list of texts";
  if (words.length > 0) return `one of ${words.join(", ")}`;
  return path.at(-1) === "workspace" || path.at(-1) === "path" ? "a pattern" : "a mapping of keys to values";
}

/** Names that the object at a path may have. */
function keysAt(schema: Schema, path: readonly string[]): string[] {
  const names = schemasAt(schema, path).flatMap(({ properties }) =>
    Object.keys((properties as Schema | undefined) ?? {}),
  );
  return [...new Set(names)].filter((name) => !name.startsWith("$"));
}

/** Words that the value at a path may be. */
function wordsAt(schema: Schema, path: readonly string[]): string[] {
  return schemasAt(schema, path).flatMap(({ enum: words }) => (Array.isArray(words) ? words.map(String) : []));
}

/** Every schema that may hold for the value at a path, references and alternatives followed. */
function schemasAt(root: Schema, path: readonly string[]): Schema[] {
  let current = alternatives(root, root);
  for (const key of path) {
    current = current.flatMap(({ properties, additionalProperties, items }) => {
      const own = (properties as Schema | undefined)?.[key] ?? additionalProperties ?? items;
      return typeof own === "object" && own !== null ? alternatives(own as Schema, root) : [];
    });
  }
  return current;
}

function alternatives(schema: Schema, root: Schema): Schema[] {
  const { $ref: reference, anyOf } = schema;
  const referred = typeof reference === "string" ? [definition(root, reference)] : [];
  const inner = [...referred, ...(Array.isArray(anyOf) ? (anyOf as Schema[]) : [])];
  return [schema, ...inner.flatMap((one) => alternatives(one, root))];
}

/** The schema behind `#/definitions/NAME`. */
function definition(root: Schema, reference: string): Schema {
  const definitions = root["definitions"] as Readonly<Record<string, Schema>>;
  return definitions[reference.slice("#/definitions/".length)] ?? {};
}
