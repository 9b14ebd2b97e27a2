/** A config's text to a checked `RawConfig`, with every mistake at once. */

import { readDocument, unusableNames } from "./document.ts";
import { mistakenExpressions, mistakenMeaning } from "./meaning.ts";
import { findMistakes } from "./mistakes.ts";
import type { RawConfig } from "./raw.ts";

/** A config, and where its values stand. */
export interface ParsedConfig {
  readonly config: RawConfig;
  /** `name:line:column` of the value under some keys. */
  readonly placeOf: (path: readonly (string | number)[]) => string;
}

const KIND = { whole: "a config", hint: "`firebreak schema` prints what a config may say." };

/**
 * Reads YAML or JSON.
 * @throws FirebreakError `bad-config`: one line for each mistake, `name:line:column: what is wrong`
 */
export async function parseConfig(text: string, name: string): Promise<ParsedConfig> {
  const { value, placeOf, refuse } = await readDocument(text, name, KIND);
  // An empty file, or one of comments only, says nothing and is no mistake.
  if (value === null || value === undefined) return { config: {}, placeOf };
  const unfitting = await findMistakes(value);
  const config = value as RawConfig;
  const mistakes =
    unfitting.length > 0
      ? unfitting
      : [...unusableNames(value), ...mistakenMeaning(config), ...(await mistakenExpressions(config))];
  if (mistakes.length > 0) throw refuse(mistakes);
  return { config, placeOf };
}
