/** Tokens to blocks and arguments. Expressions are told apart, not understood: `references.ts` looks into them. */

import { HclError } from "./error.ts";
import { type Token, tokenize } from "./tokens.ts";

/** What stands between the braces of a block, or in a file; the native and the JSON syntax both come to this. */
export interface Body {
  readonly attributes: ReadonlyMap<string, Expression>;
  readonly blocks: readonly Block[];
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  /** Where its type is written, from 1 on. */
  readonly line: number;
  readonly body: Body;
}

/** One argument. An expression of JSON may be several texts with one expression each. */
export interface Expression {
  readonly line: number;
  readonly parts: readonly (readonly Token[])[];
  /** The text, number or keyword that it is, when it is a constant; nothing of it may leave ingest but what is asked for by name. */
  readonly constant: string | undefined;
}

/** Blocks within blocks, and brackets within brackets: nobody writes more. */
const DEEPEST_BLOCK = 64;
const DEEPEST_BRACKET = 256;

/** @throws HclError */
export function parseBody(text: string): Body {
  const tokens = tokenize(text);
  const { body, end } = bodyAt(tokens, 0, 0);
  if (end < tokens.length) throw wrong(tokens[end]);
  return body;
}

/** Up to the brace that closes it, or the end. */
function bodyAt(tokens: readonly Token[], start: number, depth: number): { readonly body: Body; readonly end: number } {
  if (depth > DEEPEST_BLOCK) {
    throw new HclError(tokens[start]?.line ?? 1, `blocks are nested deeper than ${DEEPEST_BLOCK}`);
  }
  const attributes = new Map<string, Expression>();
  const blocks: Block[] = [];
  let at = start;
  for (;;) {
    while (tokens[at]?.kind === "newline") at++;
    const token = tokens[at];
    if (token === undefined || isSign(token, "}")) return { body: { attributes, blocks }, end: at };
    if (token.kind !== "name") throw wrong(token);
    if (isSign(tokens[at + 1], "=")) {
      if (attributes.has(token.text)) throw new HclError(token.line, "an argument is given twice");
      const end = endOfExpression(tokens, at + 2);
      attributes.set(token.text, toExpression(tokens.slice(at + 2, end), token.line));
      at = end;
    } else {
      const { block, end } = blockAt(tokens, at, depth);
      blocks.push(block);
      at = end;
    }
    const next = tokens[at];
    if (next !== undefined && next.kind !== "newline" && !isSign(next, "}")) throw wrong(next);
  }
}

function blockAt(
  tokens: readonly Token[],
  start: number,
  depth: number,
): { readonly block: Block; readonly end: number } {
  const { text: type, line } = tokens[start] as Token;
  const labels: string[] = [];
  let at = start + 1;
  for (; !isSign(tokens[at], "{"); at++) {
    const token = tokens[at];
    if (token?.kind === "name") labels.push(token.text);
    else if (token?.kind === "open-template") {
      // A label is a plain text, or an empty one.
      const text = tokens[at + 1]?.kind === "text" ? (tokens[at + 1] as Token).text : "";
      at += text === "" ? 1 : 2;
      if (tokens[at]?.kind !== "close-template") throw wrong(token);
      labels.push(text);
    } else throw wrong(token ?? tokens[start]);
  }
  const { body, end } = bodyAt(tokens, at + 1, depth + 1);
  if (!isSign(tokens[end], "}")) throw new HclError(line, "a block is not closed");
  return { block: { type, labels, line, body }, end: end + 1 };
}

const OPENING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Where the line ends that an expression stands on, brackets and templates skipped over; or where its block closes. */
function endOfExpression(tokens: readonly Token[], start: number): number {
  const open: string[] = [];
  let at = start;
  for (; at < tokens.length; at++) {
    const { kind, text, line } = tokens[at] as Token;
    if (open.length > DEEPEST_BRACKET) throw new HclError(line, `brackets are nested deeper than ${DEEPEST_BRACKET}`);
    if (open.length === 0 && (kind === "newline" || (kind === "sign" && text === "}"))) break;
    const closing = closingOf(kind, text);
    if (closing !== undefined) open.push(closing);
    else if (isClosing(kind, text) && open.pop() !== (kind === "sign" ? text : kind)) throw wrong(tokens[at]);
  }
  if (open.length > 0) throw new HclError(tokens[start]?.line ?? 1, "a bracket is not closed");
  if (at === start) throw wrong(tokens[start] ?? tokens.at(-1));
  return at;
}

function closingOf(kind: Token["kind"], text: string): string | undefined {
  if (kind === "sign") return OPENING[text];
  if (kind === "open-template") return "close-template";
  return kind === "open-interpolation" || kind === "open-directive" ? "close-interpolation" : undefined;
}

function isClosing(kind: Token["kind"], text: string): boolean {
  if (kind === "sign") return text === ")" || text === "]" || text === "}";
  return kind === "close-template" || kind === "close-interpolation";
}

function toExpression(tokens: readonly Token[], line: number): Expression {
  return { line, parts: [tokens], constant: constantOf(tokens) };
}

/** A single number, keyword or plain text. */
function constantOf(tokens: readonly Token[]): string | undefined {
  const [first, second, third, ...others] = tokens.filter(({ kind }) => kind !== "newline");
  if (first?.kind === "open-template" && second?.kind === "text" && third?.kind === "close-template") {
    return others.length === 0 ? second.text : undefined;
  }
  return second === undefined && (first?.kind === "name" || first?.kind === "number") ? first.text : undefined;
}

export function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === "sign" && token.text === sign;
}

function wrong(token: Token | undefined): HclError {
  return new HclError(token?.line ?? 1, "an argument or block was expected and something else stands there");
}
