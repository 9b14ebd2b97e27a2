/** One string for equal bytes: a plan names the same few thousand resources in hundreds of thousands of places. */

import { endOf, type Slots, startOf, walkArray } from "./fields.ts";
import { endOfString, endOfValue, QUOTE } from "./scan.ts";
import { LETTER_N, stringAt } from "./values.ts";

export class TextTable {
  readonly bytes: Buffer;
  /** The first text of each chain by hash; 0 ends a chain. */
  private readonly heads = new Int32Array(1 << 16);
  private readonly texts: string[] = [""];
  /** Three numbers a text: where its bytes begin and end, and the next text of the chain. */
  private chains = new Float64Array(3 << 10);

  /** The list that is being read, and what adds to it: one of each for all lists. */
  private readonly open: string[] = [];
  private readonly addToOpen = (at: number): number => {
    const end = this.bytes[at] === QUOTE ? endOfString(this.bytes, at) : endOfValue(this.bytes, at);
    this.open.push(this.at(at, end));
    return end;
  };

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** The string between its quotes' offsets. @throws MalformedJson when it is no string */
  at(start: number, end: number): string {
    const head = this.hash(start, end) & 0xffff;
    for (let text = this.heads[head] as number; text !== 0; text = this.chains[3 * text + 2] as number) {
      if (this.same(text, start, end)) return this.texts[text] as string;
    }
    const text = stringAt(this.bytes, start, end);
    const place = this.texts.push(text) - 1;
    this.link(place, start, end, this.heads[head] as number);
    this.heads[head] = place;
    return text;
  }

  /** The string in a slot; `undefined` when the field is absent or null. @throws MalformedJson when it is anything else */
  in(slots: Slots, slot: number): string | undefined {
    const start = startOf(slots, slot);
    return start === 0 || this.bytes[start] === LETTER_N ? undefined : this.at(start, endOf(slots, slot));
  }

  /** The strings of an array of strings. */
  list(start: number): string[] {
    this.open.length = 0;
    walkArray(this.bytes, start, this.addToOpen);
    // A list that grew by pushing holds room for more.
    return this.open.slice();
  }

  private link(text: number, start: number, end: number, next: number): void {
    if (3 * text >= this.chains.length) {
      const larger = new Float64Array(2 * this.chains.length);
      larger.set(this.chains);
      this.chains = larger;
    }
    this.chains[3 * text] = start;
    this.chains[3 * text + 1] = end;
    this.chains[3 * text + 2] = next;
  }

  /** Four bytes at a time; folded to the width of the table by the caller. */
  private hash(start: number, end: number): number {
    const { bytes } = this;
    let hash = end - start;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      const four =
        (bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24);
      hash = Math.imul(hash ^ four, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    return hash ^ (hash >>> 16);
  }

  private same(text: number, start: number, end: number): boolean {
    const from = this.chains[3 * text] as number;
    if ((this.chains[3 * text + 1] as number) - from !== end - start) return false;
    for (let at = start, other = from; at < end; at++, other++) {
      if (this.bytes[at] !== this.bytes[other]) return false;
    }
    return true;
  }
}
