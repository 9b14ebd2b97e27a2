/** What a schema cannot say of a config: mistakes in what it means. */

import { RULES } from "../../model/finding.ts";
import type { Waiver } from "../../model/policy.ts";
import { printable } from "../../model/printable.ts";
import { parseTime } from "../../model/time.ts";
import { minutesOf } from "../freezes.ts";
import { isTimeZone } from "../time-zone.ts";
import { nearestWord } from "./nearest-word.ts";
import type { RawConfig, RawCustomRule, RawFreeze } from "./raw.ts";
import { mistakeIn } from "./reference.ts";
import type { Mistake } from "./schema-mistakes.ts";

/** For a config that fits its schema. */
export function mistakenMeaning({
  extends: bases = [],
  types = {},
  environments = {},
  freezes = [],
  custom = {},
  waivers = [],
}: RawConfig): Mistake[] {
  const milder = Object.entries(types)
    .filter(([, { holdsData, routine, reason }]) => (!holdsData || routine === true) && reason === undefined)
    .map(([type, { routine }]) => {
      const what = routine === true ? "routine: true" : "holdsData: false";
      return { path: ["types", type], message: `types.${type} needs "reason": ${what} makes a type less dangerous` };
    });
  const parts = Object.entries(environments)
    .filter(([, { match, ephemeral }]) => ephemeral === true && match?.module !== undefined)
    .map(([name]) => ({
      path: ["environments", name, "ephemeral"],
      message: `environments.${printable(name)} is a part of a plan (match.module), and only a whole plan can be ephemeral`,
    }));
  const rules = Object.entries(custom).flatMap(([name, rule]) => mistakenRule(name, rule));
  const frozen = freezes.flatMap((freeze, place) => mistakenFreeze(freeze, ["freezes", String(place)]));
  const unreadable = [bases].flat().flatMap((base, place) => {
    const message = mistakeIn(base);
    return message === undefined
      ? []
      : [{ path: Array.isArray(bases) ? ["extends", String(place)] : ["extends"], message }];
  });
  return [
    ...unreadable,
    ...milder,
    ...parts,
    ...rules,
    ...frozen,
    ...waivers.flatMap((waiver, place) => mistakenWaiver(waiver, ["waivers", String(place)])),
  ];
}

function mistakenFreeze({ from, to, days, hours, timeZone }: RawFreeze, path: readonly string[]): Mistake[] {
  const place = path.join(".");
  const mistakes = (["from", "to"] as const)
    .filter((key) => ({ from, to })[key] !== undefined && parseTime({ from, to }[key] ?? "") === undefined)
    .map((key) => ({ path: [...path, key], message: `${place}.${key} is a day or a time that does not exist` }));
  if (from === undefined && to === undefined && days === undefined && hours === undefined)
    mistakes.push({
      path: [...path],
      message: `${place} says no time: give "from" and "to", or "days" with "timeZone"`,
    });
  if ((days !== undefined || hours !== undefined) && timeZone === undefined)
    mistakes.push({ path: [...path], message: `${place} needs "timeZone": days and hours are told somewhere` });
  if (days === undefined && hours === undefined && timeZone !== undefined)
    mistakes.push({
      path: [...path, "timeZone"],
      message: `${place}.timeZone is for "days" and "hours": "from" and "to" bring their zone`,
    });
  if (timeZone !== undefined && !isTimeZone(timeZone))
    mistakes.push({
      path: [...path, "timeZone"],
      message: `there is no time zone "${printable(timeZone)}". Expected an IANA name such as Europe/Berlin.`,
    });
  if ((parseTime(from ?? "") ?? Number.NEGATIVE_INFINITY) >= (parseTime(to ?? "") ?? Number.POSITIVE_INFINITY))
    mistakes.push({ path: [...path, "to"], message: `${place} is over before it begins` });
  const [start = 0, end = 1] = hours === undefined ? [] : minutesOf(hours);
  if (start >= end)
    mistakes.push({
      path: [...path, "hours"],
      message: `${place}.hours lie within one day; for a night give two freezes, one to 24:00 and one from 00:00`,
    });
  return mistakes;
}

const LIMIT_RULES = ["limit-data-loss", "limit-ended", "limit-affected", "limit-share", "limit-score"];

/** Mistakes in expressions; the library is loaded only where there is one. */
export async function mistakenExpressions({ custom = {} }: RawConfig): Promise<Mistake[]> {
  const expressions = Object.entries(custom).filter(([, { expression }]) => expression !== undefined);
  if (expressions.length === 0) return [];
  const cel = await import("../custom/cel.ts");
  return expressions.flatMap(([name, { expression = "" }]) => {
    const message = cel.mistakeIn(expression);
    return message === undefined ? [] : [{ path: ["custom", name, "expression"], message: printable(message) }];
  });
}

/** A rule that matches every change is none. */
function mistakenRule(name: string, { match = {}, expression }: RawCustomRule): Mistake[] {
  if (expression !== undefined || Object.keys(match).length > 0) return [];
  return [
    {
      path: ["custom", name],
      message: `custom.${printable(name)} speaks of every change: give it "match" or "expression"`,
    },
  ];
}

/** Findings about the policy itself: whoever could waive these could waive everything. */
const NOT_WAIVED: readonly string[] = [
  "ephemeral-environment",
  "policy-changed",
  "policy-added",
  "expired-waiver",
  "overlong-waiver",
];

function mistakenWaiver({ rule, address, fingerprint, expires }: Waiver, path: readonly string[]): Mistake[] {
  const waivable = [...LIMIT_RULES, ...Object.keys(RULES)].filter((id) => !NOT_WAIVED.includes(id));
  const mistakes: Mistake[] = [];
  if (!waivable.includes(rule) && !/^(custom|rego)\//.test(rule)) {
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
