/** Who owns a file, by the text of a CODEOWNERS file: the last line that matches decides. */

/** The owners as written, spaces made one; empty when nobody owns it. Section headings (GitLab) count as lines of their own. */
export function ownersOf(text: string, path: string): string {
  let owners = "";
  let section = "";
  for (const line of text.split(/\r?\n/)) {
    const bare = line.replace(/(^|\s)#.*$/, "").trim();
    if (bare === "") continue;
    if (/^\^?\[/.test(bare)) {
      section = bare;
      continue;
    }
    const [pattern = "", ...named] = bare.split(/(?<!\\)\s+/);
    if (matches(pattern, path)) owners = `${section} ${named.join(" ")}`;
  }
  return owners.trim();
}

/** Patterns as gitignore has them: with a slash from the root, without one at any depth, a folder with all below it. */
function matches(pattern: string, path: string): boolean {
  const anchored = /\/./.test(pattern);
  const body = pattern
    .replace(/^\//, "")
    .replace(/\/$/, "/**")
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => SIGNS[part] ?? part.replaceAll("\\ ", " ").replace(/[.+^${}()|[\]\\]/g, "\\$&"))
    .join("");
  return new RegExp(`^${anchored ? "" : "(?:.*/)?"}${body}(?:/.*)?$`, "s").test(path);
}

const SIGNS: Readonly<Record<string, string>> = { "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" };
