/** One string for equal bytes: a plan names the same few thousand resources in hundreds of thousands of places. */

import { endOf, type Slots, startOf, walkArray } from "./fields.ts";
import { endOfString, endOfValue, QUOTE } from "./scan.ts";
import { LETTER_N, stringAt } from "./values.ts";

export class TextTable {
  readonly bytes: Buffer;
  /** Heads of chains by hash, and per text: its bytes, itself, the next text of the chain. 0 ends a chain. */
  private readonly heads = new Int32Array(1 << 16);
  private readonly starts: number[] = [0];
  private readonly ends: number[] = [0];
  private readonly texts: string[] = [""];
  private readonly next: number[] = [0];

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** The string between its quotes' offsets. @throws MalformedJson when it is no string */
  at(start: number, end: number): string {
    const head = this.hash(start, end) & 0xffff;
    for (let text = this.heads[head] as number; text !== 0; text = this.next[text] as number) {
      if (this.same(text, start, end)) return this.texts[text] as string;
    }
    const text = stringAt(this.bytes, start, end);
    this.next.push(this.heads[head] as number);
    this.heads[head] = this.texts.push(text) - 1;
    this.starts.push(start);
    this.ends.push(end);
    return text;
  }

  /** The string in a slot; `undefined` when the field is absent or null. @throws MalformedJson when it is anything else */
  in(slots: Slots, slot: number): string | undefined {
    const start = startOf(slots, slot);
    return start === 0 || this.bytes[start] === LETTER_N ? undefined : this.at(start, endOf(slots, slot));
  }

  /** The strings of an array of strings. */
  list(start: number): string[] {
    const strings: string[] = [];
    walkArray(this.bytes, start, (at) => {
      const end = this.bytes[at] === QUOTE ? endOfString(this.bytes, at) : endOfValue(this.bytes, at);
      strings.push(this.at(at, end));
      return end;
    });
    return strings;
  }

  /** FNV-1a, folded to the width of the table by the caller. */
  private hash(start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (this.bytes[at] as number), 0x01000193);
    return hash ^ (hash >>> 16);
  }

  private same(text: number, start: number, end: number): boolean {
    const from = this.starts[text] as number;
    if ((this.ends[text] as number) - from !== end - start) return false;
    for (let at = start, other = from; at < end; at++, other++) {
      if (this.bytes[at] !== this.bytes[other]) return false;
    }
    return true;
  }
}
