/**
 * Messages of Rego without values of the plan. A message is somebody else's text, put together from whatever the policy saw:
 * every text of the plan that stands in it is taken out, unless the policy itself holds it or it is a name and no value.
 */

const LONGEST = 500;
/** Shorter texts are words such as `a`, found everywhere. */
const SHORTEST = 3;
/** From here on a value is taken out wherever it stands, below that only where it is a word of its own. */
const WHEREVER = 8;

const TAKEN_OUT = "(value)";

export interface Vocabulary {
  /** Texts of the plan that are values, the longest first. */
  readonly values: readonly string[];
}

/** Keys under which a plan has names, and words of Terraform's own. */
const NAMES: ReadonlySet<string> = new Set([
  "address",
  "module_address",
  "previous_address",
  "type",
  "name",
  "mode",
  "provider_name",
  "provider_config_key",
  "full_name",
  "action_reason",
  "actions",
  "depends_on",
  "references",
  "format_version",
  "terraform_version",
]);

/** Sections in which every text below `before`, `after`, `values` and the like is a value. */
const VALUES: ReadonlySet<string> = new Set([
  "before",
  "after",
  "values",
  "value",
  "default",
  "constant_value",
  "config_values",
  "before_identity",
  "after_identity",
  "identity",
  "importing",
  "index",
  "problems",
]);

/** @param planJson the JSON that the policy saw */
export function vocabularyOf(planJson: string): Vocabulary {
  const found: Found = { values: new Set(), names: new Set() };
  visit(JSON.parse(planJson), "", false, found);
  const { values, names } = found;
  const kept = [...values].filter((value) => value.length >= SHORTEST && !names.has(value));
  return { values: kept.sort((left, right) => right.length - left.length) };
}

interface Found {
  readonly values: Set<string>;
  readonly names: Set<string>;
}

function visit(node: unknown, key: string, isValue: boolean, found: Found): void {
  if (typeof node === "string") note(node, isValue || !NAMES.has(key), found);
  else if (typeof node === "number" && isValue) found.values.add(String(node));
  else if (Array.isArray(node)) for (const one of node) visit(one, key, isValue, found);
  else if (typeof node === "object" && node !== null) {
    for (const [name, one] of Object.entries(node)) {
      // Keys are names: an attribute's, or what somebody called a tag.
      found.names.add(name);
      visit(one, name, isValue || VALUES.has(name), found);
    }
  }
}

function note(text: string, isValue: boolean, { values, names }: Found): void {
  if (!isValue) names.add(text);
  else for (const form of formsOf(text)) values.add(form);
}

/** A text as it is, as JSON writes it, and its lines. */
function formsOf(text: string): string[] {
  const quoted = JSON.stringify(text).slice(1, -1);
  const lines = text.includes("\n") ? text.split("\n").map((line) => line.trim()) : [];
  return [text, ...(quoted === text ? [] : [quoted]), ...lines];
}

/** @param isPolicys whether the policy itself holds a text: that tells nothing of the plan */
export function scrubbed(message: string, { values }: Vocabulary, isPolicys: (text: string) => boolean): string {
  const lower = message.toLowerCase();
  const found = values.filter((value) => lower.includes(value.toLowerCase()) && !isPolicys(value));
  // A message is one sentence.
  let text = message.replace(/\s+/g, " ").trim();
  for (const value of found) {
    const pattern = value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const whole = value.length >= WHEREVER ? pattern : `(?<![A-Za-z0-9_])${pattern}(?![A-Za-z0-9_])`;
    text = text.replace(new RegExp(whole, "gi"), TAKEN_OUT);
  }
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`;
}
