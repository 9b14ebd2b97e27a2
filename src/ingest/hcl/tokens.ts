/**
 * HCL native syntax to tokens, each with its line: code, quoted templates, heredocs, interpolations in them, comments.
 * Spec: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */

import { HclError } from "./error.ts";

export type TokenKind =
  | "name"
  | "number"
  /** An operator or bracket, as written. */
  | "sign"
  | "newline"
  /** Around the parts of a template: the quotes, or the marks of a heredoc. */
  | "open-template"
  | "close-template"
  /** Text of a template as written, escapes included. */
  | "text"
  /** `${`, `%{`, and the brace that closes either. */
  | "open-interpolation"
  | "open-directive"
  | "close-interpolation";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly line: number;
}

/** Templates within interpolations within templates: nobody writes more. */
const DEEPEST = 100;

type Mode =
  /** `braces` that are open; in an interpolation the one too many closes it. */
  | { readonly kind: "code"; braces: number; readonly interpolation: boolean }
  | { readonly kind: "quoted" }
  | { readonly kind: "heredoc"; readonly marker: string }
  /** A string of JSON: a template up to the end of the text, without escapes of its own. */
  | { readonly kind: "bare-template" };

interface Scanner {
  readonly text: string;
  readonly tokens: Token[];
  readonly modes: Mode[];
  /** Lines on which the modes but the first were opened. */
  readonly opened: number[];
  at: number;
  line: number;
}

/** @throws HclError when it is no HCL, at the line of what is wrong */
export function tokenize(text: string, as: "code" | "template" = "code", line = 1): readonly Token[] {
  const code: Mode = { kind: "code", braces: 0, interpolation: false };
  const scanner: Scanner = {
    text,
    tokens: [],
    modes: [as === "code" ? code : { kind: "bare-template" }],
    opened: [],
    at: text.charCodeAt(0) === 0xfeff ? 1 : 0,
    line,
  };
  while (scanner.at < text.length) {
    const mode = scanner.modes.at(-1) as Mode;
    if (mode.kind === "code") scanCode(scanner, mode);
    else if (mode.kind === "heredoc") scanHeredoc(scanner, mode.marker);
    else scanTemplate(scanner, mode.kind === "quoted");
  }
  const opened = scanner.opened.at(-1);
  if (opened !== undefined) throw new HclError(opened, "a text, a template or a bracket is not closed");
  return scanner.tokens;
}

function add(scanner: Scanner, kind: TokenKind, length: number): void {
  const { tokens, text, at, line } = scanner;
  tokens.push({ kind, text: text.slice(at, at + length), line });
  scanner.at += length;
}

function open(scanner: Scanner, mode: Mode): void {
  if (scanner.modes.length >= DEEPEST) throw new HclError(scanner.line, `templates are nested deeper than ${DEEPEST}`);
  scanner.modes.push(mode);
  scanner.opened.push(scanner.line);
}

function close(scanner: Scanner): void {
  scanner.modes.pop();
  scanner.opened.pop();
}

