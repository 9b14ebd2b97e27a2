/** Mistakes in a config, in the words of the config. */

import { type Mistake, mistakesBy, type Wording } from "./schema-mistakes.ts";

/** Every mistake in a config, each place once. Empty when it is valid. */
export async function findMistakes(config: unknown): Promise<Mistake[]> {
  const { default: validate } = await import("../../generated/validate-config.js");
  if (validate(config)) return [];
  const { default: schema } = await import("../../generated/config-schema.json", { with: { type: "json" } });
  return mistakesBy(validate, schema, config, WORDING);
}

/** Words that other tools use for the same thing. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ["deletions", "ended"],
  ["deletes", "ended"],
  ["destroys", "ended"],
  ["maxDeletes", "ended"],
  ["blastRadius", "affected"],
  ["radius", "affected"],
  ["approvals", "signatures"],
  ["reviewers", "signatures"],
  ["include", "extends"],
  ["ruleset", "extends"],
  ["thresholds", "limits"],
  ["update", "modify"],
  ["destroy", "delete"],
  ["dir", "folder"],
  ["directory", "folder"],
  ["stackName", "stack"],
]);

/** What the keys of an object are called. */
function kindOf(path: readonly string[]): string {
  const [first] = path;
  const inEnvironment = first === "environments" && path.length > 1;
  const inner = inEnvironment ? path.slice(2) : path;
  if (inner[0] === "limits") return inner.length === 1 ? "author" : "limit";
  if (inner[0] === "rules") return inner.length === 1 ? "rule" : "setting";
  if (inner[0] === "actors") return "author";
  return "key";
}

const TYPE_VALUES: Readonly<Record<string, string>> = {
  holdsData: "true or false",
  routine: "true or false",
  reason: "a sentence of at least 10 signs",
};

const SIGN_OFF_VALUES: Readonly<Record<string, string>> = {
  allowedSigners: "a path in the repository, such as .firebreak/allowed_signers",
  team: "a list of logins, or of {login: NAME, id: NUMBER, names: [ADDRESS]}",
  longest: "a time such as 90m, 24h or 7d",
};

function signOffValue([first, second = ""]: readonly string[]): string | undefined {
  return first === "signOff" ? SIGN_OFF_VALUES[second] : undefined;
}

/** What fits a value, named by its last key. */
function fitting(path: readonly string[], words: readonly string[]): string {
  const own = signOffValue(path);
  if (own !== undefined) return own;
  if (path[0] === "humanKeys") return "a list of whole fingerprints";
  switch (path.at(-1)) {
    case "dataLoss":
    case "ended":
    case "affected":
      return "a whole number from 0 on, or off";
    case "share":
      return "10%, 0.1 or off";
    case "score":
      return "a number from 0 on, or off";
    case "signatures":
      return path[0] === "rules" ? "a whole number from 1 to 20" : "a whole number from 1 to 20, or none";
    case "attestedHumans":
      return "true or false";
  }
  if (path[0] === "types") return TYPE_VALUES[path.at(-1) ?? ""] ?? "a type's name with {holdsData: true} and more";
  if (path.at(-1) === "exists") return "true or false";
  if (path.includes("pinned")) return path.at(-1) === "workspace" ? "a text" : "a text in quotes, or a list of these";
  if (path[0] === "rules" && path.at(-1) !== "level")
    return "error, warning, note or off, a level with signatures, or these by author";
  if (path.includes("tags")) return "a text, or a list of texts";
  if (words.length > 0) return `one of ${words.join(", ")}`;
  return path.includes("match") && path.length > 3 ? "a pattern" : "a mapping of keys to values";
}

const WORDING: Wording = { whole: "a config", kindOf, synonyms: SYNONYMS, fitting };
