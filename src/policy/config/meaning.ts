/** What a schema cannot say of a config: mistakes in what it means. */

import { RULES } from "../../model/finding.ts";
import type { Waiver } from "../../model/policy.ts";
import { printable } from "../../model/printable.ts";
import { parseTime } from "../../model/time.ts";
import type { Mistake } from "./mistakes.ts";
import { nearestWord } from "./nearest-word.ts";
import type { RawConfig } from "./raw.ts";

/** For a config that fits its schema. */
export function mistakenMeaning({ types = {}, waivers = [] }: RawConfig): Mistake[] {
  const milder = Object.entries(types)
    .filter(([, { holdsData, routine, reason }]) => (!holdsData || routine === true) && reason === undefined)
    .map(([type, { routine }]) => {
      const what = routine === true ? "routine: true" : "holdsData: false";
      return { path: ["types", type], message: `types.${type} needs "reason": ${what} makes a type less dangerous` };
    });
  return [...milder, ...waivers.flatMap((waiver, place) => mistakenWaiver(waiver, ["waivers", String(place)]))];
}

const LIMIT_RULES = ["limit-data-loss", "limit-ended", "limit-affected", "limit-share", "limit-score"];

/** Findings about the policy itself: whoever could waive these could waive everything. */
const NOT_WAIVED: readonly string[] = ["policy-changed", "policy-added", "expired-waiver", "overlong-waiver"];

function mistakenWaiver({ rule, address, fingerprint, expires }: Waiver, path: readonly string[]): Mistake[] {
  const waivable = [...LIMIT_RULES, ...Object.keys(RULES)].filter((id) => !NOT_WAIVED.includes(id));
  const mistakes: Mistake[] = [];
  if (!waivable.includes(rule)) {
    const near = nearestWord(rule, waivable);
    const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
    const what = NOT_WAIVED.includes(rule) ? `${rule} cannot be waived.` : `unknown rule "${printable(rule)}".${meant}`;
    mistakes.push({ path: [...path, "rule"], message: `${what} Known: ${waivable.join(", ")}.` });
  }
  if ((address === undefined) === (fingerprint === undefined)) {
    const message = `a waiver is for an "address" or for a "fingerprint", and this one has ${address === undefined ? "neither" : "both"}`;
    mistakes.push({ path, message });
  } else if (address !== undefined && LIMIT_RULES.includes(rule)) {
    const message = `${rule} is about a whole plan and has no address: waive it by the plan's "fingerprint", which the report has`;
    mistakes.push({ path: [...path, "address"], message });
  }
  if (parseTime(expires) === undefined)
    mistakes.push({
      path: [...path, "expires"],
      message: `${path.join(".")}.expires is a day or a time that does not exist`,
    });
  return mistakes;
}
