/**
 * Expressions of rules, in CEL: checked when the config is read, always finished, blind to everything but one change. The one
 * place that loads the library, and only for a config that has an expression.
 */

import { type ASTNode, Environment } from "@marcbachmann/cel-js";
import type { CustomRule } from "../../model/custom-rule.ts";

/** Nodes of an expression, and lists gone through within lists: enough to say what a rule means, too little to take long. */
const MOST_NODES = 500;
const DEEPEST_LOOPS = 2;
const LOOPS: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "filter", "map"]);

function environment(): Environment {
  return new Environment({ homogeneousAggregateLiterals: false, limits: { maxAstNodes: MOST_NODES, maxDepth: 50 } })
    .registerType("Change", {
      fields: {
        address: "string",
        type: "string",
        action: "string",
        ends: "bool",
        importing: "bool",
        holdsData: "bool",
        losses: "list<string>",
        radius: "int",
        before: "dyn",
        after: "dyn",
      },
    })
    .registerVariable("change", "Change")
    .registerVariable("environment", "string")
    .registerVariable("actor", "string");
}

/** What is wrong with an expression, in a sentence; `undefined` when it can be used. */
export function mistakeIn(text: string): string | undefined {
  const { valid, type, error } = environment().check(text);
  if (!valid) return `this is no expression that can be used: ${(error?.message ?? "").split("\n")[0]}`;
  if (type !== "bool" && type !== "dyn") return `an expression says true or false, and this one is a ${type}`;
  const { ast } = environment().parse(text);
  if (calls(ast, "matches"))
    return "matches() is not offered, since a regular expression can take for ever: use startsWith, endsWith, contains";
  if (loopsIn(ast) > DEEPEST_LOOPS) return `lists are gone through within lists at most ${DEEPEST_LOOPS} deep`;
  return undefined;
}

/** For an expression without a mistake. `undefined` where it cannot be evaluated: it asks for what is not there or not shown. */
export function compile(text: string): NonNullable<CustomRule["holds"]> {
  const evaluate = environment().parse(text);
  return (facts) => {
    try {
      const answer: unknown = evaluate({ ...facts });
      return typeof answer === "boolean" ? answer : undefined;
    } catch (error) {
      // The library's words may quote values. Anything but an error of evaluation is a mistake of ours.
      if (error instanceof Error && ["EvaluationError", "TypeError"].includes(error.name)) return undefined;
      throw error;
    }
  };
}

function childrenOf({ args }: ASTNode): ASTNode[] {
  return ([args] as unknown[])
    .flat(4)
    .filter((arg): arg is ASTNode => typeof arg === "object" && arg !== null && "op" in arg);
}

function calls(node: ASTNode, name: string): boolean {
  const own = (node.op === "call" || node.op === "rcall") && (node.args as readonly unknown[])[0] === name;
  return own || childrenOf(node).some((child) => calls(child, name));
}

function loopsIn(node: ASTNode): number {
  const isLoop = node.op === "rcall" && LOOPS.has(String((node.args as readonly unknown[])[0]));
  return Number(isLoop) + Math.max(0, ...childrenOf(node).map(loopsIn));
}
