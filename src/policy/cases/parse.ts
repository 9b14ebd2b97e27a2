/** A file of cases for a policy to cases that can be tried, with every mistake at once. */

import type { ActorKind, Grade } from "../../model/authorship.ts";
import { RULES } from "../../model/finding.ts";
import type { Verdict } from "../../model/judgement.ts";
import { printable } from "../../model/printable.ts";
import type { Sketch } from "../../model/sketch.ts";
import { parseTime } from "../../model/time.ts";
import { readDocument } from "../config/document.ts";
import { nearestWord } from "../config/nearest-word.ts";
import { type Mistake, mistakesBy, type Wording } from "../config/schema-mistakes.ts";
import type { ExpectedFinding, RawCase, RawCases } from "./raw.ts";

export interface CaseFile {
  /** As it is written; absent: the file of the same name without `.test`. */
  readonly config?: string;
  readonly rulesets: readonly string[];
  readonly cases: readonly PolicyCase[];
  /** The error for mistakes that only whoever knows the policy sees. */
  readonly refuse: (mistakes: readonly Mistake[]) => Error;
}

/** One case for one author. */
export interface PolicyCase {
  readonly name: string;
  /** `name:line:column` of the case. */
  readonly place: string;
  /** Keys from the root of the file to the case. */
  readonly path: readonly string[];
  readonly actor: ActorKind;
  readonly grade: Grade | undefined;
  /** The same case is tried for other authors too. */
  readonly isOneOfSeveral: boolean;
  readonly judged: { readonly plan: string } | { readonly changes: Sketch };
  readonly source: string | undefined;
  readonly state: string | undefined;
  readonly input: string | undefined;
  readonly environment: string | undefined;
  readonly workspace: string | undefined;
  readonly now: string | undefined;
  readonly expected: Expected;
}

export interface Expected {
  readonly verdict?: Verdict;
  readonly findings?: readonly ExpectedFinding[];
  readonly includes?: readonly ExpectedFinding[];
  readonly excludes?: readonly ExpectedFinding[];
}

const KIND = { whole: "a file of cases", hint: "`firebreak schema cases` prints what cases may say." };

const WORDING: Wording = {
  whole: KIND.whole,
  kindOf: () => "key",
  synonyms: new Map([
    ["tests", "cases"],
    ["description", "name"],
    ["title", "name"],
    ["expected", "expect"],
    ["expectations", "expect"],
    ["fixture", "plan"],
    ["ruleId", "rule"],
    ["time", "now"],
  ]),
  fitting: (_, words) => (words.length > 0 ? `one of ${words.join(", ")}` : "a mapping of keys to values"),
};

/**
 * Reads YAML or JSON.
 * @param isSketchable whether an address can stand under `changes`
 * @throws FirebreakError `bad-config`: one line for each mistake, `name:line:column: what is wrong`
 */
export async function parseCases(
  text: string,
  name: string,
  isSketchable: (address: string) => boolean,
): Promise<CaseFile> {
  const { value, placeOf, refuse } = await readDocument(text, name, KIND);
  const { default: validate } = await import("../../generated/validate-cases.js");
  if (!validate(value)) {
    const { default: schema } = await import("../../generated/cases-schema.json", { with: { type: "json" } });
    throw refuse(mistakesBy(validate, schema, value ?? {}, WORDING));
  }
  const raw = value as RawCases;
  const mistakes = raw.cases.flatMap((one, place) => mistakenCase(one, ["cases", String(place)], isSketchable));
  if (mistakes.length > 0) throw refuse(mistakes);
  return {
    ...(raw.config !== undefined && { config: raw.config }),
    rulesets: [raw.rulesets ?? []].flat(),
    cases: raw.cases.flatMap((one, place) => casesOf(one, raw, ["cases", String(place)], placeOf)),
    refuse,
  };
}

