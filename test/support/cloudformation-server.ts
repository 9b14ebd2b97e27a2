/**
 * A small CloudFormation: answers the AWS Query protocol with recorded JSON, page by page, and can refuse as AWS does. The
 * real SDK talks to it.
 */

import { readdirSync, readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join, sep } from "node:path";
import { onTestFinished } from "vitest";
import type { Json } from "./plan.ts";

/** What the server knows. Keys of `answers` are the operation and what it is asked about: `GetTemplate shop`. */
export interface CloudFormation {
  readonly answers: Readonly<Record<string, Json>>;
  /** Elements of a list in one page. */
  readonly pageSize?: number;
  /** Errors instead of answers, by operation or by the key of an answer. */
  readonly errors?: Readonly<Record<string, ServerError>>;
  /** Told of every request before it is answered. */
  readonly onRequest?: (request: URLSearchParams, count: number) => void;
}

export interface ServerError {
  readonly code: string;
  readonly message?: string;
  readonly status?: number;
  /** How many times; without it always. */
  readonly times?: number;
  /** Say nothing at all. */
  readonly hang?: boolean;
}

export interface RunningServer {
  readonly url: string;
  /** Operations in the order in which they were asked for. */
  readonly operations: readonly string[];
  readonly requests: readonly URLSearchParams[];
}

export async function serve(cloud: CloudFormation): Promise<RunningServer> {
  const requests: URLSearchParams[] = [];
  const operations: string[] = [];
  const failures = new Map<string, number>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const asked = new URLSearchParams(Buffer.concat(chunks).toString());
      requests.push(asked);
      operations.push(asked.get("Action") ?? "");
      cloud.onRequest?.(asked, requests.length);
      answer(cloud, asked, failures, response);
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, operations, requests };
}

function answer(
  cloud: CloudFormation,
  request: URLSearchParams,
  failures: Map<string, number>,
  response: ServerResponse,
): void {
  const operation = request.get("Action") ?? "";
  const isTemplate = operation === "GetTemplate" && request.has("ChangeSetName");
  const plain = isTemplate ? stackOfChangeSet(cloud.answers, request.get("ChangeSetName")) : keysOf(operation, request);
  // The text that was submitted where the server has one, else the processed one, which is the same where there are no macros.
  const submitted = plain.map((key) => key.replace("GetTemplate ", "GetTemplate+original "));
  const keys = request.get("TemplateStage") === "Original" ? [...submitted, ...plain] : plain;
  for (const name of [...keys, operation]) {
    const error = cloud.errors?.[name];
    const failed = failures.get(name) ?? 0;
    if (error === undefined || failed >= (error.times ?? Number.POSITIVE_INFINITY)) continue;
    failures.set(name, failed + 1);
    if (!error.hang) sendError(response, error);
    return;
  }
  const found = keys.map((key) => cloud.answers[key]).find((known) => known !== undefined);
  if (found === undefined) {
    sendError(response, notFound(operation, keys[0] ?? ""));
    return;
  }
  const page = pageOf(found, Number(request.get("NextToken") ?? 0), cloud.pageSize);
  const body = `<${operation}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${operation}Result>${members(page)}</${operation}Result></${operation}Response>`;
  response.writeHead(200, { "content-type": "text/xml" }).end(body);
}

/** What an operation is about, as keys: by id and by name, with property values first where they are asked for. */
function keysOf(operation: string, request: URLSearchParams): string[] {
  const names = ["ChangeSetName", "StackName", "ExportName", "StackSetName"].flatMap(
    (parameter) => request.get(parameter) ?? [],
  );
  const plain = names.slice(0, 1).flatMap((name) => [name, ...(name.match(/(?<=:(?:stack|changeSet)\/)[^/]+/) ?? [])]);
  const rich =
    request.get("IncludePropertyValues") === "true" ? plain.map((name) => `${operation}+values ${name}`) : [];
  return [...rich, ...plain.map((name) => `${operation} ${name}`)];
}

/** The template of a change set belongs to the stack that its description names. */
function stackOfChangeSet(answers: CloudFormation["answers"], changeSet: string | null): string[] {
  const described = answers[`DescribeChangeSet ${changeSet}`];
  return described === undefined ? [] : [`GetTemplate ${described["StackName"]} change set`];
}

/** As AWS words it. */
function notFound(operation: string, about: string): ServerError {
  const name = about.slice(operation.length + 1);
  if (operation === "DescribeChangeSet") {
    return { code: "ChangeSetNotFound", message: `ChangeSet [${name}] does not exist`, status: 404 };
  }
  if (operation === "ListImports")
    return { code: "ValidationError", message: `Export '${name}' is not imported by any stack.` };
  if (operation === "GetStackPolicy") return { code: "ValidationError", message: `Stack: ${name} does not exist` };
  return { code: "ValidationError", message: `Stack with id ${name} does not exist` };
}

function sendError(response: ServerResponse, { code, message = "", status = 400 }: ServerError): void {
  const body = `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>00000000-0000-4000-8000-000000000000</RequestId></ErrorResponse>`;
  response.writeHead(status, { "content-type": "text/xml" }).end(body);
}

const PAGED = ["Changes", "Hooks", "StackResourceSummaries", "Imports", "Summaries"];

function pageOf(whole: Json, from: number, size = Number.POSITIVE_INFINITY): Json {
  const name = PAGED.find((list) => Array.isArray(whole[list]));
  const list = name === undefined ? [] : (whole[name] as Json[]);
  if (name === undefined || from + size >= list.length)
    return name === undefined ? whole : { ...whole, [name]: list.slice(from) };
  return { ...whole, [name]: list.slice(from, from + size), NextToken: String(from + size) };
}

/** Fields of which the API makes a JSON text, and some recordings an object. */
const TEXTS = new Set([
  "BeforeContext",
  "AfterContext",
  "PreviousDeploymentContext",
  "TemplateBody",
  "StackPolicyBody",
]);

function members(value: Json): string {
  return Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== undefined)
    .map(([name, inner]) => `<${name}>${TEXTS.has(name) ? asText(inner) : content(inner)}</${name}>`)
    .join("");
}

function content(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => `<member>${content(one)}</member>`).join("");
  return typeof value === "object" && value !== null ? members(value as Json) : escaped(String(value));
}

function asText(value: unknown): string {
  return escaped(typeof value === "string" ? value : JSON.stringify(value));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** A folder as the AWS CLI would have saved it, `STACK/COMMAND[.ABOUT].json`, as what the server knows. */
export function answersIn(folder: string): Record<string, Json> {
  const answers: Record<string, Json> = {};
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (!file.endsWith(".json")) continue;
    const content: Json = JSON.parse(readFileSync(join(folder, file), "utf8"));
    for (const key of savedKeys(file.replaceAll(sep, "/"), content)) answers[key] = content;
  }
  return answers;
}

function savedKeys(file: string, content: Json): string[] {
  const [name = "", stack = ""] = file.split("/").reverse();
  const [command = "", about] = name.replace(/\.json$/, "").split(/\.(.*)/s);
  const operation = command.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());
  if (operation === "DescribeChangeSet") {
    const suffix = about?.endsWith("values") ? "+values" : "";
    return [`${operation}${suffix} ${content["ChangeSetId"]}`, `${operation}${suffix} ${content["ChangeSetName"]}`];
  }
  // The template of a change set is asked for by the id of the change set, and there is one for each stack here.
  if (operation === "GetTemplate" && about === "change-set") return [`${operation} ${stack} change set`];
  return [`${operation} ${about ?? stack}`];
}
