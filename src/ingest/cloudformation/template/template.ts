/** A template, reduced to what firebreak asks of one: resources, what they refer to, conditions, outputs. */

import { isObject } from "../../../model/values.ts";
import type { TemplateText } from "./read.ts";

export interface Template {
  readonly path: string;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  /** Name to default value, as text. */
  readonly parameters: ReadonlyMap<string, string | undefined>;
  readonly conditions: ReadonlyMap<string, unknown>;
  readonly mappings: unknown;
  readonly outputs: ReadonlyMap<string, TemplateOutput>;
  /** It must be run through its transforms first: what it will come to is not in it. */
  readonly isRaw: boolean;
}

export interface TemplateResource {
  readonly type: string;
  readonly condition: string | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Everything of the resource, its policies and metadata included. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly line: number | undefined;
}

export interface TemplateOutput {
  readonly value: unknown;
  readonly condition: string | undefined;
  /** The name under which other stacks import it; a text or a function. */
  readonly exportName: unknown;
}

export function toTemplate({ path, value, lines }: TemplateText): Template {
  const resources = new Map<string, TemplateResource>();
  for (const [id, body] of entries(value["Resources"])) {
    if (!isObject(body) || typeof body["Type"] !== "string") continue;
    resources.set(id, {
      type: body["Type"],
      condition: textOf(body["Condition"]),
      properties: isObject(body["Properties"]) ? body["Properties"] : {},
      body,
      line: lines.get(id),
    });
  }
  return {
    path,
    resources,
    parameters: new Map(entries(value["Parameters"]).map(([name, one]) => [name, defaultOf(one)])),
    conditions: new Map(entries(value["Conditions"])),
    mappings: value["Mappings"],
    outputs: new Map(entries(value["Outputs"]).map(([name, one]) => [name, toOutput(one)])),
    isRaw: isRaw(value),
  };
}

function entries(section: unknown): [string, unknown][] {
  return isObject(section) ? Object.entries(section) : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function defaultOf(parameter: unknown): string | undefined {
  const given = isObject(parameter) ? parameter["Default"] : undefined;
  // The default of an SSM parameter type is the name of a parameter, not its value.
  const type = isObject(parameter) ? String(parameter["Type"]) : "";
  return given === undefined || given === null || type.startsWith("AWS::SSM::") ? undefined : String(given);
}

function toOutput(output: unknown): TemplateOutput {
  const { Value, Condition, Export } = isObject(output) ? output : {};
  return { value: Value, condition: textOf(Condition), exportName: isObject(Export) ? Export["Name"] : undefined };
}

/** Transforms that add and rename nothing as long as no loop is in the template. */
const HARMLESS_TRANSFORM = "AWS::LanguageExtensions";

function isRaw(value: Readonly<Record<string, unknown>>): boolean {
  const transforms = [value["Transform"] ?? []].flat();
  if (transforms.some((name) => name !== HARMLESS_TRANSFORM)) return true;
  return entries(value["Resources"]).some(([id, body]) => {
    if (id.startsWith("Fn::")) return true;
    const type = isObject(body) ? String(body["Type"]) : "";
    return type.startsWith("AWS::Serverless::") || type.endsWith("::MODULE") || holdsTransform(body);
  });
}

function holdsTransform(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsTransform);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, inner]) => key === "Fn::Transform" || holdsTransform(inner));
}
