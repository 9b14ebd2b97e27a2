/** What each rule looks for, in one sentence: for formats that list rules beside findings. */

import { RULES } from "../../model/finding.ts";

const LIMITS: Readonly<Record<string, string>> = {
  "limit-data-loss": "More objects that hold data end than are allowed.",
  "limit-ended": "More objects end than are allowed.",
  "limit-affected": "More objects depend on ending ones than are allowed.",
  "limit-share": "A larger share of the environment ends than is allowed.",
  "limit-score": "The weighted sum of what the change does is above what is allowed.",
};

/** Every rule with its sentence. */
export const RULE_SENTENCES: Readonly<Record<string, string>> = { ...LIMITS, ...RULES };

/** A rule that this version does not know was saved by another one. */
export function ruleSentence(id: string): string {
  if (id.startsWith("custom/")) return "A rule of the config.";
  if (id.startsWith("rego/")) return "A policy in Rego that the config names.";
  return RULE_SENTENCES[id] ?? "A rule of another version of firebreak.";
}
