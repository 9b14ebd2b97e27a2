/** `BeforeContext` and `AfterContext` where they stand in the bytes. They are most of a change set, so nobody reads them unasked. */

import { isObject } from "../../model/values.ts";
import type { Span } from "../json/fields.ts";
import { type TextPlaces, textPlaces } from "../json/text-places.ts";
import { valueAt } from "../json/values.ts";

/** The resource as the template has it, resolved. Empty when there is none. */
export type Context = Readonly<Record<string, unknown>>;

/**
 * The API writes a context as a JSON text inside of a string, some recordings as an object. Parsed anew each time: kept, the
 * contexts of a large change set would be most of the memory. What is broken is no context.
 */
export function contextAt(bytes: Buffer, { start, end }: Span): Context {
  const value = valueAt(bytes, start, end);
  if (typeof value !== "string") return isObject(value) ? value : {};
  try {
    const parsed: unknown = JSON.parse(value);
    return isObject(parsed) ? parsed : {};
  } catch {
    // Its values are for display and tags only; policies that are missing here count as the worst.
    return {};
  }
}

/** Finds words in the contexts of one document without parsing them. */
export interface ContextWords {
  /** Whether a text of ASCII letters and digits may stand between two offsets. */
  readonly mayHave: (word: string, within: Span) => boolean;
  /** The same for a text that is a value there, or the beginning of one. */
  readonly mayMention: (word: string, within: Span) => boolean;
  /** `aws:cdk:path` of the resource's metadata: every resource of a CDK stack has one. */
  readonly constructPath: (within: Span) => string | undefined;
}

export function contextWords(bytes: Buffer): ContextWords {
  const known = new Map<string, TextPlaces>();
  const firstOf = (text: string, { start, end }: Span): number => {
    const places = known.get(text) ?? textPlaces(bytes, text);
    known.set(text, places);
    return places(start, end);
  };
  const mayBeEscaped = (within: Span): boolean => firstOf(ESCAPED_LETTER, within) >= 0;
  return {
    mayHave: (word, within) => firstOf(word, within) >= 0 || mayBeEscaped(within),
    // Words of a config may stand everywhere, and the first object that has them is mostly enough: nobody collects all places.
    mayMention: (word, within) => {
      const text = bytes.toString("latin1", within.start, within.end);
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        if (BEFORE_VALUE.test(text.slice(Math.max(0, at - 4), at))) return true;
      }
      return text.includes(ESCAPED_LETTER);
    },
    constructPath: ({ start, end }) => {
      const at = firstOf(PATH_KEY, { start, end });
      return at < 0 ? undefined : pathIn(bytes.toString("utf8", at + PATH_KEY.length, Math.min(at + LONGEST, end)));
    },
  };
}

/** How ASCII would begin if somebody had it escaped. */
const ESCAPED_LETTER = "\\u00";

/** In a JSON text within a string quotes are escaped. */
const BEFORE_VALUE = /: ?\\?"$/;

const PATH_KEY = '"aws:cdk:path';
const LONGEST = 1000;

/** What stands behind the key; letters beyond ASCII are escaped by whoever wrote the text around it. */
function pathIn(text: string): string | undefined {
  const [, , path] = PATH_VALUE.exec(text) ?? [];
  return path?.includes("\\") ? String(JSON.parse(`"${path}"`)) : path;
}

const PATH_VALUE = /^(\\?)"\s*:\s*\1"((?:[^"\\\p{Cc}]|\\u[\da-fA-F]{4})+)\1"/u;
