/** What a value of a template refers to. `DependsOn` is not among it: it orders, and no value flows. */

import { isObject } from "../../../model/values.ts";
import { type Evaluator, functionIn } from "./evaluate.ts";

/** A name in a template: of a resource or a parameter, or an export of another stack. */
export interface Use {
  /** `undefined` for an import. */
  readonly name: string | undefined;
  /** Of `Fn::GetAtt`; absent for `Ref`. */
  readonly attribute: string | undefined;
  /** The value that is imported, a text or a function. */
  readonly imported: unknown;
  /** `false` in a branch of which nobody can say whether it is taken. */
  readonly certain: boolean;
}

/** Each use in the order in which it stands. Branches that are not taken are left out. */
export function usesIn(value: unknown, evaluator: Evaluator): Use[] {
  const uses: Use[] = [];
  const add = (name: string | undefined, attribute: string | undefined, certain: boolean, imported?: unknown): void => {
    uses.push({ name, attribute, imported, certain });
  };

  const visit = (inner: unknown, certain: boolean): void => {
    if (Array.isArray(inner)) for (const one of inner) visit(one, certain);
    const called = functionIn(inner);
    if (called) call(called[0], called[1], certain);
    else if (isObject(inner)) for (const one of Object.values(inner)) visit(one, certain);
  };

  const call = (name: string, argument: unknown, certain: boolean): void => {
    switch (name) {
      case "Ref":
        if (typeof argument === "string") add(argument, undefined, certain);
        return;
      case "Fn::GetAtt":
        getAtt(argument, certain);
        return;
      case "Fn::Sub":
        substitute(argument, certain);
        return;
      case "Fn::If":
        branch(argument, certain);
        return;
      case "Fn::ImportValue":
        add(undefined, undefined, certain, argument);
        visit(argument, certain);
        return;
      default:
        visit(argument, certain);
    }
  };

  const getAtt = (argument: unknown, certain: boolean): void => {
    const parts = typeof argument === "string" ? splitOnce(argument) : Array.isArray(argument) ? argument : [];
    const [name, ...attribute] = parts;
    if (typeof name !== "string") return;
    // The attribute may be a parameter's value, which the template does not say.
    add(name, attribute.every((part) => typeof part === "string") ? attribute.join(".") : "", certain);
  };

  const substitute = (argument: unknown, certain: boolean): void => {
    const [format, variables] = Array.isArray(argument) ? argument : [argument, undefined];
    visit(variables, certain);
    if (typeof format !== "string") return;
    for (const [, literal, inner = ""] of format.matchAll(/\$\{(!?)([^}]*)\}/g)) {
      const name = inner.trim();
      if (literal !== "" || name.startsWith("AWS::") || (isObject(variables) && Object.hasOwn(variables, name)))
        continue;
      const [id = "", attribute] = splitOnce(name);
      add(id, attribute, certain);
    }
  };

  const branch = (argument: unknown, certain: boolean): void => {
    const [condition, then, otherwise] = Array.isArray(argument) ? argument : [];
    const held = typeof condition === "string" ? evaluator.holds(condition) : undefined;
    if (held !== false) visit(then, certain && held === true);
    if (held !== true) visit(otherwise, certain && held === false);
  };

  visit(value, true);
  return uses;
}

/** `A.B.C` to `A` and `B.C`. */
function splitOnce(text: string): string[] {
  const dot = text.indexOf(".");
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
