/** Bytes as people save them (byte order marks, PowerShell's UTF-16) to plain UTF-8. */

/** The same text as UTF-8 without a byte order mark. Bytes that are UTF-8 already are not copied. */
export function toUtf8(bytes: Buffer): Buffer {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return fromUtf16(bytes.subarray(2));
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return fromUtf16(swapped(bytes.subarray(2)));
  // Without a mark: ASCII in UTF-16 has a zero in every other byte, and UTF-8 text has none.
  if (bytes.length > 3 && bytes[0] !== 0 && bytes[1] === 0 && bytes[3] === 0) return fromUtf16(bytes);
  if (bytes.length > 3 && bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0) return fromUtf16(swapped(bytes));
  return bytes;
}

function fromUtf16(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString("utf16le"), "utf8");
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16();
}
