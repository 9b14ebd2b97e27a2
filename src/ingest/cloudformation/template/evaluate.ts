/** Conditions and texts of a template, worked out as far as parameters are known. Three-valued: what is not known stays so. */

import { isObject, ownValue } from "../../../model/values.ts";
import type { Template } from "./template.ts";

export interface Evaluator {
  /** Whether a condition holds; `undefined` when that cannot be told. */
  readonly holds: (condition: string) => boolean | undefined;
  /** The text that a value comes to. */
  readonly text: (value: unknown) => string | undefined;
}

/** `parameters`: values of the stack's parameters and pseudo parameters; what is missing takes the template's default. */
export function evaluatorFor(template: Template, parameters: ReadonlyMap<string, string>): Evaluator {
  const open = new Set<string>();

  const holds = (name: string): boolean | undefined => {
    const expression = template.conditions.get(name);
    // A condition that needs itself is broken, and holds for nobody.
    if (expression === undefined || open.has(name)) return undefined;
    open.add(name);
    const result = truth(expression);
    open.delete(name);
    return result;
  };

  const truth = (expression: unknown): boolean | undefined => {
    const [name, inner] = functionIn(expression) ?? [];
    const parts = Array.isArray(inner) ? inner : [inner];
    switch (name) {
      case "Condition":
        return holds(String(inner));
      case "Fn::Not": {
        const one = truth(parts[0]);
        return one === undefined ? undefined : !one;
      }
      case "Fn::And":
        return decided(parts.map(truth), false);
      case "Fn::Or":
        return decided(parts.map(truth), true);
      case "Fn::Equals": {
        const [left, right] = parts.map(text);
        return left === undefined || right === undefined ? undefined : left === right;
      }
      default:
        return undefined;
    }
  };

  const text = (value: unknown): string | undefined => {
    if (typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    const [name, inner] = functionIn(value) ?? [];
    switch (name) {
      case "Ref":
        return parameters.get(String(inner)) ?? template.parameters.get(String(inner));
      case "Fn::Sub":
        return substituted(inner);
      case "Fn::Join":
        return joined(inner);
      case "Fn::FindInMap":
        return mapped(inner);
      case "Fn::If":
        return chosen(inner);
      default:
        return undefined;
    }
  };

  const substituted = (inner: unknown): string | undefined => {
    const [format, variables] = Array.isArray(inner) ? inner : [inner, {}];
    if (typeof format !== "string") return undefined;
    let known = true;
    const result = format.replace(/\$\{(!?)([^}]*)\}/g, (whole, literal: string, name: string) => {
      if (literal !== "") return `\${${name}}`;
      const own = ownValue(variables, name.trim());
      const value = own === undefined ? text({ Ref: name.trim() }) : text(own);
      if (value === undefined) known = false;
      return value ?? whole;
    });
    return known ? result : undefined;
  };

  const joined = (inner: unknown): string | undefined => {
    const [separator, parts] = Array.isArray(inner) ? inner : [];
    if (typeof separator !== "string" || !Array.isArray(parts)) return undefined;
    const texts = parts.map(text);
    return texts.includes(undefined) ? undefined : texts.join(separator);
  };

  const mapped = (inner: unknown): string | undefined => {
    const names = Array.isArray(inner) ? inner.map(text) : [];
    if (names.length < 3 || names.includes(undefined)) return undefined;
    const [map = "", first = "", second = ""] = names;
    const value = ownValue(ownValue(ownValue(template.mappings, map), first), second);
    return typeof value === "object" ? undefined : text(value);
  };

  const chosen = (inner: unknown): string | undefined => {
    const [condition, then, otherwise] = Array.isArray(inner) ? inner : [];
    const held = typeof condition === "string" ? holds(condition) : undefined;
    return held === undefined ? undefined : text(held ? then : otherwise);
  };

  return { holds, text };
}

/** The function that an object with one key is, and its argument. */
export function functionIn(value: unknown): readonly [name: string, argument: unknown] | undefined {
  if (!isObject(value)) return undefined;
  const [first, ...rest] = Object.entries(value);
  if (first === undefined || rest.length > 0) return undefined;
  return first[0] === "Ref" || first[0] === "Condition" || first[0].startsWith("Fn::") ? first : undefined;
}

/** `decisive` in one part decides, whatever is not known of the others. */
function decided(parts: readonly (boolean | undefined)[], decisive: boolean): boolean | undefined {
  if (parts.includes(decisive)) return decisive;
  return parts.includes(undefined) ? undefined : !decisive;
}
