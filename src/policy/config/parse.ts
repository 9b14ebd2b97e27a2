/** A config's text to a checked `RawConfig`, with every mistake at once. The one place that loads the YAML library. */

import { FirebreakError } from "../../model/error.ts";
import { findMistakes, type Mistake } from "./mistakes.ts";
import type { RawConfig } from "./raw.ts";

/**
 * Reads YAML or JSON.
 * @throws FirebreakError `bad-config`: one line for each mistake, `name:line:column: what is wrong`
 */
export async function parseConfig(text: string, name: string): Promise<RawConfig> {
  const { LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const syntax = [...document.errors, ...document.warnings];
  if (syntax.length > 0) throw badConfig(syntax.map(({ pos, message }) => `${at(pos[0])}: ${firstLine(message)}`));
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  // An empty file, or one of comments only, says nothing and is no mistake.
  if (value === null || value === undefined) return {};
  const mistakes = await findMistakes(value);
  if (mistakes.length === 0) return value as RawConfig;
  const placed = mistakes.map((mistake) => ({ mistake, offset: offsetOf(document, mistake) }));
  placed.sort((left, right) => left.offset - right.offset);
  throw badConfig(placed.map(({ mistake, offset }) => `${at(offset)}: ${mistake.message}`));
}

function firstLine(message: string): string {
  return message.split("\n")[0] ?? message;
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
  document: { getIn(path: readonly string[], keep: true): unknown; contents: unknown },
  mistake: Mistake,
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
