/** The source that a saved plan brings along: `tfconfig/` in the archive (Terraform's `internal/configs/configload`, snapshots). */

import { posix } from "node:path";
import { compareText } from "../model/address.ts";
import type { SourceFolder, SourceTree } from "../model/source.ts";
import { type ArchiveEntry, loadUnzip, type Unzip } from "./archive.ts";
import { LOCK_NAME, MOST_BYTES, MOST_FILE_BYTES, MOST_FILES, parseManifest, sourceNamesIn } from "./source-files.ts";

const FOLDER = "tfconfig/";
const MANIFEST = `${FOLDER}modules.json`;

interface Snapshot {
  /** File name to bytes, by module key. */
  readonly modules: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;
  readonly folders: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
  readonly lock?: Uint8Array | undefined;
}

/** Nothing is unpacked before somebody asks. File names are relative to the folder that the plan was made in. */
export async function sourceInPlan(archive: Buffer, input: string): Promise<SourceTree> {
  const unzip = await loadUnzip();
  let known: Snapshot | undefined;
  const snapshot = (): Snapshot => {
    known ??= snapshotIn(archive, unzip);
    return known;
  };
  return {
    label: `the configuration in ${input}`,
    origin: "plan",
    root: () => folderOf(snapshot(), "") ?? { id: "", files: [], problems: ["the plan file holds no configuration"] },
    lock: () => {
      const { lock } = snapshot();
      return lock && { name: LOCK_NAME, bytes: lock };
    },
    called: (_, names) => folderOf(snapshot(), names.join(".")) ?? "its files are not in the plan file",
  };
}

function folderOf({ modules, folders, problems }: Snapshot, key: string): SourceFolder | undefined {
  const entries = modules.get(key);
  const dir = folders.get(key);
  if (dir === undefined) return undefined;
  const names = sourceNamesIn([...(entries?.keys() ?? [])]).sort(compareText);
  const files = names.flatMap((name) => {
    const bytes = entries?.get(name);
    return bytes === undefined ? [] : { name: posix.join(dir.replaceAll("\\", "/"), name), bytes };
  });
  return { id: key, files, problems };
}

/** A plan that can be shown is judged, whatever the rest of its file is like. */
function snapshotIn(archive: Buffer, unzip: Unzip): Snapshot {
  try {
    return readSnapshot(archive, unzip);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return {
      modules: new Map(),
      folders: new Map([["", "."]]),
      problems: ["the configuration in the plan file is broken"],
    };
  }
}

function readSnapshot(archive: Buffer, unzip: Unzip): Snapshot {
  let [bytes, files, skipped] = [0, 0, 0];
  const isWanted = ({ name, originalSize }: ArchiveEntry): boolean => {
    if (!name.startsWith(FOLDER) && name !== LOCK_NAME) return false;
    const fits = originalSize <= MOST_FILE_BYTES && bytes + originalSize <= MOST_BYTES && files < MOST_FILES * 10;
    if (!fits) skipped++;
    else [bytes, files] = [bytes + originalSize, files + 1];
    return fits;
  };
  const entries = unzip(archive, isWanted);
  const modules = new Map<string, Map<string, Uint8Array>>();
  for (const [path, content] of Object.entries(entries)) {
    const [, key, name] = /^tfconfig\/m-([^/]*)\/([^/]+)$/.exec(path) ?? [];
    if (key === undefined || name === undefined) continue;
    const files = modules.get(key) ?? new Map<string, Uint8Array>();
    modules.set(key, files.set(name, content));
  }
  const manifest = entries[MANIFEST];
  return {
    modules,
    lock: entries[LOCK_NAME],
    folders: manifest ? parseManifest(manifest) : new Map(),
    problems: skipped === 0 ? [] : ["files in the plan file are larger than source ever is"],
  };
}
