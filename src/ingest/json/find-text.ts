/** Looks for many texts at once in bytes, without parsing them. */

const OUTSIDE = 0;
const INSIDE = 1;
const SEPARATOR = 2;

/** Signs that identifiers are made of; everything else parts them. Quotes and backslashes do, so JSON inside strings is seen. */
const KIND = new Uint8Array(256);
for (const sign of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@+=-")
  KIND[sign.charCodeAt(0)] = INSIDE;
for (const sign of ":/") KIND[sign.charCodeAt(0)] = SEPARATOR;

const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

const NONE: readonly string[] = [];

/** A set of texts, to be asked for as whole tokens and as parts between colons and slashes. */
export class WantedTexts {
  /** Marks by the low bits of a hash: most tokens are turned away here. */
  private readonly marks: Uint8Array;
  private readonly byHash = new Map<number, string>();
  private readonly shortest: number;

  constructor(texts: ReadonlySet<string>) {
    let shortest = Number.POSITIVE_INFINITY;
    for (const text of texts) {
      shortest = Math.min(shortest, text.length);
      let hash = SEED;
      for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
      this.byHash.set(hash, text);
    }
    this.shortest = shortest;
    // 64 places a text keep the marks sparse, and a power of two makes the remainder a mask.
    this.marks = new Uint8Array(2 ** Math.ceil(Math.log2(64 * (texts.size + 1))));
    for (const hash of this.byHash.keys()) this.marks[this.placeOf(hash)] = 1;
  }

  /**
   * The texts that stand in the bytes, as far as their hashes tell: none that is there is missing, and one that is not may be
   * named with a chance of one in four thousand million.
   */
  foundIn(bytes: Buffer, start: number, end: number): readonly string[] {
    let found: string[] | undefined;
    let whole = SEED;
    let wholeLength = 0;
    let part = SEED;
    let partLength = 0;
    for (let at = start; at <= end; at++) {
      const byte = at < end ? (bytes[at] as number) : 0;
      const kind = KIND[byte];
      if (kind === INSIDE) {
        part = Math.imul(part ^ byte, PRIME);
        partLength++;
      } else {
        if (this.isMarked(part, partLength)) found = this.add(found, part);
        part = SEED;
        partLength = 0;
      }
      if (kind !== OUTSIDE) {
        whole = Math.imul(whole ^ byte, PRIME);
        wholeLength++;
      } else {
        if (this.isMarked(whole, wholeLength)) found = this.add(found, whole);
        whole = SEED;
        wholeLength = 0;
      }
    }
    return found ?? NONE;
  }

  private isMarked(hash: number, length: number): boolean {
    return length >= this.shortest && this.marks[this.placeOf(hash)] === 1;
  }

  private add(found: string[] | undefined, hash: number): string[] | undefined {
    const text = this.byHash.get(hash);
    if (text === undefined || found?.includes(text)) return found;
    return found === undefined ? [text] : [...found, text];
  }

  private placeOf(hash: number): number {
    return (hash ^ (hash >>> 15)) & (this.marks.length - 1);
  }
}
