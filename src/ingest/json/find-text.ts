/** Looks for many texts at once in bytes, fast and coarsely: a yes is to be checked, a no is final. */

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
const TABLE_BITS = 0xffff;

/** A set of texts, to be asked for as whole tokens and as parts between colons and slashes. */
export class WantedTexts {
  private readonly hashes = new Uint8Array(TABLE_BITS + 1);
  private readonly shortest: number;

  constructor(texts: Iterable<string>) {
    let shortest = Number.POSITIVE_INFINITY;
    for (const text of texts) {
      shortest = Math.min(shortest, text.length);
      let hash = SEED;
      for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
      this.hashes[fold(hash)] = 1;
    }
    this.shortest = shortest;
  }

  /** Whether one of the texts may stand in the bytes. */
  mayStandIn(bytes: Buffer, start: number, end: number): boolean {
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
        if (this.has(part, partLength)) return true;
        part = SEED;
        partLength = 0;
      }
      if (kind !== OUTSIDE) {
        whole = Math.imul(whole ^ byte, PRIME);
        wholeLength++;
      } else {
        if (this.has(whole, wholeLength)) return true;
        whole = SEED;
        wholeLength = 0;
      }
    }
    return false;
  }

  private has(hash: number, length: number): boolean {
    return length >= this.shortest && this.hashes[fold(hash)] === 1;
  }
}

function fold(hash: number): number {
  return (hash ^ (hash >>> 16)) & TABLE_BITS;
}
