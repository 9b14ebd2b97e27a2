/** Text that people write, as YAML or JSON, to a value of which every part knows where it stands. */

import { FirebreakError } from "../../model/error.ts";
import { printable } from "../../model/printable.ts";
import { loadYaml } from "../../yaml/index.ts";
import type { Mistake } from "./schema-mistakes.ts";

export interface PlacedDocument {
  /** `undefined` or `null` for a text that says nothing. */
  readonly value: unknown;
  /** `name:line:column` of the value under some keys. */
  readonly placeOf: (path: readonly (string | number)[]) => string;
  /** The error that tells these mistakes, in the order in which they stand. */
  readonly refuse: (mistakes: readonly Mistake[]) => FirebreakError;
}

export interface DocumentKind {
  /** `a config`: for the sentence on a second document. */
  readonly whole: string;
  /** What to do about mistakes. */
  readonly hint: string;
}

/** @throws FirebreakError `bad-config`: one line for each mistake, `name:line:column: what is wrong` */
export async function readDocument(text: string, name: string, kind: DocumentKind): Promise<PlacedDocument> {
  const { LineCounter, parseDocument, visit } = await loadYaml();
  const lines = new LineCounter();
  const plain = text.replace(/^\ufeff/, "");
  const document = parseDocument(plain, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    logLevel: "error",
  });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const syntax = [...document.errors, ...document.warnings].map(
    ({ pos, message }) => `${at(pos[0])}: ${worded(message, kind)}`,
  );
  visit(document, {
    Alias: (_, alias) => {
      if (!alias.resolve(document))
        syntax.push(`${at(alias.range?.[0] ?? 0)}: there is no anchor &${printable(alias.source)}`);
    },
  });
  if (syntax.length > 0) throw refusal(syntax, kind);
  return {
    value: toValue(document, name, kind),
    placeOf: (path) => at(offsetOf(document, { path })),
    refuse: (mistakes) => {
      const placed = mistakes.map((mistake) => ({ mistake, offset: offsetOf(document, mistake) }));
      placed.sort((left, right) => left.offset - right.offset);
      return refusal(
        placed.map(({ mistake, offset }) => `${at(offset)}: ${mistake.message}`),
        kind,
      );
    },
  };
}

/** Names that no mapping of ours can have: where values are merged, this one would be no key but what all keys stand on. */
export function unusableNames(value: unknown, path: readonly string[] = []): Mistake[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const own = key === "__proto__" ? [{ path, key, message: '"__proto__" is no name that can be used' }] : [];
    return [...own, ...unusableNames(inner, [...path, key])];
  });
}

/** The library's words, without those that speak of its own functions. */
function worded(message: string, { whole }: DocumentKind): string {
  if (message.startsWith("Source contains multiple documents"))
    return `${whole} is one document, and here a second one begins`;
  if (message.startsWith("Maximum call stack")) return `${whole} is not nested as deeply as this`;
  return message.split("\n")[0] ?? message;
}

/** @throws FirebreakError when aliases multiply beyond measure */
function toValue(
  document: { toJS(options: { maxAliasCount: number }): unknown },
  name: string,
  kind: DocumentKind,
): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw refusal([`${name}:1:1: ${worded(error.message, kind)}`], kind);
  }
}

function refusal(mistakes: readonly string[], { hint }: DocumentKind): FirebreakError {
  return new FirebreakError("bad-config", [...new Set(mistakes)].join("\n"), { hint });
}

interface Node {
  readonly range?: readonly [number, number, number] | null;
  readonly items?: readonly unknown[];
}

/** Where a mistake stands: at the key that is wrong, else at the value. */
function offsetOf(
  document: { getIn(path: readonly (string | number)[], keep: true): unknown; contents: unknown },
  { path, key: wrong }: { readonly path: readonly (string | number)[]; readonly key?: string },
): number {
  const node = (path.length === 0 ? document.contents : document.getIn(path, true)) as Node | undefined;
  if (wrong !== undefined) {
    for (const item of node?.items ?? []) {
      const key = (item as { key?: Node & { value?: unknown } }).key;
      if (String(key?.value) === wrong) return key?.range?.[0] ?? 0;
    }
  }
  return node?.range?.[0] ?? 0;
}
