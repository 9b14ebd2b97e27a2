/** Conftest's conventions: which parts of a compiled policy are rules, and what a rule's value says. */

import { REGO_RULES, type RegoMessage, type RegoRule } from "../../model/rego.ts";

/** A rule's name, with whatever stands behind it: `deny`, `deny_public_buckets`, `warn_2`. */
const RULE = /^(deny|violation|warn)(_[a-zA-Z0-9]+)*$/;

/** An entrypoint that is asked: one rule, or a package with all of its rules. */
export interface Question {
  readonly entrypoint: string;
  /** Absent for a package. */
  readonly rule?: RegoRule;
}

/** What is asked of a module, or in words why there is nothing to ask. */
export function questionsFor(entrypoints: readonly string[], packages: readonly string[]): Question[] | string {
  const questions: Question[] = [];
  for (const name of packages) {
    const own = entrypoints.flatMap((entrypoint): Question[] => {
      const rule = ruleOf(entrypoint.split("/").at(-1) ?? "");
      const owner = rule === undefined ? entrypoint : entrypoint.slice(0, entrypoint.lastIndexOf("/"));
      if (name !== "*" && owner.replaceAll("/", ".") !== name) return [];
      return [rule === undefined ? { entrypoint } : { entrypoint, rule }];
    });
    if (own.length === 0) {
      const all = entrypoints.length === 0 ? "none" : entrypoints.join(", ");
      return `it has no entrypoint for ${name === "*" ? "any package" : `the package ${name}`}; its entrypoints: ${all}`;
    }
    questions.push(...own);
  }
  return questions;
}

/** The kind of rule that a name stands for; `undefined` when it is another one. */
function ruleOf(name: string): RegoRule | undefined {
  const word = RULE.exec(name)?.[1];
  return REGO_RULES.find((rule) => rule === word);
}

/** What an answer says; `undefined` as an answer says nothing. @throws TypeError with a sentence when it is no answer */
export function messagesIn({ entrypoint, rule }: Question, answer: unknown): RegoMessage[] {
  if (rule !== undefined) return messagesOf(rule, entrypoint, answer);
  if (typeof answer !== "object" || answer === null || Array.isArray(answer))
    throw new TypeError(`${entrypoint} is neither a rule called deny, violation or warn, nor a package with one`);
  const rules = Object.entries(answer).flatMap(([name, value]) => {
    const own = ruleOf(name);
    return own === undefined ? [] : [{ own, name, value }];
  });
  if (rules.length === 0) throw new TypeError(`the package ${entrypoint} has no rule called deny, violation or warn`);
  return rules.flatMap(({ own, name, value }) => messagesOf(own, `${entrypoint}/${name}`, value));
}

function messagesOf(rule: RegoRule, place: string, value: unknown): RegoMessage[] {
  // A rule that is not defined, or false, has nothing against the plan.
  if (value === undefined || value === false) return [];
  if (!Array.isArray(value))
    throw new TypeError(
      `${place} gives ${value === true ? "true" : "something else"}, and is to give a set of messages`,
    );
  return value.map((one: unknown) => {
    if (typeof one === "string") return { rule, message: one };
    const { msg, address, resource } = (one ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof msg !== "string")
      throw new TypeError(`${place} gives something that is neither a text nor an object with the text "msg"`);
    const about = [address, resource].find((text) => typeof text === "string");
    return { rule, message: msg, ...(about !== undefined && { address: about }) };
  });
}
