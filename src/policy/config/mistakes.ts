/** What the validator found, as sentences that help: the nearest known word, or what was expected. */

import type { ErrorObject } from "ajv";
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
  const mistakes = errors.filter((error) => isDeepest(error, errors)).map((error) => toMistake(error, schema, config));
  const seen = new Set<string>();
  return mistakes.filter(({ path, key }) => {
    const place = JSON.stringify([path, key]);
    return !seen.has(place) && seen.add(place);
  });
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
  const path = error.instancePath
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const key = unknownKey(error);
  if (key !== undefined) return { path, key, message: unknownKeyMessage(path, key, error, schema) };
  if (error.keyword === "required") {
    return { path, message: `${nameOf(path)} needs "${String(error.params["missingProperty"])}"` };
  }
  return { path, message: expectation(path, schema, error, config) };
}

function unknownKeyMessage(path: readonly string[], key: string, error: ErrorObject, schema: Schema): string {
  const parent = at(schema, error.schemaPath.split("/").slice(1, -1));
  const known = Object.keys((parent?.["properties"] as Schema | undefined) ?? {}).filter(
    (name) => !name.startsWith("$"),
  );
  const near = nearestWord(key, known) ?? SYNONYMS.get(key);
  const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
  return `unknown ${kindOf(path)} "${key}".${meant} Known: ${known.join(", ")}.`;
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

/** The description of the nearest schema around the error, since that is written for people. */
function expectation(path: readonly string[], schema: Schema, error: ErrorObject, config: unknown): string {
  if (path.length === 0) return `a config is a mapping of keys to values, and this is ${typeName(config)}`;
  const described = describedAt(schema, error.schemaPath);
  const allowed = error.keyword === "enum" ? error.params["allowedValues"] : undefined;
  const words = Array.isArray(allowed) ? allowed.map(String) : [];
  const near = typeof error.data === "string" ? nearestWord(error.data, words) : undefined;
  const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
  const expected =
    described ?? (words.length > 0 ? `One of: ${words.join(", ")}.` : `It ${error.message ?? "is not valid"}.`);
  return `${nameOf(path)} has a value that does not fit.${meant} ${expected}${fitting(path)}`;
}

function typeName(value: unknown): string {
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "empty" : `a ${typeof value}`;
}

/** What fits where descriptions alone would leave somebody guessing. */
function fitting(path: readonly string[]): string {
  switch (path.at(-1)) {
    case "dataLoss":
    case "ended":
    case "affected":
      return " Expected a whole number from 0 on, or off.";
    case "share":
      return " Expected 10%, 0.1 or off.";
    case "score":
      return " Expected a number from 0 on, or off.";
    case "signatures":
      return " Expected a whole number from 1 to 20, or none.";
    case "level":
      return " Expected error, warning, note or off.";
    default:
      return path[0] === "rules" ? " Expected error, warning, note or off, or these by author." : "";
  }
}

function describedAt(schema: Schema, schemaPath: string): string | undefined {
  const steps = schemaPath.split("/").slice(1);
  for (let end = steps.length; end > 0; end--) {
    const description = at(schema, steps.slice(0, end))?.["description"];
    if (typeof description === "string") return description;
  }
  return undefined;
}

function at(schema: Schema, steps: readonly string[]): Schema | undefined {
  let current: unknown = schema;
  for (const step of steps) {
    if (typeof current !== "object" || current === null) return undefined;
    current = (current as Schema)[decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return typeof current === "object" && current !== null ? (current as Schema) : undefined;
}