const SPACE = /[ \t\r]+/y;
const LINE_COMMENT = /(#|\/\/)[^\n]*/y;
const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(\.\d+)?([eE][+-]?\d+)?/y;
const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const SIGN = /\.\.\.|::|==|!=|<=|>=|&&|\|\||=>|[()[\]{}=+\-*/%<>!?:,.]/y;

function match(pattern: RegExp, { text, at }: Scanner): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function scanCode(scanner: Scanner, mode: Mode & { readonly kind: "code" }): void {
  const skipped = match(SPACE, scanner) ?? match(LINE_COMMENT, scanner);
  if (skipped) scanner.at += skipped[0].length;
  else scanToken(scanner, mode);
}

function scanToken(scanner: Scanner, mode: Mode & { readonly kind: "code" }): void {
  const { text, at } = scanner;
  const [sign, next] = [text[at], text[at + 1]];
  if (sign === "\n") {
    add(scanner, "newline", 1);
    scanner.line++;
  } else if (sign === '"') {
    add(scanner, "open-template", 1);
    open(scanner, { kind: "quoted" });
  } else if (sign === "{") {
    add(scanner, "sign", 1);
    mode.braces++;
  } else if (sign === "}") closeBrace(scanner, mode);
  else if (sign === "/" && next === "*") skipBlockComment(scanner);
  else if (sign === "<" && next === "<") openHeredoc(scanner);
  else if (sign === "~" && next === "}") closeStripping(scanner, mode);
  else scanWord(scanner);
}

function scanWord(scanner: Scanner): void {
  const name = match(NAME, scanner);
  const found = name ?? match(NUMBER, scanner) ?? match(SIGN, scanner);
  if (!found) throw new HclError(scanner.line, "there is a sign that HCL does not have");
  add(scanner, name ? "name" : /^\d/.test(found[0]) ? "number" : "sign", found[0].length);
}

/** `~}` takes the space behind the interpolation away. */
function closeStripping(scanner: Scanner, mode: Mode & { readonly kind: "code" }): void {
  if (mode.braces > 0 || !mode.interpolation) {
    scanner.at++;
    return;
  }
  add(scanner, "close-interpolation", 2);
  close(scanner);
}

function closeBrace(scanner: Scanner, mode: Mode & { readonly kind: "code" }): void {
  if (mode.braces > 0) {
    mode.braces--;
    add(scanner, "sign", 1);
    return;
  }
  if (!mode.interpolation) throw new HclError(scanner.line, "a brace is closed that was not opened");
  add(scanner, "close-interpolation", 1);
  close(scanner);
}

function skipBlockComment(scanner: Scanner): void {
  const end = scanner.text.indexOf("*/", scanner.at + 2);
  if (end < 0) throw new HclError(scanner.line, "a comment is not closed");
  for (let at = scanner.at; at < end; at++) if (scanner.text.charCodeAt(at) === 10) scanner.line++;
  scanner.at = end + 2;
}

function openHeredoc(scanner: Scanner): void {
  const found = match(HEREDOC, scanner);
  if (!found) throw new HclError(scanner.line, "there is a sign that HCL does not have");
  add(scanner, "open-template", found[0].length);
  open(scanner, { kind: "heredoc", marker: found[1] ?? "" });
  scanner.line++;
}

/** One line of a heredoc, or as much of it as there is before an interpolation. */
function scanHeredoc(scanner: Scanner, marker: string): void {
  const { text, at } = scanner;
  const lineEnd = text.indexOf("\n", at);
  const end = lineEnd < 0 ? text.length : lineEnd;
  const startsLine = text[at - 1] === "\n";
  if (startsLine && text.slice(at, end).trim() === marker) {
    // The line break behind the mark ends the argument, as any other does.
    add(scanner, "close-template", end - at);
    close(scanner);
    return;
  }
  const stop = interpolationIn(text, at, end, false);
  if (stop < end) {
    if (stop === at) openInterpolation(scanner);
    else add(scanner, "text", stop - at);
  } else {
    add(scanner, "text", Math.min(end + 1, text.length) - at);
    if (lineEnd >= 0) scanner.line++;
  }
}

function scanTemplate(scanner: Scanner, quoted: boolean): void {
  const { text, at } = scanner;
  if (quoted && text[at] === '"') {
    add(scanner, "close-template", 1);
    close(scanner);
    return;
  }
  const stop = interpolationIn(text, at, text.length, quoted);
  if (quoted && text[stop] === "\n") throw new HclError(scanner.line, "a text in quotes is not closed on its line");
  if (stop === at) openInterpolation(scanner);
  else add(scanner, "text", stop - at);
}

/** Where the next interpolation or directive begins, or, in quotes, where they close or the line ends; `end` if nowhere. */
function interpolationIn(text: string, from: number, end: number, quoted: boolean): number {
  for (let at = from; at < end; at++) {
    const sign = text[at];
    if (quoted && sign === "\\") at++;
    else if (quoted && (sign === '"' || sign === "\n")) return at;
    else if ((sign === "$" || sign === "%") && text[at + 1] === sign && text[at + 2] === "{") at += 2;
    else if ((sign === "$" || sign === "%") && text[at + 1] === "{") return at;
  }
  return end;
}

function openInterpolation(scanner: Scanner): void {
  const kind = scanner.text[scanner.at] === "$" ? "open-interpolation" : "open-directive";
  add(scanner, kind, scanner.text[scanner.at + 2] === "~" ? 3 : 2);
  open(scanner, { kind: "code", braces: 0, interpolation: true });
}
