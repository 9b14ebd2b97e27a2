/** Finds the JSON documents in bytes that may hold other text too: wrapper lines before or after, several plans in a row. */

import { brokenJson } from "./broken.ts";
import { DESCRIBE } from "./cloudformation/recognise.ts";
import { isSpace, OPEN_BRACE, QUOTE, skipSpace } from "./json/scan.ts";
import { BrokenDocument, type DocumentIndex, indexDocument, type ListReader } from "./terraform/plan-index.ts";

export interface Documents {
  readonly documents: readonly DocumentIndex[];
  /** Whether there was text that belongs to no document. */
  readonly noise: boolean;
}

/**
 * All documents, in order.
 * @throws FirebreakError `truncated-json` or `malformed-json` when one that may be a plan is broken: the rest of it may
 * hold anything. Braces in text around the documents are passed over.
 */
export function findDocuments(bytes: Buffer, input: string, readList?: ListReader): Documents {
  const documents: DocumentIndex[] = [];
  let noise = false;
  let at = skipSpace(bytes, 0);
  while (at < bytes.length) {
    const start = nextObject(bytes, at);
    if (start !== at) noise = true;
    if (start < 0) break;
    const document = documentAt(bytes, start, input, readList);
    if (document === undefined) noise = true;
    else documents.push(document);
    at = skipSpace(bytes, document?.end ?? start + 1);
  }
  return { documents, noise };
}

/** The next brace that opens a JSON object with a key; -1 when there is none. */
function nextObject(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(OPEN_BRACE, from); at >= 0; at = bytes.indexOf(OPEN_BRACE, at + 1)) {
    if (bytes[skipSpace(bytes, at + 1)] === QUOTE) return at;
  }
  return -1;
}

function documentAt(
  bytes: Buffer,
  start: number,
  input: string,
  readList: ListReader | undefined,
): DocumentIndex | undefined {
  try {
    return indexDocument(bytes, start, readList);
  } catch (error) {
    if (!(error instanceof BrokenDocument)) throw error;
    const mayBePlan = [...PLAN_SECTIONS].some((section) => error.sections.has(section));
    const mayBeChangeSet = [...CHANGE_SET_SECTIONS].some((section) => error.sections.has(section));
    // What stands at the very start is no wrapper's line: it is what was meant to be the plan.
    const standsAlone = isSpaceBefore(bytes, start);
    if (!mayBePlan && !mayBeChangeSet && !standsAlone) return undefined;
    throw brokenJson(error.cause, input, error.where, mayBePlan || !mayBeChangeSet ? undefined : DESCRIBE);
  }
}

const CHANGE_SET_SECTIONS: ReadonlySet<string> = new Set(["Changes", "ChangeSetId", "ChangeSetName", "totalChanges"]);

/** Sections by which a broken document is known to have been a plan. */
const PLAN_SECTIONS: ReadonlySet<string> = new Set([
  "format_version",
  "resource_changes",
  "planned_values",
  "prior_state",
  "configuration",
]);

function isSpaceBefore(bytes: Buffer, start: number): boolean {
  for (let at = 0; at < start; at++) if (!isSpace(bytes[at])) return false;
  return true;
}
