/** The lists of changes in some bytes, read while somebody walks over them, or later. */

import { walkArray } from "../json/fields.ts";
import { QUOTE } from "../json/scan.ts";
import { TextTable } from "../json/text-table.ts";
import { contextWords } from "./context.ts";
import { type Row, rowReader } from "./row.ts";

export interface ChangeLists {
  /** A `ListReader` for lists of the names that changes stand under. @throws IncompleteJson, MalformedJson, TruncatedJson */
  readonly read: (name: string, at: number, enter: (element: number) => void) => number | undefined;
  /** The list that begins at an offset. @throws as `read` */
  readonly rowsAt: (start: number) => readonly Row[];
}

export function changeLists(bytes: Buffer): ChangeLists {
  const texts = new TextTable(bytes);
  const words = contextWords(bytes);
  const readers = { pascal: rowReader(texts, words, "pascal"), camel: rowReader(texts, words, "camel") };
  const known = new Map<number, readonly Row[]>();
  const readAt = (start: number, enter: (element: number) => void): number => {
    const rows: Row[] = [];
    const behind = walkArray(bytes, start, (at, element) => {
      enter(element);
      // The spelling of each element is its own, since people paste.
      const { row, end } = readers[isCamel(bytes, at) ? "camel" : "pascal"](at);
      rows.push(row);
      return end;
    });
    known.set(start, rows);
    return behind;
  };
  return {
    read: (name, at, enter) => (name === "Changes" || name === "changes" ? readAt(at, enter) : undefined),
    rowsAt: (start) => {
      if (!known.has(start)) readAt(start, () => undefined);
      return known.get(start) ?? [];
    },
  };
}

/** An element begins with one of its two or three keys; the first sign of the first one tells. */
function isCamel(bytes: Buffer, at: number): boolean {
  const first = bytes[bytes.indexOf(QUOTE, at) + 1] ?? 0;
  return first >= 0x61;
}
