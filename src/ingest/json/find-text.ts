/** Looks for many texts at once in bytes, without parsing them: Wu and Manber's algorithm, which steps over most bytes. */

import { BACKSLASH, QUOTE } from "./scan.ts";

/** Bytes looked at together. A text that is written in fewer cannot be looked for. */
const BLOCK = 4;
/** Looking back further makes steps longer, and tables larger. */
const WIDEST_WINDOW = 16;
const LARGEST_TABLE = 19;
const GOLDEN = 0x9e3779b1;

/** What may stand on either side of a text that is a whole string, JSON in a string, or a segment of an ARN. */
const EDGE = new Uint8Array(256);
for (const byte of [QUOTE, BACKSLASH, ":".charCodeAt(0), "/".charCodeAt(0)]) EDGE[byte] = 1;

/** One way to write a wanted text. */
interface Needle {
  readonly text: string;
  readonly bytes: Buffer;
  /** Where in it the window ends that stands for it. */
  readonly windowEnd: number;
}

/** A set of texts. @throws RangeError when one is shorter than four bytes */
export class TextSearch {
  private readonly window: number;
  private readonly drop: number;
  /** By the hash of a block: how many bytes can be stepped over when it is what the window ends with. */
  private readonly steps: Uint8Array;
  /** By the hash of a window. */
  private readonly needles = new Map<number, Needle[]>();

  constructor(texts: ReadonlySet<string>) {
    const written = [...texts].flatMap((text) => spellings(text).map((bytes) => ({ text, bytes })));
    const shortest = written.reduce((least, { bytes }) => Math.min(least, bytes.length), WIDEST_WINDOW);
    if (shortest < BLOCK) throw new RangeError(`a text to look for has at least ${BLOCK} bytes`);
    this.window = shortest;
    const bits = Math.ceil(Math.log2(16 * shortest * (written.length + 1)));
    this.drop = 32 - Math.min(LARGEST_TABLE, Math.max(12, bits));
    const size = 2 ** (32 - this.drop);
    this.steps = new Uint8Array(size).fill(shortest - BLOCK + 1);
    const often = this.countBlocks(
      written.map(({ bytes }) => bytes),
      size,
    );
    for (const { text, bytes } of written) this.add({ text, bytes, windowEnd: this.rarest(bytes, often) });
  }

  /**
   * The texts that stand between two offsets, between edges. One that is written with escapes that neither Terraform nor
   * JSON.stringify would use is not found.
   */
  foundIn(bytes: Buffer, start: number, end: number): readonly string[] {
    let found: string[] | undefined;
    const { steps, drop } = this;
    for (let at = start + this.window; at <= end; ) {
      const step = steps[Math.imul(blockBefore(bytes, at), GOLDEN) >>> drop] as number;
      if (step > 0) {
        at += step;
        continue;
      }
      for (const text of this.textsAt(bytes, at)) {
        if (found === undefined) found = [text];
        else if (!found.includes(text)) found.push(text);
      }
      at++;
    }
    return found ?? NONE;
  }

  private textsAt(bytes: Buffer, windowEnd: number): readonly string[] {
    const candidates = this.needles.get(hashOf(bytes, windowEnd - this.window, windowEnd));
    if (candidates === undefined) return NONE;
    return candidates.filter((needle) => standsAt(bytes, windowEnd - needle.windowEnd, needle)).map(({ text }) => text);
  }

  private add(needle: Needle): void {
    const { bytes, windowEnd } = needle;
    const windowStart = windowEnd - this.window;
    for (let at = windowStart + BLOCK; at <= windowEnd; at++) {
      const place = this.placeOf(bytes, at);
      this.steps[place] = Math.min(this.steps[place] as number, windowEnd - at);
    }
    const hash = hashOf(bytes, windowStart, windowEnd);
    const known = this.needles.get(hash);
    if (known) known.push(needle);
    else this.needles.set(hash, [needle]);
  }

  private placeOf(bytes: Buffer, at: number): number {
    return Math.imul(blockBefore(bytes, at), GOLDEN) >>> this.drop;
  }

  private countBlocks(written: readonly Buffer[], size: number): Uint16Array {
    const often = new Uint16Array(size);
    for (const bytes of written) {
      for (let at = BLOCK; at <= bytes.length; at++) {
        const place = this.placeOf(bytes, at);
        often[place] = Math.min(0xffff, (often[place] as number) + 1);
      }
    }
    return often;
  }

  /** The end of the window whose last block few texts share: identifiers have beginnings and ends in common. */
  private rarest(bytes: Buffer, often: Uint16Array): number {
    let best = bytes.length;
    let least = often[this.placeOf(bytes, best)] as number;
    for (let at = bytes.length - 1; at >= this.window && least > 1; at--) {
      const count = often[this.placeOf(bytes, at)] as number;
      if (count < least) [best, least] = [at, count];
    }
    return best;
  }
}

const NONE: readonly string[] = [];

/** The bytes of the block that ends at `at`, as one number. `readInt32LE` checks its arguments, which would be half of the work. */
function blockBefore(bytes: Buffer, at: number): number {
  return (
    (bytes[at - 4] as number) |
    ((bytes[at - 3] as number) << 8) |
    ((bytes[at - 2] as number) << 16) |
    ((bytes[at - 1] as number) << 24)
  );
}

function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), GOLDEN);
  return hash;
}

function standsAt(bytes: Buffer, start: number, needle: Needle): boolean {
  const end = start + needle.bytes.length;
  if (start < 1 || !EDGE[bytes[start - 1] as number] || !EDGE[bytes[end] as number]) return false;
  return bytes.compare(needle.bytes, 0, needle.bytes.length, start, end) === 0;
}

/** A text as JSON writes it: as it is, with what must be escaped, as Go escapes for HTML, and in ASCII alone. */
function spellings(text: string): Buffer[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const forHtml = plain.replace(/[<>&\u2028\u2029]/g, escaped);
  const ascii = plain.replace(/[^\0-\x7f]/g, escaped);
  return [...new Set([plain, forHtml, ascii])].map((spelling) => Buffer.from(spelling));
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
