/** On which lines of a template in JSON its resources stand. */

import { walkObject } from "../../json/fields.ts";
import { endOfValue, MalformedJson, OPEN_BRACE, TruncatedJson } from "../../json/scan.ts";
import { stringAt } from "../../json/values.ts";

const LINE_FEED = 0x0a;

/** Logical id to line. Empty for a text on a single line, which nobody reads, and for what is no JSON. */
export function linesOfJson(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const bytes = Buffer.from(text);
  if (!bytes.subarray(0, -1).includes(LINE_FEED)) return lines;
  let [line, counted] = [1, 0];
  const lineAt = (offset: number): number => {
    for (; counted < offset; counted++) if (bytes[counted] === LINE_FEED) line++;
    return line;
  };
  try {
    walkObject(bytes, text.search(/\{/), (keyStart, keyEnd, at) => {
      if (stringAt(bytes, keyStart - 1, keyEnd + 1) !== "Resources" || bytes[at] !== OPEN_BRACE) {
        return endOfValue(bytes, at);
      }
      return walkObject(bytes, at, (idStart, idEnd, body) => {
        lines.set(stringAt(bytes, idStart - 1, idEnd + 1), lineAt(idStart));
        return endOfValue(bytes, body);
      });
    });
  } catch (error) {
    if (!(error instanceof TruncatedJson || error instanceof MalformedJson)) throw error;
    // Whoever wanted the template itself has found that too, and says so.
    return new Map();
  }
  return lines;
}
