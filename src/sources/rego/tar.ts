/** Files of a tar archive, as OPA's bundles are: plain files with short names, by the headers of POSIX ustar. */

const BLOCK = 512;
/** A bundle holds a policy and its data. */
const MOST_ENTRIES = 1000;

/** By path without a leading slash or dot. @throws RangeError when it is no tar archive, or cut off */
export function filesInTar(archive: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return files;
    if (!isHeader(header)) throw new RangeError("no header of a tar archive");
    const size = octal(header, 124, 12);
    const start = at + BLOCK;
    if (start + size > archive.length) throw new RangeError("the archive ends within a file");
    // `0` and NUL are plain files; links, folders and extensions are passed over.
    const kind = String.fromCharCode(header[156] ?? 0);
    if (kind === "0" || kind === "\0") files.set(nameIn(header), archive.subarray(start, start + size));
    if (files.size > MOST_ENTRIES) throw new RangeError("too many files");
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function nameIn(header: Buffer): string {
  const [prefix, name] = [text(header, 345, 155), text(header, 0, 100)];
  return (prefix === "" ? name : `${prefix}/${name}`).replace(/^(\.?\/)+/, "");
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.toString("utf8", start, start + length);
  const end = field.indexOf("\0");
  return end < 0 ? field : field.slice(0, end);
}

function octal(header: Buffer, start: number, length: number): number {
  const digits = text(header, start, length).trim();
  if (!/^[0-7]+$/.test(digits)) throw new RangeError("a number that is none");
  return Number.parseInt(digits, 8);
}

/** The sum of all bytes, its own field counted as spaces. */
function isHeader(header: Buffer): boolean {
  let sum = 0;
  for (let at = 0; at < BLOCK; at++) sum += at >= 148 && at < 156 ? 0x20 : (header[at] ?? 0);
  return /^[0-7 ]+$/.test(text(header, 148, 8)) && octal(header, 148, 8) === sum;
}
