/** JSON documents that describe a change set, or a part of one, in each shape in which people save them. */

import { ownValue } from "../../model/values.ts";
import { IncompleteJson, OPEN_BRACKET } from "../json/scan.ts";
import { LETTER_N, valueAt } from "../json/values.ts";
import { stackNameIn } from "./answers.ts";
import { type ChangeLists, changeLists } from "./change-lists.ts";
import { type Head, NO_HEAD, readHead, type Sections } from "./head.ts";
import type { Row } from "./row.ts";

/**
 * One document: a description or a page of one, or a list of changes without a head. Several of them may describe one
 * change set, and several change sets one tree of stacks: `join.ts` puts them together.
 */
export interface ChangeSetDocument {
  readonly input: string;
  /** SHA-256 of its bytes in hex. */
  readonly sha256: string;
  /**
   * `description`: of DescribeChangeSet. `list`: the console's JSON. `summary`: of the deploy action for GitHub. `deletion`: no
   * change set, but a stack that goes as a whole.
   */
  readonly shape: "description" | "list" | "summary" | "deletion";
  readonly head: Head;
  readonly rows: readonly Row[];
  /** The document itself says that changes are missing. */
  readonly isCut: boolean;
  /** It has no list of changes at all. */
  readonly hasNoList: boolean;
}

/** How the document is named, and the hash of its bytes. */
export type Origin = Pick<ChangeSetDocument, "input" | "sha256">;

/** The change set in a document that `isChangeSet` holds for. @throws IncompleteJson, MalformedJson */
export function toDocument(bytes: Buffer, sections: Sections, origin: Origin, lists: ChangeLists): ChangeSetDocument {
  const request = sections.get("DeleteStack");
  if (request !== undefined) return toDeletion(valueAt(bytes, request.start, request.end), request.start, origin);
  const isSummary = sections.has("totalChanges");
  const list = sections.get(isSummary ? "changes" : "Changes");
  const hasNoList = list === undefined || bytes[list.start] === LETTER_N;
  const rows = hasNoList ? [] : rowsAt(bytes, list.start, lists);
  const value = (name: string): unknown => {
    const span = sections.get(name);
    return span && valueAt(bytes, span.start, span.end);
  };
  return {
    ...origin,
    shape: isSummary ? "summary" : "description",
    head: readHead(bytes, sections),
    rows,
    isCut: isSummary && (value("truncated") !== false || value("totalChanges") !== rows.length),
    hasNoList,
  };
}

/** The request of DeleteStack, which names the stack: what is in it is not in this document. @throws IncompleteJson */
function toDeletion(request: unknown, at: number, origin: Origin): ChangeSetDocument {
  const stack = ownValue(request, "StackName");
  if (typeof stack !== "string" || stack === "") throw new IncompleteJson(at, 'has no "StackName"');
  const fromArn = stackNameIn(stack);
  const head = { ...NO_HEAD, stackName: fromArn ?? stack, ...(fromArn !== undefined && { stackId: stack }) };
  return { ...origin, shape: "deletion", head, rows: [], isCut: false, hasNoList: true };
}

/** The console's JSON: nothing but the list. @throws IncompleteJson, MalformedJson, TruncatedJson */
export function listToDocument(bytes: Buffer, start: number, origin: Origin): ChangeSetDocument {
  return {
    ...origin,
    shape: "list",
    head: NO_HEAD,
    rows: rowsAt(bytes, start, changeLists(bytes)),
    isCut: false,
    hasNoList: false,
  };
}

function rowsAt(bytes: Buffer, start: number, lists: ChangeLists): readonly Row[] {
  if (bytes[start] !== OPEN_BRACKET) throw new IncompleteJson(start, "has changes that are no list");
  return lists.rowsAt(start);
}
