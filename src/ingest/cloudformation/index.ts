/** Bytes to documents that describe change sets: the door of this folder. */

import { walkArray, walkObject } from "../json/fields.ts";
import { endOfValue, IncompleteJson, MalformedJson, OPEN_BRACE, skipSpace } from "../json/scan.ts";
import { stringAt } from "../json/values.ts";
import { changeLists } from "./change-lists.ts";
import { type ChangeSetDocument, listToDocument, type Origin, toDocument } from "./document.ts";
import type { Sections } from "./head.ts";
import { isChangeSet } from "./recognise.ts";

export { type ChangeLists, changeLists } from "./change-lists.ts";
export { type ChangeSetDocument, toDocument } from "./document.ts";
export { plansOf } from "./plans.ts";
export type { TemplateFile } from "./template/index.ts";

/**
 * The documents in text that `isChangeList` holds for.
 * @throws TruncatedJson, MalformedJson
 */
export function readArray(text: Buffer, origin: Origin): ChangeSetDocument[] {
  const start = skipSpace(text, 0);
  const elements: { readonly at: number; readonly sections: Sections }[] = [];
  const end = walkArray(text, start, (at) => {
    if (text[at] !== OPEN_BRACE) return endOfValue(text, at);
    const sections = sectionsAt(text, at);
    elements.push({ at, sections });
    return sections.get("")?.end ?? at;
  });
  if (skipSpace(text, end) < text.length) throw new MalformedJson(end, "more text behind the list");
  const pages = elements.filter(({ sections }) => isChangeSet(sections));
  if (pages.length === 0) return [listToDocument(text, start, origin)];
  if (pages.length < elements.length) throw new IncompleteJson(start, "holds change sets and something else");
  const lists = changeLists(text);
  return pages.map(({ sections }) => toDocument(text, sections, origin, lists));
}

/** Members of an object by name; the object itself stands under `""`. */
function sectionsAt(text: Buffer, start: number): Sections {
  const sections = new Map<string, { readonly start: number; readonly end: number }>();
  const end = walkObject(text, start, (keyStart, keyEnd, at) => {
    const name = stringAt(text, keyStart - 1, keyEnd + 1);
    if (sections.has(name)) throw new MalformedJson(keyStart, `${JSON.stringify(name)} given twice`);
    const valueEnd = endOfValue(text, at);
    sections.set(name, { start: at, end: valueEnd });
    return valueEnd;
  });
  return sections.set("", { start, end });
}