function casesOf(
  one: RawCase,
  defaults: RawCases,
  path: readonly string[],
  placeOf: (path: readonly string[]) => string,
): PolicyCase[] {
  const { plan = "", changes, source, state, input, expect } = one;
  const actors = [one.actor ?? defaults.actor ?? "unknown"].flat();
  return actors.map((actor) => ({
    name: one.name,
    place: placeOf(path),
    path,
    actor,
    grade: one.grade ?? defaults.grade,
    isOneOfSeveral: actors.length > 1,
    judged: changes === undefined ? { plan } : { changes },
    source,
    state,
    input,
    environment: one.environment ?? defaults.environment,
    workspace: one.workspace ?? defaults.workspace,
    now: one.now ?? defaults.now,
    expected: toExpected(expect),
  }));
}

function toExpected({ verdict, ...lists }: RawCase["expect"]): Expected {
  const findings = Object.entries(lists).map(([name, list]) => [
    name,
    list.map((one) => (typeof one === "string" ? { rule: one } : one)),
  ]);
  return { ...(verdict !== undefined && { verdict }), ...Object.fromEntries(findings) };
}

/** What the schema cannot say of one case. */
function mistakenCase(
  { plan, changes = {}, now, expect, state, source }: RawCase,
  path: readonly string[],
  isSketchable: (address: string) => boolean,
): Mistake[] {
  const place = path.join(".");
  const isSketch = Object.keys(changes).length > 0;
  const mistakes: Mistake[] = [];
  if ((plan === undefined) === !isSketch) {
    const has = plan === undefined ? "neither" : "both";
    mistakes.push({ path, message: `${place} is about a "plan" or about "changes", and has ${has}` });
  }
  if (isSketch && (state ?? source) !== undefined) {
    const key = state === undefined ? "source" : "state";
    mistakes.push({ path: [...path, key], message: `${place}.${key} goes with a "plan": changes are all there is` });
  }
  if (now !== undefined && parseTime(now) === undefined)
    mistakes.push({ path: [...path, "now"], message: `${place}.now is a day or a time that does not exist` });
  if (expect.findings !== undefined && expect.includes !== undefined) {
    const message = `${place}.expect says "findings", which are all of them, so "includes" says nothing more`;
    mistakes.push({ path: [...path, "expect"], key: "includes", message });
  }
  return [...mistakes, ...mistakenChanges(changes, [...path, "changes"], isSketchable)];
}

function mistakenChanges(
  changes: Sketch,
  path: readonly string[],
  isSketchable: (address: string) => boolean,
): Mistake[] {
  return Object.entries(changes).flatMap(([address, change]): Mistake[] => {
    const own = typeof change === "string" ? { action: change } : change;
    const shown = printable(address);
    if (!isSketchable(address))
      return [{ path, key: address, message: `"${shown}" is no address of a resource, such as aws_instance.web` }];
    if (own.times !== undefined && address.endsWith("]"))
      return [{ path, key: address, message: `"${shown}" has a key, so "times" cannot make several of it` }];
    if (own.action === "move" && own.from === undefined)
      return [{ path, key: address, message: `${shown} moves, and needs "from": the address that it had` }];
    return [];
  });
}

/** Rules that are expected and that neither firebreak nor the policy has: such a case could never fail, or never pass. */
export function unknownRules(cases: readonly PolicyCase[], custom: readonly string[]): Mistake[] {
  const known = [...LIMIT_RULES, ...Object.keys(RULES), ...custom.map((name) => `custom/${name}`)];
  return cases.flatMap(({ path, expected: { verdict: _, ...lists } }) =>
    Object.entries(lists).flatMap(([list, findings]) =>
      findings.flatMap(({ rule }: ExpectedFinding, place: number): Mistake[] => {
        if (known.includes(rule)) return [];
        const near = nearestWord(rule, known);
        const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
        return [
          { path: [...path, "expect", list, String(place)], message: `unknown rule "${printable(rule)}".${meant}` },
        ];
      }),
    ),
  );
}

const LIMIT_RULES = ["limit-data-loss", "limit-ended", "limit-affected", "limit-share", "limit-score"];
