/** Patterns of a config: `*` stands for any text, in paths for any text without a slash, `**` for folders too. */

export function matchesText(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`, "s").test(text);
}

/** Matches the end of a path at a folder boundary, so that it does not matter from where a file was named. */
export function matchesPath(pattern: string, path: string): boolean {
  const parts = pattern
    .replace(/^\.?\//, "")
    .split(/(\*\*\/?|\*)/)
    .map((part) => (part === "**/" ? "(?:.*/)?" : part === "**" ? ".*" : part === "*" ? "[^/]*" : escaped(part)));
  return new RegExp(`(?:^|/)${parts.join("")}$`, "s").test(path.replaceAll("\\", "/"));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
