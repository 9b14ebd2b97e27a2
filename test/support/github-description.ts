/** GitHub's official OpenAPI description, as something that requests and answers are held to. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

type Json = { readonly [key: string]: Json } & readonly Json[] & string;

const file = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");
const description = withNull(JSON.parse(readFileSync(file, "utf8"))) as Json;
const ajv = new Ajv({ strict: false, logger: false, allErrors: false, coerceTypes: false });
addFormats.default(ajv);
ajv.addSchema(description, "github");

export interface Operation {
  readonly path: string;
  readonly method: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const METHODS = ["get", "post", "put", "patch", "delete"];
/** Literal steps before parameters: `/issues/comments/1` is no issue called `comments`. */
const OPERATIONS = Object.entries(description["paths"] ?? {})
  .flatMap(([path, item]) => METHODS.filter((method) => method in item).map((method) => ({ path, method })))
  .sort((left, right) =>
    left.path.replaceAll(/\{\w+\}/g, "~").localeCompare(right.path.replaceAll(/\{\w+\}/g, "~"), "en"),
  )
  .map((operation) => ({
    ...operation,
    pattern: new RegExp(`^${operation.path.replaceAll(".", "\\.").replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`),
  }));

export function operationOf(method: string, path: string): Operation | undefined {
  for (const operation of OPERATIONS) {
    const match = operation.method === method.toLowerCase() ? operation.pattern.exec(path) : null;
    if (match) return { path: operation.path, method: operation.method, parameters: { ...match.groups } };
  }
  return undefined;
}

/** What of a request is not as the description says. */
export function violationsOfRequest(
  { path, method, parameters }: Operation,
  query: URLSearchParams,
  body: unknown,
): string[] {
  const at = ["paths", path, method];
  const listed = [...list(at, "parameters"), ...list(["paths", path], "parameters")].map(resolved);
  const given = [
    ...Object.entries(parameters).map(([name, value]) => ["path", name, decodeURIComponent(value)] as const),
    ...[...query].map(([name, value]) => ["query", name, value] as const),
  ];
  const wrong = given.flatMap(([place, name, text]) => {
    const parameter = listed.find(({ value }) => value["name"] === name && value["in"] === place);
    if (parameter === undefined) return [`no such parameter in the ${place}: ${name}`];
    const { type } = resolved([...parameter.at, "schema"]).value;
    const value = type === "integer" && /^\d+$/.test(text) ? Number(text) : text;
    return broken(value, [...parameter.at, "schema"], name);
  });
  const schemaAt = [...at, "requestBody", "content", "application/json", "schema"];
  const schema = lookUp(schemaAt);
  if (schema === undefined) return body === undefined ? wrong : [...wrong, "a body where there is none"];
  const known = Object.keys(schema["properties"] ?? {});
  const unknown = Object.keys(body ?? {}).filter((key) => known.length > 0 && !known.includes(key));
  return [...wrong, ...unknown.map((key) => `no such property of the body: ${key}`), ...broken(body, schemaAt, "body")];
}

/** What of an answer is not as the description says; errors of a server that is out of order are described nowhere. */
export function violationsOfAnswer({ path, method }: Operation, status: number, body: unknown): string[] {
  if (status >= 500) return [];
  const at = ["paths", path, method, "responses", String(status)];
  if (lookUp(at) === undefined) {
    if (status < 400) return [`no answer with status ${status}`];
    return broken(body, ["components", "schemas", "basic-error"], "answer");
  }
  const content = [...resolved(at).at, "content", "application/json", "schema"];
  if (lookUp(content) === undefined) return body === undefined ? [] : ["a body where there is none"];
  return broken(body, content, "answer");
}

/** An example of the description, to be changed where a test needs it. */
export function example(name: string): Record<string, unknown> & Record<string, never>[] {
  return structuredClone(lookUp(["components", "examples", name, "value"])) as never;
}

function broken(value: unknown, at: readonly string[], name: string): string[] {
  const validate = validatorAt(resolved(at).at);
  if (validate(value)) return [];
  const [error] = validate.errors ?? [];
  return [`${name}${error?.instancePath} ${error?.message}`];
}

function validatorAt(at: readonly string[]): ValidateFunction {
  const pointer = at.map((step) => encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
  const validate = ajv.getSchema(`github#/${pointer}`);
  if (validate === undefined) throw new Error(`the description has no schema at ${at.join(" > ")}`);
  return validate;
}

function lookUp(at: readonly string[]): Json | undefined {
  return at.reduce<Json | undefined>((value, step) => value?.[step], description);
}

function list(at: readonly string[], name: string): string[][] {
  return Object.keys(lookUp([...at, name]) ?? {}).map((place) => [...at, name, place]);
}

function resolved(at: readonly string[]): { readonly at: readonly string[]; readonly value: Json } {
  const value = lookUp(at);
  const reference = value?.["$ref"];
  if (reference === undefined) return { at, value: value as Json };
  return resolved(String(reference).slice(2).split("/"));
}

/** OpenAPI 3.0 says `nullable` beside `anyOf` and references, where JSON Schema has another word for it. */
function withNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNull);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, key === "example" ? inner : withNull(inner)]);
  const { nullable, ...schema } = Object.fromEntries(entries);
  if (nullable === undefined) return schema;
  if (typeof nullable !== "boolean" || ("type" in schema && !("enum" in schema))) return { ...schema, nullable };
  return nullable ? { anyOf: [schema, { type: "null" }] } : schema;
}
