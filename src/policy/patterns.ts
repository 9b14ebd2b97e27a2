/** Patterns of a config: `*` stands for any text, in paths for any text without a slash, `**` for folders too. */

export function matchesText(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`, "s").test(text);
}

/** Matches the end of a path at a folder boundary, so that it does not matter from where a file was named. */
export function matchesPath(pattern: string, path: string): boolean {
  return new RegExp(`(?:^|/)${pathPattern(pattern)}$`, "s").test(path.replaceAll("\\", "/"));
}

/** Matches a whole path from the root of the repository. */
export function matchesPathFromRoot(pattern: string, path: string): boolean {
  return new RegExp(`^${pathPattern(pattern)}$`, "s").test(path);
}

function pathPattern(pattern: string): string {
  return pattern
    .replace(/^\.?\//, "")
    .split(/(\*\*\/?|\*)/)
    .map((part) => (part === "**/" ? "(?:.*/)?" : part === "**" ? ".*" : part === "*" ? "[^/]*" : escaped(part)))
    .join("");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
