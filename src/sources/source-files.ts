/** What both a folder and a saved plan have to say about files of source: which they are, how large, where modules lie. */

/** No configuration comes near; what does is not read. */
export const MOST_FILE_BYTES = 4 << 20;
export const MOST_BYTES = 32 << 20;
/** In one folder. */
export const MOST_FILES = 2_000;

export const LOCK_NAME = ".terraform.lock.hcl";

/** Files that Terraform or OpenTofu reads: no hidden ones, no editor's leavings; of `x.tf` and `x.tofu` the former. */
export function sourceNamesIn(names: readonly string[]): string[] {
  const present = new Set(names);
  return names.filter((name) => {
    if (!/\.(tf|tofu)(\.json)?$/.test(name) || /^[.#]/.test(name)) return false;
    const twin = name.replace(/\.tofu(\.json)?$/, ".tf$1");
    return twin === name || !present.has(twin);
  });
}

/**
 * Module key (`net.inner`) to its folder, from `modules.json`: that of `.terraform/modules` (an object), or of a saved plan (a
 * list). Anything else is an empty one.
 */
export function parseManifest(bytes: Uint8Array): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const entry of entriesOf(parsed(bytes))) {
    const { Key: key, Dir: dir } = entry as { readonly Key?: unknown; readonly Dir?: unknown };
    if (typeof key === "string" && typeof dir === "string") folders.set(key, dir);
  }
  return folders;
}

function entriesOf(manifest: unknown): readonly object[] {
  const isObject = typeof manifest === "object" && manifest !== null;
  const list = isObject && "Modules" in manifest ? manifest.Modules : manifest;
  return Array.isArray(list) ? list.filter((entry) => typeof entry === "object" && entry !== null) : [];
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    // Its modules are then not at hand, and each call says so.
    return undefined;
  }
}
