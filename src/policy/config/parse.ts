/** A config's text to a checked `RawConfig`, with every mistake at once. */

import { FirebreakError } from "../../model/error.ts";
import { printable } from "../../model/printable.ts";
import { loadYaml } from "../../yaml/index.ts";
import { mistakenExpressions, mistakenMeaning } from "./meaning.ts";
import { findMistakes, type Mistake } from "./mistakes.ts";
import type { RawConfig } from "./raw.ts";

/** A config, and where its values stand. */
export interface ParsedConfig {
  readonly config: RawConfig;
  /** `name:line:column` of the value under some keys. */
  readonly placeOf: (path: readonly (string | number)[]) => string;
}

/**
 * Reads YAML or JSON.
 * @throws FirebreakError `bad-config`: one line for each mistake, `name:line:column: what is wrong`
 */
export async function parseConfig(text: string, name: string): Promise<ParsedConfig> {
  const { LineCounter, parseDocument, visit } = await loadYaml();
  const lines = new LineCounter();
  const plain = text.replace(/^\ufeff/, "");
  const document = parseDocument(plain, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const syntax = [...document.errors, ...document.warnings].map(
    ({ pos, message }) => `${at(pos[0])}: ${worded(message)}`,
  );
  visit(document, {
    Alias: (_, alias) => {
      if (!alias.resolve(document))
        syntax.push(`${at(alias.range?.[0] ?? 0)}: there is no anchor &${printable(alias.source)}`);
    },
  });
  if (syntax.length > 0) throw badConfig(syntax);
  const value = toValue(document, name);
  const placeOf = (path: readonly (string | number)[]): string => at(offsetOf(document, { path, message: "" }));
  // An empty file, or one of comments only, says nothing and is no mistake.
  if (value === null || value === undefined) return { config: {}, placeOf };
  const unfitting = await findMistakes(value);
  const config = value as RawConfig;
  const mistakes =
    unfitting.length > 0 ? unfitting : [...mistakenMeaning(config), ...(await mistakenExpressions(config))];
  if (mistakes.length === 0) return { config, placeOf };
  const placed = mistakes.map((mistake) => ({ mistake, offset: offsetOf(document, mistake) }));
  placed.sort((left, right) => left.offset - right.offset);
  throw badConfig(placed.map(({ mistake, offset }) => `${at(offset)}: ${mistake.message}`));
}

/** The library's words, without those that speak of its own functions. */
function worded(message: string): string {
  if (message.startsWith("Source contains multiple documents"))
    return "a config is one document, and here a second one begins";
  return message.split("\n")[0] ?? message;
}

/** @throws FirebreakError when aliases multiply beyond measure */
function toValue(document: { toJS(options: { maxAliasCount: number }): unknown }, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw badConfig([`${name}:1:1: ${worded(error.message)}`]);
  }
}

function badConfig(mistakes: readonly string[]): FirebreakError {
  return new FirebreakError("bad-config", [...new Set(mistakes)].join("\n"), {
    hint: "`firebreak schema` prints what a config may say.",
  });
}

interface Node {
  readonly range?: readonly [number, number, number] | null;
  readonly items?: readonly unknown[];
}

/** Where a mistake stands: at the key that is wrong, else at the value. */
function offsetOf(
  document: { getIn(path: readonly (string | number)[], keep: true): unknown; contents: unknown },
  mistake: Omit<Mistake, "path"> & { readonly path: readonly (string | number)[] },
): number {
  const node = (mistake.path.length === 0 ? document.contents : document.getIn(mistake.path, true)) as Node | undefined;
  if (mistake.key !== undefined) {
    for (const item of node?.items ?? []) {
      const key = (item as { key?: Node & { value?: unknown } }).key;
      if (String(key?.value) === mistake.key) return key?.range?.[0] ?? 0;
    }
  }
  return node?.range?.[0] ?? 0;
}
