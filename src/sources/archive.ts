/** Zip archives, as saved plans are: the door of fflate, which only they need. */

export interface ArchiveEntry {
  readonly name: string;
  /** Bytes when unpacked, as the archive says; no more are written, whatever it holds. */
  readonly originalSize: number;
}

/** Unpacks the entries that are wanted, by name. Throws on an archive that is broken or cut off. */
export type Unzip = (
  archive: Uint8Array,
  isWanted: (entry: ArchiveEntry) => boolean,
) => Readonly<Record<string, Uint8Array>>;

export async function loadUnzip(): Promise<Unzip> {
  const { unzipSync } = await import("fflate");
  return (archive, filter) => unzipSync(archive, { filter });
}
