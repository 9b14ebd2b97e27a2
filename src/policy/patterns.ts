/** Patterns of a config: `*` stands for any text, in paths for any text without a slash, `**` for folders too. */

export function matchesText(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`, "s").test(text);
}

/** Matches the end of a path at a folder boundary, so that it does not matter from where a file was named. */
export function matchesPath(pattern: string, path: string): boolean {
  return new RegExp(`(?:^|/)${overFolders(pattern)}$`, "s").test(path.replaceAll("\\", "/"));
}

/** Matches a whole path from the root of the repository. */
export function matchesPathFromRoot(pattern: string, path: string): boolean {
  return new RegExp(`^${overFolders(pattern)}$`, "s").test(path);
}

/** Matches a folder, or one above it, at folder boundaries. */
export function matchesFolder(pattern: string, folder: string): boolean {
  return new RegExp(`(?:^|/)${overFolders(pattern.replace(/\/$/, ""), "[^/]+")}(?:/|$)`, "s").test(
    folder.replaceAll("\\", "/"),
  );
}

/** @param any what `*` stands for: a part of a name, or a whole one */
function overFolders(pattern: string, any = "[^/]*"): string {
  const parts = pattern.replace(/^\.?\//, "").split(/(\*\*\/?|\*)/);
  return parts
    .map((part) => (part === "**/" ? "(?:.*/)?" : part === "**" ? ".*" : part === "*" ? any : escaped(part)))
    .join("");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
