/**
 * The references in an expression, written as Terraform writes them into a plan (`internal/command/jsonconfig`), without the
 * prefixes: `terraform_data.k[0].id`; for `res[each.key].id`, `res` and then `each.key`; for a splat or a `for`, `res`.
 */

import { formatKey } from "../../model/address.ts";
import type { References } from "../../model/configuration.ts";
import { type Expression, isSign } from "./body.ts";
import type { Token } from "./tokens.ts";

/** Each expression's references in order. */
export function referencesOf(...expressions: readonly (Expression | undefined)[]): References {
  const parts = expressions.flatMap((expression) => expression?.parts ?? []);
  return together(parts.map((part) => new Collector(part).collect()));
}

/** References of several expressions as one list: `""` parts two of them, as in a plan. */
export function together(lists: readonly References[]): References {
  const found: string[] = [];
  for (const list of lists) {
    if (list.length > 0 && found.length > 0) found.push("");
    for (const reference of list) found.push(reference);
  }
  return found;
}

/** Loops within loops: nobody writes more, and what is not told apart then only counts as one reference more. */
const DEEPEST_LOOP = 64;

const KEYWORDS: ReadonlySet<string> = new Set(["true", "false", "null", "for", "in", "if", "else", "endif", "endfor"]);

/** What one bracket or template opens: names that a `for` in it binds, once its collection is over. */
interface Frame {
  /** `{` as a value, in which a name before `=` or `:` is a key. */
  readonly isObject: boolean;
  /** Names of a `for` whose collection is still being read. */
  pending: readonly string[];
  conditions: number;
  readonly bound: string[][];
}

class Collector {
  private readonly tokens: readonly Token[];
  private readonly frames: Frame[] = [];
  private readonly found: string[] = [];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
    this.push(false);
  }

  collect(): string[] {
    let at = 0;
    while (at < this.tokens.length) at = this.step(at);
    return this.found;
  }

  /** Looks at the token there and returns where to go on. */
  private step(at: number): number {
    const { kind, text } = this.tokens[at] as Token;
    switch (kind) {
      case "name":
        return this.name(at);
      case "open-template":
      case "open-interpolation":
        this.push(false);
        break;
      case "close-template":
      case "close-interpolation":
        this.frames.pop();
        break;
      case "open-directive":
        return this.directive(at);
      case "sign":
        return this.sign(at, text);
    }
    return at + 1;
  }

  private push(isObject: boolean): void {
    this.frames.push({ isObject, pending: [], conditions: 0, bound: [] });
  }

  private sign(at: number, text: string): number {
    const frame = this.frames.at(-1);
    if (text === "(" || text === "[" || text === "{") {
      const names = text === "(" ? undefined : this.forNames(at + 1);
      this.push(text === "{" && names === undefined);
      const opened = this.frames.at(-1);
      if (!names || !opened) return at + 1;
      opened.pending = names.names;
      return names.end;
    }
    if (text === ")" || text === "]" || text === "}") this.frames.pop();
    else if (text === "?" && frame) frame.conditions++;
    else if (text === ":" && frame) {
      if (frame.conditions > 0) frame.conditions--;
      else if (frame.pending.length > 0) {
        frame.bound.push([...frame.pending]);
        frame.pending = [];
      }
    }
    return at + 1;
  }

  /** `for k, v in`: the names, and where the collection begins. */
  private forNames(start: number): { readonly names: readonly string[]; readonly end: number } | undefined {
    let at = start;
    while (this.tokens[at]?.kind === "newline") at++;
    if (this.tokens[at]?.text !== "for" || this.tokens[at + 1]?.kind !== "name") return undefined;
    const names: string[] = [];
    for (at++; this.tokens[at] !== undefined && this.tokens[at]?.text !== "in"; at++) {
      const { kind, text } = this.tokens[at] as Token;
      if (kind === "name") names.push(text);
    }
    return { names, end: at + 1 };
  }

  /** `%{ for x in y }` binds in the template around it, up to `%{ endfor }`. */
  private directive(at: number): number {
    const template = this.frames.at(-1);
    const names = this.forNames(at + 1);
    if (names && template && template.bound.length < DEEPEST_LOOP) template.bound.push([...names.names]);
    if (this.tokens[at + 1]?.text === "endfor") template?.bound.pop();
    this.push(false);
    return names ? names.end : at + 1;
  }

  private name(at: number): number {
    const { text } = this.tokens[at] as Token;
    const next = this.tokens[at + 1];
    const isPart = isSign(this.tokens[at - 1], ".") || isSign(this.tokens[at - 1], "::");
    const isFunction = isSign(next, "(") || isSign(next, "::");
    if (isPart || isFunction || KEYWORDS.has(text) || this.isKey(at)) return at + 1;
    const { reference, end } = this.traversal(at);
    if (reference.includes(".") && !this.isBound(text)) this.found.push(reference);
    return end;
  }

  private isBound(name: string): boolean {
    return this.frames.some(({ bound }) => bound.some((names) => names.includes(name)));
  }

  private isKey(at: number): boolean {
    const before = this.tokens[at - 1];
    const starts = before?.kind === "newline" || isSign(before, "{") || isSign(before, ",");
    const after = this.tokens[at + 1];
    return this.frames.at(-1)?.isObject === true && starts && (isSign(after, "=") || isSign(after, ":"));
  }

  /** As far as names and constant keys go. */
  private traversal(start: number): { readonly reference: string; readonly end: number } {
    let reference = (this.tokens[start] as Token).text;
    let at = start + 1;
    for (;;) {
      const second = this.tokens[at + 1];
      if (isSign(this.tokens[at], ".") && second?.kind === "name") {
        reference += `.${second.text}`;
        at += 2;
      } else if (isSign(this.tokens[at], ".") && second?.kind === "number") {
        // `list.0` is the old way to write `list[0]`; two of them in a row look like one number.
        for (const index of second.text.split(".")) reference += `[${index}]`;
        at += 2;
      } else {
        const key = this.constantKey(at);
        if (!key) return { reference, end: at };
        reference += key.text;
        at = key.end;
      }
    }
  }

  /** `[0]`, `["key"]`. */
  private constantKey(at: number): { readonly text: string; readonly end: number } | undefined {
    if (!isSign(this.tokens[at], "[")) return undefined;
    const [first, second, third, fourth] = this.tokens.slice(at + 1, at + 5);
    if (first?.kind === "number" && isSign(second, "]")) return { text: `[${first.text}]`, end: at + 3 };
    if (first?.kind !== "open-template" || second?.kind !== "text" || third?.kind !== "close-template")
      return undefined;
    return isSign(fourth, "]") ? { text: formatKey(plainText(second.text)), end: at + 5 } : undefined;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** A quoted text without its escapes. */
function plainText(text: string): string {
  return text
    .replaceAll(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/g, (whole, code: string) => {
      if (code.length === 1) return ESCAPES[code] ?? whole;
      const point = Number.parseInt(code.slice(1), 16);
      return point > 0x10ffff ? whole : String.fromCodePoint(point);
    })
    .replaceAll(/([$%])\1\{/g, (_, sign: string) => `${sign}{`);
}
